import { existsSync, readFileSync } from "node:fs";
import {
  errorCodes,
  type Field,
  type OperationId,
  operations,
  requestBodies,
  type RequestCheck,
  requestChecks,
} from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import { fidelity, testOf } from "../generate/fidelity.ts";
import { behaviours } from "../src/generated/operations.ts";
import { defaultSettings, rules } from "../src/index.ts";
import { requestRules } from "../src/request-checks.ts";
import type { RuleText } from "../src/operation.ts";
import { stateRules } from "../src/state/checks.ts";

test("FIDELITY.md has a row for every rule, as the code has it", () => {
  const text = readFileSync(new URL("../FIDELITY.md", import.meta.url), "utf8");
  expect(text, 'FIDELITY.md is not as the rules have it. Run "pnpm fidelity" in packages/emulator.').toBe(
    fidelity(text),
  );
});

test("fidelity() corrects a rule's row, and changes nothing else of FIDELITY.md", () => {
  const text = readFileSync(new URL("../FIDELITY.md", import.meta.url), "utf8");
  expect(fidelity(text.replace("The method is POST", "The method is PUT"))).toBe(text);
});

test("every rule has an ID of its own and a test by its name", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  const untested = rules.filter(({ id }) => !existsSync(new URL(`../${testOf(id)}`, import.meta.url)));
  expect(untested).toEqual([]);
});

test("every setting documents its default", () => {
  const source = readFileSync(new URL("../src/settings.ts", import.meta.url), "utf8");
  const documented = [...source.matchAll(/@default (.*)\n {3}\*\/\n {2}readonly (\w+):/g)].map(([, text, name]) => [
    name,
    text,
  ]);
  const { groupNameBytes: _, ...defaults } = defaultSettings;
  expect(Object.fromEntries(documented)).toEqual({
    ...Object.fromEntries(Object.entries(defaults).map(([name, value]) => [name, JSON.stringify(value)])),
    groupNameBytes: "The documented number of most documents.",
  });
});

test("every setting is named by a rule", () => {
  expect(new Set(rules.flatMap(({ setting }) => setting ?? []))).toEqual(new Set(Object.keys(defaultSettings)));
});

test("the rules of the request checks have the order of the description, and no check is missing", () => {
  const checks = Object.values(requestRules).map(({ check }) => requestChecks[check as RequestCheck].name);
  const once = (names: readonly string[]): string[] => names.filter((name, at) => at === 0 || name !== names[at - 1]);
  expect(once(checks)).toEqual(once(Object.values(requestChecks).map(({ name }) => name)));
});

describe("a rule for keywords of the request names a place that has them:", () => {
  const ids = Object.keys(operations) as OperationId[];
  const placed = ids.flatMap((id) =>
    Object.entries<RuleText>(behaviours[id].rules).flatMap(([rule, { at, keywords = [] }]) =>
      at === undefined ? [] : keywords.map((keyword) => ({ id, rule, at, keyword })),
    ),
  );
  test.each(placed)("$rule, $keyword of $at", ({ id, at, keyword }) => {
    const field = at
      .split("/")
      .slice(1)
      .reduce<Field | undefined>(
        (here, token) =>
          here?.type === "array" ? here.items : here?.type === "object" ? here.fields[token] : undefined,
        requestBodies[id],
      );
    expect(Object.keys(field ?? {})).toContain(keyword.replace("x-", ""));
  });
});

describe("a rule for keywords of any operation is about fields that the description has:", () => {
  const fields = Object.values(requestBodies).flatMap(fieldsIn);
  test.each(Object.entries<RuleText>(stateRules).filter(([, { keywords }]) => keywords))("%s", (_, text) => {
    const own = fields.filter((field) => Object.values(field.errors ?? {}).includes(errorCodes[text.fieldsWith!]));
    const broken = (text.keywords ?? []).filter((keyword) => own.some((field) => keyword.replace("x-", "") in field));
    expect(broken).not.toEqual([]);
  });
});

/** Returns a field with those in it. */
function fieldsIn(field: Field): readonly Field[] {
  const inner =
    field.type === "array" ? [field.items] : field.type === "object" ? Object.values<Field>(field.fields) : [];
  return [field, ...inner.flatMap(fieldsIn)];
}
