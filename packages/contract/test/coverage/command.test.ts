import { join } from "node:path";
import { expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { recordTo } from "../../src/record/folder.ts";
import { temporaryFolder } from "./folder.ts";
import { everyResponse, recorded } from "./recorded.ts";
import { runCommand, runProcess } from "../cli/run-command.ts";

async function recording(): Promise<string> {
  const folder = temporaryFolder();
  const append = recordTo(folder);
  for (const exchange of await recorded(everyResponse())) append(exchange);
  return folder;
}

test("prints the report, and exits with 0 when the minimums are reached", async () => {
  const outcome = await runProcess(["coverage", await recording(), "--min-failures", "100", "--min-examples", "100"]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(outcome.stdout).toMatch(/^failures {6}100 %/m);
});

test("exits with 1 below a minimum, and reports which", async () => {
  const { code, stderr } = await runCommand([
    "coverage",
    await recording(),
    "--min-pages",
    "100",
    "--min-failures",
    "100",
  ]);
  expect(code).toBe(1);
  expect(stderr).toMatch(/^pages: .* at least 100 % are required\.\n$/);
});

test("writes JSON in place of the text", async () => {
  const { stdout } = await runCommand(["coverage", await recording(), "--json"]);
  expect(JSON.parse(stdout)).toMatchObject({
    percents: { operations: 100, failures: 100 },
    totals: { operations: { covered: operations.length } },
  });
});

test("exits with 2 and one line when there is nothing to read", async () => {
  const { code, stderr, stdout } = await runCommand(["coverage", join(temporaryFolder(), "none")]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toMatch(/cannot be read \(ENOENT\)\. Give a HAR file, or a folder of recordings\.\n$/);
});

test.each(["101", "-1", "many", " "])("rejects the minimum %j", async (least) => {
  const { code, stderr } = await runCommand(["coverage", "none", `--min-failures=${least}`]);
  expect(code).not.toBe(0);
  expect(stderr).toMatch(/--min-failures .*It must be a number from 0 to 100/);
});
