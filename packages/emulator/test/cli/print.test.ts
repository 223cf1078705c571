import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { defaultSettings, rules } from "../../src/index.ts";
import { run, spawnCommand } from "./run.ts";

test("rules prints each rule with its error, and each setting with its default", async () => {
  const { ended, output } = spawnCommand(["rules"]);
  expect(await ended).toBe(0);
  const lines = output().split("\n");
  for (const { id, what } of rules) {
    const index = lines.findIndex((line) => line.startsWith(`${id} `) || line === id);
    expect(lines[index + 1]).toBe(`    ${what.replaceAll("`", "")}`);
  }
  for (const [name, value] of Object.entries(defaultSettings)) expect(output()).toContain(`--set ${name}=${value}`);
  expect(output()).toContain(`request.rate                 error ${errorCodes.CallRateExceeded}  --set rateLimit=on\n`);
});

test("rules --json prints them as JSON", async () => {
  const { code, output } = await run(["rules", "--json"]);
  expect(code).toBe(0);
  const printed = JSON.parse(output) as { readonly id: string }[];
  expect(printed.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  expect(printed.find(({ id }) => id === "request.rate")).toMatchObject({
    error: { name: "CallRateExceeded", code: errorCodes.CallRateExceeded },
    setting: "rateLimit",
    default: "on",
  });
});

test("--help shows the commands and the options of serve", async () => {
  const { code, output } = await run(["--help"]);
  expect(code).toBe(0);
  for (const part of ["serve", "export", "import", "rules", "--port", "--secret-key-env", "--preset"])
    expect(output).toContain(part);
});

test("--version prints the version of the package", async () => {
  const { code, output } = await run(["--version"]);
  expect([code, output]).toEqual([0, `${manifest.version}\n`]);
});
