import { existsSync, readFileSync } from "node:fs";
import {
  type Field,
  requestChecks,
  type RequestCheck,
  type OperationId,
  operations,
  requestBodies,
} from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import { fidelity, testOf } from "../generate/fidelity.ts";
import { gateRules } from "../src/gate/rules.ts";
import { behaviours } from "../src/generated/operations.ts";
import { defaultSettings, rules } from "../src/index.ts";
import type { RuleText } from "../src/rule.ts";

test("FIDELITY.md has a row for every rule, as the code has it", () => {
  const text = readFileSync(new URL("../FIDELITY.md", import.meta.url), "utf8");
  expect(text, 'FIDELITY.md is not as the rules have it. Run "pnpm fidelity" in packages/emulator.').toBe(
    fidelity(text),
  );
});

test("a change of a rule's row is put right, and nothing else of FIDELITY.md changes", () => {
  const text = readFileSync(new URL("../FIDELITY.md", import.meta.url), "utf8");
  expect(fidelity(text.replace("The method is POST", "The method is PUT"))).toBe(text);
});

test("every rule has an ID of its own and a test by its name", () => {
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  const untested = rules.filter(({ id }) => !existsSync(new URL(`../${testOf(id)}`, import.meta.url)));
  expect(untested).toEqual([]);
});

test("every setting is named by a rule", () => {
  expect(new Set(rules.flatMap(({ setting }) => setting ?? []))).toEqual(new Set(Object.keys(defaultSettings)));
});

test("the rules of the gate are in the order that the description gives, and none of its checks is missing", () => {
  const checks = Object.values(gateRules).map(({ check }) => requestChecks[check as RequestCheck].name);
  const once = (names: readonly string[]): string[] => names.filter((name, at) => at === 0 || name !== names[at - 1]);
  expect(once(checks)).toEqual(once(Object.values(requestChecks).map(({ name }) => name)));
});

describe("a rule that stands for keywords of the request names a place that has them:", () => {
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
