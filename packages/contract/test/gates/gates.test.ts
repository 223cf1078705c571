/** No gate is green by accident, and each report says what did not take place. */
import { describe, expect, test } from "vitest";
import { commandNames } from "../../src/cli.ts";
import * as index from "../../src/index.ts";
import * as matchers from "../../src/matchers.ts";
import * as verification from "../../src/verify.ts";
import { accidents } from "./accidents.ts";
import { gates } from "./gates.ts";

const rows = Object.entries(gates).flatMap(([gate, after]) =>
  accidents.flatMap((accident) => {
    const happen = after[accident];
    return typeof happen === "string" ? [] : [{ gate, accident, happen }];
  }),
);

test.each(rows)("$gate is not green after: $accident", async ({ accident, happen }) => {
  const { code, text } = await happen();
  expect(code).not.toBe(0);
  const failed = accident === "reset just before the end";
  expect(text).toMatch(
    failed
      ? /random is required|No call/
      : /No call|No verdict|nothing to|not of the last run|NOT RUN|NOT JUDGED|does not respond|no scenario ran|was not judged|SKIPPED/i,
  );
});

describe("has every gate", () => {
  /** Exports that give no verdict themselves. */
  const others = new Set([
    "ContractViolationError",
    "InstructionError",
    "VerifyError",
    "readRecordings",
    "readHarFile",
    "judge",
    "measureCoverage",
    "planVerification",
    "formatReport",
  ]);
  /** Exports with a verdict, by their gates. */
  const judging: Readonly<Record<string, string>> = {
    startContractServer: "assertValid",
    createContractFetch: "assertValid",
    startContractProxy: "proxy",
    verify: "verify",
    toHaveReceivedValidRequests: "toHaveReceivedValidRequests of vitest",
  };

  test("of the exports", () => {
    const exported = [index, matchers, verification].flatMap((module) => Object.keys(module));
    expect(exported.filter((name) => !others.has(name)).toSorted()).toEqual(Object.keys(judging).toSorted());
    for (const gate of Object.values(judging)) expect(Object.keys(gates)).toContain(gate);
  });

  test("of the commands, with a program and without", () => {
    const commands = new Set(Object.keys(gates).map((gate) => gate.split(" ")[0]));
    expect(commandNames.filter((name) => !commands.has(name))).toEqual([]);
    const around = commandNames.filter((name) => name !== "verify").map((name) => `${name} --`);
    expect(Object.keys(gates)).toEqual(expect.arrayContaining(around));
  });

  test("with a reason for each accident that cannot happen", () => {
    for (const gate of Object.values(gates)) for (const accident of accidents) expect(gate[accident]).toBeTruthy();
  });
});
