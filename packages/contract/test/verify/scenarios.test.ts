import { readdirSync, readFileSync } from "node:fs";
import { type Field, limits, queryFields } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { catalogue, drawnNames, requestCheckList, operations } from "../../src/operations.ts";
import { loadScenarios, readScenario } from "../../src/verify/load-scenarios.ts";
import { ruleScenarios } from "../../src/verify/rule-scenarios.ts";

const folder = new URL("../../scenarios/", import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith(".yaml"));
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const [first = ""] = files;

test.each(files)("%s is valid", (name) => {
  expect(readScenario(name, read(name)).steps.length).toBeGreaterThan(0);
});

test.each(files)("%s names no code and no limit by its number", (name) => {
  const numbers = new Set(read(name).match(/\b\d+\b/g));
  const facts = [
    ...catalogue.map(({ code }) => code),
    ...Object.values(limits)
      .map(({ maximum }) => maximum)
      .filter((maximum) => maximum > 9),
  ];
  expect(facts.filter((fact) => numbers.has(String(fact)))).toEqual([]);
});

test("ids are unique, and titles too", () => {
  const all = [...loadScenarios(), ...ruleScenarios()];
  expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  const written = loadScenarios().map(({ title }) => title);
  expect(new Set(written).size).toBe(written.length);
});

test("every request check has a scenario, except the size, for which no document has a figure", () => {
  const expectedCodes = new Set(
    loadScenarios().flatMap(({ steps }) =>
      steps.flatMap(({ expect: { errorCode }, burst }) => [...errorCode, burst?.errorCode]),
    ),
  );
  const missing = requestCheckList.filter(({ error }) => !expectedCodes.has(error));
  expect(missing.map(({ check }) => check)).toEqual(["size"]);
});

test("every limit of the service that a caller can reach has a scenario", () => {
  const text = files.map(read).join("\n");
  const reachable = Object.keys(limits).filter((name) => text.includes(`$limit: ${name}`));
  // Spans of time.
  const unreachable = ["serviceTimeout", "userSigValidity"];
  expect([...reachable, ...unreachable].toSorted()).toEqual(Object.keys(limits).toSorted());
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

const [invalid, unknownUser] = ["groups-per-user.yaml", "get-for-unknown-user.yaml"];

test.each([
  ["a misspelt member", first, (text: string) => text.replace("group:", "gruop:"), /group|gruop/],
  ["a wrong file name", "other.yaml", (text: string) => text, /\/id must be the name of the file, "other"/],
  [
    "an unknown document",
    first,
    (text: string) => text.replace(/source: \[.*/, "source: [nowhere]"),
    /x-documents has no "nowhere"/,
  ],
  [
    "an unknown limit",
    invalid,
    (text: string) => text.replaceAll("groupsPerUser", "groupsPerMoon"),
    /no limit called "groupsPerMoon"/,
  ],
  [
    "an unknown error",
    unknownUser,
    (text: string) => text.replace("UserNotImported", "UserOnHoliday"),
    /no entry called "UserOnHoliday"/,
  ],
  [
    "an unknown operation",
    unknownUser,
    (text: string) => text.replace("getContactGroup", "getMoon"),
    /no operation "getMoon"/,
  ],
  ["broken YAML", first, (text: string) => `${text}\n  - {`, /it is not YAML/],
])("rejects a file with %s, and names the place", (_, name, edit, message) => {
  const source = name === "other.yaml" ? first : name;
  const rejected = (): unknown => readScenario(name, edit(read(source)));
  expect(rejected).toThrow(message);
  expect(rejected).toThrow(`scenarios/${name}: `);
});
