import { readdirSync, readFileSync } from "node:fs";
import { type Field, limits, queryFields } from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import { loadPrism } from "../../src/load-prism.ts";
import { catalogue, drawnNames, operations, requestCheckList } from "../../src/operations.ts";
import { codeOf } from "../../src/response.ts";
import { createFixturePool } from "../../src/verify/fixtures.ts";
import { createProvider, type Runner } from "../../src/verify/provider.ts";
import { ruleScenarios } from "../../src/verify/rule-scenarios.ts";
import { runScenario } from "../../src/verify/run-scenario.ts";
import { fresh, imported, scenario, type Scenario } from "../../src/verify/scenario.ts";
import { handwrittenScenarios } from "../../src/verify/scenarios.ts";
import { page, to } from "../../src/verify/scenarios/bodies.ts";
import { chatGroup, sdkAppId, secretKey, strictEmulator, users, verifyOptions } from "./strict-emulator.ts";

const folder = new URL("../../src/verify/scenarios/", import.meta.url);
const files = readdirSync(folder);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");

test.each(files)("%s names no code and no limit by its number", (name) => {
  const numbers = new Set(
    read(name)
      .replaceAll("_", "")
      .match(/\b\d+\b/g),
  );
  const facts = [
    ...catalogue.map(({ code }) => code),
    ...Object.values(limits)
      .map(({ maximum }) => maximum)
      .filter((maximum) => maximum > 9),
  ];
  expect(facts.filter((fact) => numbers.has(String(fact)))).toEqual([]);
});

test("ids are unique, and titles too", () => {
  const all = [...handwrittenScenarios, ...ruleScenarios()];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const titles = handwrittenScenarios.map(({ title }) => title);
  expect(new Set(titles).size).toBe(titles.length);
});

test("every limit of the service that a caller can reach has a scenario", () => {
  const text = files.map(read).join("\n");
  const reachable = Object.keys(limits).filter(
    (name) => text.includes(`.${name}.maximum`) || text.includes(`} = limits.${name}`),
  );
  // Spans of time.
  const unreachable = ["serviceTimeout", "userSigValidity"];
  expect([...reachable, ...unreachable].toSorted()).toEqual(Object.keys(limits).toSorted());
});

/** Runs scenarios against the strict emulator, and records the paths that were called and the codes of the responses. */
const recording = async () => {
  const emulator = strictEmulator();
  const { baseUrl, clock, fetch } = verifyOptions(emulator) as Required<ReturnType<typeof verifyOptions>>;
  const paths = new Set<string>();
  const codes = new Set<number | undefined>();
  const recorded: typeof globalThis.fetch = async (input, init) => {
    paths.add(new URL(input as string).pathname);
    const response = await fetch(input, init);
    codes.add(codeOf(await response.clone().json()));
    return response;
  };
  const options = { baseUrl, fetch: recorded, clock, callsPerSecond: 160, timeoutMs: 10_000, secrets: [] };
  const caller = {
    sdkAppId,
    identifier: "administrator",
    userSig: undefined,
    gatewaySigns: false,
    headers: {},
    secretKey,
    now: clock.now,
    random: () => 0.5,
  };
  const runner: Runner = { provider: createProvider(options), prism: await loadPrism(), caller, clock };
  const pool = createFixturePool({ users, busy: new Set(), chatGroup, run: "test" });
  const run = (one: Scenario): ReturnType<typeof runScenario> => {
    const fixtures = pool.take(one.needs);
    if (typeof fixtures === "string") throw new Error(fixtures);
    paths.clear();
    return runScenario(one, fixtures, runner);
  };
  return { run, paths, codes };
};

test("every scenario calls the operations that it lists, and at least as often as it says; every request check but the size is reached", async () => {
  const { run, paths, codes } = await recording();
  for (const one of handwrittenScenarios) {
    const { outcome, calls } = await run(one);
    const called = operations.filter(({ path }) => paths.has(path)).map(({ operationId }) => operationId);
    // Two checks are about paths and methods that no operation has.
    const listed = one.id.startsWith("request-check-path") ? [] : one.operations;
    expect({ id: one.id, outcome, called }).toEqual({
      id: one.id,
      outcome: "passed",
      called: operations.flatMap(({ operationId }) => (listed.includes(operationId) ? [operationId] : [])),
    });
    expect(calls).toBeGreaterThanOrEqual(one.calls);
  }
  // No document has a figure for the size.
  expect(requestCheckList.filter(({ error }) => !codes.has(error)).map(({ check }) => check)).toEqual(["size"]);
});

describe("a scenario", () => {
  const about = { title: "", group: "stateful", reason: "Because.", sources: ["project"] } as const;

  test("must list the operations that it calls", async () => {
    const { run } = await recording();
    const one = scenario({
      ...about,
      id: "one",
      needs: { users: { owner: fresh } },
      operations: ["searchContactGroup"],
      // @ts-expect-error The operation is not listed.
      run: (t, { owner }) => t.call("getContactGroup", page(owner)).then(() => {}),
    });
    await expect(run(one)).rejects.toThrow("The scenario one must list getContactGroup in its operations");
  });

  test("fails with the number of its call, and when others are still under way, after them", async () => {
    const { run } = await recording();
    let ended = 0;
    const one = scenario({
      ...about,
      id: "one",
      needs: { users: { owner: fresh, bob: imported } },
      operations: ["getContactGroup", "searchContactGroup"],
      async run(t, { owner, bob }) {
        await t.call("getContactGroup", page(owner));
        await Promise.all([
          t.call("getContactGroup", page(owner), { GroupItem: [{ GroupName: "family" }] }),
          t.call("searchContactGroup", { From_Account: owner, ContactItem: [to(bob)] }).then(() => ended++),
        ]);
      },
    });
    const { outcome, failures } = await run(one);
    expect({ outcome, ended }).toEqual({ outcome: "failed", ended: 1 });
    expect(failures).toMatchObject([
      { step: 2, pointer: "/GroupItem", expected: '[{"GroupName":"family"}]', why: "Because." },
    ]);
  });
});

test("every parameter and every field of a request has a rule that is broken, except for a number that is drawn", () => {
  const ids = ruleScenarios().map(({ id }) => id);
  for (const { operationId } of operations) {
    for (const { name } of queryFields)
      expect(ids.includes(`rule/${operationId}/query/${name}/required`)).toBe(!drawnNames.includes(name));
    expect(ids).toContain(`rule/${operationId}/body/From_Account/required`);
  }
  expect(ids).toContain("rule/createContactGroup/body/GroupContactItem/0/ContactItem/1/ToGroupId/maxLength");
});

test.each(operations)("every field of $operationId that some example has is broken in a rule", (operation) => {
  const ids = ruleScenarios().map(({ id }) => id);
  const places = new Set(ids.flatMap((id) => id.split(`rule/${operation.operationId}/body/`)[1]?.split("/") ?? []));
  expect(fieldsOf(operation.request).filter((name) => !places.has(name))).toEqual([]);
});

function fieldsOf(field: Field): string[] {
  switch (field.type) {
    case "object":
      return [...Object.keys(field.fields), ...Object.values(field.fields).flatMap(fieldsOf)];
    case "array":
      return fieldsOf(field.items);
    case "union":
      return field.alternatives.flatMap(fieldsOf);
  }
  return [];
}
