import { existsSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { errors } from "../src/generated/errors.ts";
import { gateErrors } from "../src/generated/gate.ts";
import { gateRules } from "../src/gate/rules.ts";
import { defaultSettings, rules, type Rule } from "../src/index.ts";

const text = readFileSync(new URL("../FIDELITY.md", import.meta.url), "utf8");
const rows = text.split("\n").filter((line) => /^\| `[a-z]/.test(line));

/** The row of a rule in FIDELITY.md. */
function cells({ id, what, setting, evidence, error }: Rule): string[] {
  return [
    `\`${id}\``,
    what,
    setting ? `\`${setting}: ${JSON.stringify(defaultSettings[setting])}\`` : "",
    evidence,
    error ? `${errors[error].code} ${error}` : "",
    `[test](test/rules/${id.replaceAll(".", "-")}.test.ts)`,
  ];
}

test("FIDELITY.md has a row for every rule, as the code has it", () => {
  const written = rows.map((row) =>
    row
      .split("|")
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
  expect(written).toEqual(rules.map(cells));
});

test("every rule has an ID of its own and a test by its name", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  const untested = rules.filter(
    ({ id }) => !existsSync(new URL(`rules/${id.replaceAll(".", "-")}.test.ts`, import.meta.url)),
  );
  expect(untested).toEqual([]);
});

test("every setting is named by a rule", () => {
  expect(new Set(rules.flatMap(({ setting }) => setting ?? []))).toEqual(new Set(Object.keys(defaultSettings)));
});

test("the rules of the gate are in the order that the description gives", () => {
  const fromDescription = Object.values(gateErrors);
  const inOrder = gateRules
    .map(({ error }) => error)
    .filter((error, index, all) => index === 0 || error !== all[index - 1]);
  expect(inOrder).toEqual(fromDescription.filter((error, index, all) => index === 0 || error !== all[index - 1]));
});
