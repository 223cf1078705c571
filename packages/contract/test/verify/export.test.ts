import { readFileSync } from "node:fs";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, test } from "vitest";
import { exportScenarios, exportText, type ScenarioExport } from "../../src/verify/export-scenarios.ts";
import { runExported, type Surroundings } from "./foreign-runner.ts";
import { chatGroup, strictEmulator, sdkAppId, users } from "./strict-emulator.ts";

const exported = JSON.parse(exportText()) as ScenarioExport;
const schema = JSON.parse(
  readFileSync(new URL("../../scenarios/scenarios.schema.json", import.meta.url), "utf8"),
) as object;

test("the export matches its schema", () => {
  const validate = new Ajv2020({ strictTypes: false }).compile(schema);
  validate(exported);
  expect(validate.errors).toBeNull();
});

test("the file equals the result of the function", () => {
  expect(exported).toEqual(JSON.parse(JSON.stringify(exportScenarios())));
});

test("the export has one scenario on each line, so that a line tool can read it", () => {
  const lines = exportText().split("\n");
  for (const { id } of exported.scenarios)
    expect(lines.filter((line) => line.includes(`{"id":"${id}"`))).toHaveLength(1);
});

test("the export has no operator of the scenario files", () => {
  const operators = [
    "$limit",
    "$error",
    "$index",
    "$quotient",
    "$string",
    "$text",
    "$list",
    "$requestCheck",
    "{index}",
    '"repeat"',
  ];
  expect(operators.filter((operator) => JSON.stringify(exported.scenarios).includes(operator))).toEqual([]);
});

test("the export has every document that a scenario names", () => {
  for (const { source } of exported.scenarios)
    for (const key of source) expect(exported.documents[key]?.title).toMatch(/./);
});

describe("a runner that knows only the JSON", () => {
  // Its app has no key, so any UserSig is accepted.
  const emulator = strictEmulator({ apps: [{ sdkAppId }], settings: { rateLimit: "off" } });
  let used = 0;
  const surroundings: Surroundings = {
    exported,
    fetch: (url, init) => emulator.fetch(url, init),
    credentials: { sdkappid: String(sdkAppId), identifier: "administrator", usersig: "any-text" },
    find(kind, count) {
      if (kind === "fresh") return users.slice(used, (used += count));
      if (kind === "unknown") return Array.from({ length: count }, (_, index) => `nobody_${index}`);
      return users.slice(-count);
    },
    chatGroups: { usable: chatGroup, missing: "@TGS#NONE" },
  };
  const runnable = exported.scenarios.filter(({ needs }) => !needs.secretKey && !needs.burst);

  test.each(runnable.map((scenario) => ({ id: scenario.id, scenario })))("runs $id", async ({ scenario }) => {
    expect(await runExported(scenario, surroundings)).toBeUndefined();
  });
});
