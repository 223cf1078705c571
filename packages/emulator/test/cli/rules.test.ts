import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { defaultSettings, type RuleId, rules } from "../../src/index.ts";
import { emptyFolder, run, spawnCommand } from "./run.ts";

interface Printed {
  readonly rules: readonly { readonly id: RuleId; readonly setting?: string; readonly error?: object }[];
  readonly settings: readonly {
    readonly name: string;
    readonly value: unknown;
    readonly default: unknown;
    readonly allowed: readonly unknown[] | string;
    readonly rules: readonly RuleId[];
  }[];
}

async function printed(...args: readonly string[]): Promise<Printed> {
  const { code, output, errors } = await run(["rules", "--json", ...args]);
  expect([code, errors]).toEqual([0, ""]);
  return JSON.parse(output) as Printed;
}

/** A file with settings, and with an app whose key is not set. */
function configFile(settings: unknown, ofApp?: unknown): string {
  const file = join(emptyFolder(), "config.json");
  const app = { sdkAppId: 1, secretKeyEnv: "NOT_SET", ...(ofApp !== undefined && { settings: ofApp }) };
  writeFileSync(file, JSON.stringify({ apps: [app], settings, seed: "no.json" }));
  return file;
}

test("rules prints each rule with its error, and each setting with its default", async () => {
  const { ended, output } = spawnCommand(["rules"]);
  expect(await ended).toBe(0);
  const lines = output().split("\n");
  for (const { id, what } of rules) {
    const index = lines.findIndex((line) => line.startsWith(`${id} `) || line === id);
    expect(lines[index + 1]).toBe(`    ${what.replaceAll("`", "")}`);
  }
  for (const [name, value] of Object.entries(defaultSettings)) expect(output()).toContain(`--set ${name}=${value}`);
  expect(output()).toMatch(new RegExp(`\nrequest\\.rate +error ${errorCodes.CallRateExceeded}  --set rateLimit=on\n`));
  expect(output()).toContain("\nThe settings in force: all have their defaults.\n");
});

test("rules prints the settings in force in aligned columns, and marks those that are not the defaults", async () => {
  const { output } = await run(["rules", "--set", "pageSize=50", "--set", "rateLimit=10/1"]);
  const [, table = ""] = output.split("\nThe settings in force: * marks 2 that differ from their defaults.\n\n");
  const [head = "", ...lines] = table.trimEnd().split("\n");
  const starts = ["setting", "in force", "default", "allowed", "rules"].map((title) => head.indexOf(title));
  const cells = lines.map((line) => starts.map((start, column) => line.slice(start, starts[column + 1]).trim()));
  expect(cells.map(([name]) => name).filter(Boolean)).toEqual(Object.keys(defaultSettings));
  expect(cells).toContainEqual(["pageSize", "50", "100", "a positive integer", "get.page"]);
  expect(cells).toContainEqual(["existingName", "add", "add", "add, error", "create.existing-name"]);
  expect(cells).toContainEqual(["rateLimit", "10/1", "on", "on, off, or calls/seconds such as 10/1", "request.rate"]);
  expect(
    cells
      .flatMap(([, , , , rule]) => rule)
      .filter(Boolean)
      .toSorted(),
  ).toEqual(rules.flatMap(({ id, setting }) => (setting ? id : [])).toSorted());
  expect(lines.filter((line) => line.startsWith("* ")).map((line) => line.split(" ")[1])).toEqual([
    "rateLimit",
    "pageSize",
  ]);
  expect(output).toContain("--set pageSize=50\n");
});

test("rules --json prints rules and settings as JSON", async () => {
  const document = await printed("--set", "rateLimit=10/1");
  expect(document.rules.map(({ id }) => id)).toEqual(rules.map(({ id }) => id));
  expect(document.rules.find(({ id }) => id === "request.rate")).toMatchObject({
    error: { name: "CallRateExceeded", code: errorCodes.CallRateExceeded },
    setting: "rateLimit",
  });
  expect(Object.fromEntries(document.settings.map(({ name, default: value }) => [name, value]))).toEqual(
    defaultSettings,
  );
  expect(document.settings.find(({ name }) => name === "rateLimit")).toEqual({
    name: "rateLimit",
    value: { calls: 10, seconds: 1 },
    default: "on",
    allowed: '"on" or "off" or { calls, seconds } with positive integers',
    rules: ["request.rate"],
  });
  expect(document.settings.find(({ name }) => name === "conversationCap")).toEqual({
    name: "conversationCap",
    value: "call",
    default: "call",
    allowed: ["call", "item", "evict"],
    rules: ["conversation.cap", "mark.cap"],
  });
});

test("rules reads the settings of --config, over which --set takes precedence, and no key", async () => {
  const config = configFile({ pageSize: 7, edition: "missing" });
  const { settings } = await printed("--config", config, "--set", "edition=included", "--no-rate-limit");
  const changed = settings.filter((setting) => setting.value !== setting.default);
  expect(changed.map(({ name, value }) => [name, value])).toEqual([
    ["rateLimit", "off"],
    ["pageSize", 7],
  ]);
});

test("rules --app prints the settings of an app of --config, whose own take precedence", async () => {
  const config = configFile({ pageSize: 7, edition: "missing" }, { edition: "included", existingName: "error" });
  const { settings } = await printed("--config", config, "--app", "1", "--set", "existingName=add");
  const changed = settings.filter((setting) => setting.value !== setting.default);
  expect(changed.map(({ name, value }) => [name, value])).toEqual([
    ["existingName", "error"],
    ["pageSize", 7],
  ]);
  const none = await run(["rules", "--config", config, "--app", "2"]);
  expect([none.code, none.errors]).toEqual([2, `--config ${config} has no app 2.\n`]);
  const wrong = configFile({}, "strict!");
  const { errors } = await run(["rules", "--config", wrong, "--app", "1"]);
  expect(errors).toContain(`--config ${wrong}: /apps/0/settings must be an object or "strict", but is a string.`);
});

test.each([
  [["--set", "pageSize=none"], 'The setting pageSize must be a positive integer, but is "none".'],
  [["--set", "pagesize=1"], "There is no setting pagesize. The settings are userSig,"],
  [["--set", "edition"], "--set must be name=value"],
  [["--config", "missing.json"], "--config missing.json cannot be read: there is no such file or folder."],
])("rules %j ends with 2 and says what is wrong", async (args, message) => {
  const { code, output, errors } = await run(["rules", ...args]);
  expect([code, output]).toEqual([2, ""]);
  expect(errors).toContain(message);
});

test("rules rejects a --config whose settings are not an object", async () => {
  const config = configFile(["pageSize"]);
  const { code, errors } = await run(["rules", "--config", config]);
  expect(code).toBe(2);
  expect(errors).toContain(`--config ${config}: /settings must be an object or "strict", but is an array of 1 item.`);
});
