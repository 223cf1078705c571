import { createClient, InvalidArgumentError } from "@contact-groups/client";
import { type Field, type OperationId, requestFields } from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import { violationsOf } from "../src/console/violations.ts";
import { modelOf, operations } from "../src/reference/model.ts";

const client = createClient({
  sdkAppId: 1400000000,
  identifier: "administrator",
  userSig: "any-text",
  baseUrl: "http://emulator.invalid",
  retry: false,
  fetch: () => Promise.reject(new Error("sent")),
});

function fieldOf(id: OperationId): Field {
  return requestFields[id];
}

/** Pointer at which the client rejects the body; undefined when it sends it. */
async function rejectedByClient(id: OperationId, body: unknown): Promise<string | undefined> {
  const error: unknown = await client[id](body as never).catch((thrown: unknown) => thrown);
  return error instanceof InvalidArgumentError ? error.pointer : undefined;
}

const to = (To_Account: unknown): unknown => ({ Type: 1, To_Account });
const create = (GroupName: unknown, ...ContactItem: unknown[]): unknown => ({
  From_Account: "user_0001",
  GroupContactItem: [{ GroupName, ContactItem }],
});
const item = "/GroupContactItem/0/ContactItem";

const broken: readonly (readonly [what: string, id: OperationId, body: unknown, pointer: string, rule: string])[] = [
  ["a list as the body", "createContactGroup", [], "", "type"],
  ["no owner", "getContactGroup", { StartIndex: 0 }, "/From_Account", "required"],
  ["a number as the owner", "getContactGroup", { From_Account: 1, StartIndex: 0 }, "/From_Account", "type"],
  ["an empty owner", "getContactGroup", { From_Account: "", StartIndex: 0 }, "/From_Account", "minLength"],
  [
    "an owner of 33 bytes",
    "getContactGroup",
    { From_Account: "u".repeat(33), StartIndex: 0 },
    "/From_Account",
    "maxLength",
  ],
  ["an owner with an umlaut", "getContactGroup", { From_Account: "ü", StartIndex: 0 }, "/From_Account", "pattern"],
  ["an index below 0", "getContactGroup", { From_Account: "u", StartIndex: -1 }, "/StartIndex", "minimum"],
  ["an index with a fraction", "getContactGroup", { From_Account: "u", StartIndex: 0.5 }, "/StartIndex", "type"],
  ["an index as text", "getContactGroup", { From_Account: "u", StartIndex: "0" }, "/StartIndex", "type"],
  ["no group", "createContactGroup", { From_Account: "u", GroupContactItem: [] }, "/GroupContactItem", "minItems"],
  [
    "two groups",
    "createContactGroup",
    { From_Account: "u", GroupContactItem: [{ GroupName: "a" }, { GroupName: "b" }] },
    "/GroupContactItem",
    "maxItems",
  ],
  ["a name of 65 bytes", "createContactGroup", create("n".repeat(65)), "/GroupContactItem/0/GroupName", "x-maxBytes"],
  ["a name with half a character", "createContactGroup", create("\ud83d"), "/GroupContactItem/0/GroupName", "encoding"],
  [
    "101 conversations",
    "createContactGroup",
    create("n", ...Array.from({ length: 101 }, () => to("u"))),
    item,
    "maxItems",
  ],
  ["no Type", "createContactGroup", create("n", { To_Account: "u" }), `${item}/0/Type`, "required"],
  ["Type 3", "createContactGroup", create("n", to("u"), { Type: 3 }), `${item}/1/Type`, "enum"],
  ["Type 1 without To_Account", "createContactGroup", create("n", { Type: 1 }), `${item}/0/To_Account`, "required"],
  [
    "Type 1 with ToGroupId",
    "createContactGroup",
    create("n", { Type: 1, To_Account: "u", ToGroupId: "g" }),
    `${item}/0/ToGroupId`,
    "oneOf",
  ],
  ["nothing to mark", "markContact", { From_Account: "u", MarkItem: [] }, "/MarkItem", "minItems"],
];

describe("the console's check", () => {
  test.each(broken)("finds %s at the pointer at which the client rejects it", async (_, id, body, pointer, rule) => {
    const violations = violationsOf(fieldOf(id), body);
    expect(violations[0]).toMatchObject({ pointer, rule });
    expect(await rejectedByClient(id, body)).toBe(pointer);
  });

  test("finds every violation, in the order of the request", () => {
    const body = { GroupContactItem: [{ GroupName: "", ContactItem: [to(""), { Type: 2, ToGroupId: 7 }] }], From: "u" };
    expect(violationsOf(fieldOf("createContactGroup"), body).map(({ pointer }) => pointer)).toEqual([
      "/From_Account",
      "/GroupContactItem/0/GroupName",
      `${item}/0/To_Account`,
      `${item}/1/ToGroupId`,
      "/From",
    ]);
  });

  test("escapes the name of an unknown field in its pointer", () => {
    const violations = violationsOf(fieldOf("getContactGroup"), { From_Account: "u", StartIndex: 0, "a/b~c": 1 });
    expect(violations).toMatchObject([{ pointer: "/a~1b~0c", word: "violation.unknown" }]);
  });

  test("says that a name of 33 to 64 bytes is disputed, and which code rejects a longer one", () => {
    const field = fieldOf("createContactGroup");
    expect(violationsOf(field, create("n".repeat(33)))).toMatchObject([{ word: "violation.disputed" }]);
    const values = { size: 65, max: 32, disputed: 64 };
    expect(violationsOf(field, create("n".repeat(65)))).toMatchObject([
      { word: "violation.maxBytes", values, code: 51011 },
    ]);
  });

  const number: Field = { type: "number", exclusiveMinimum: 0, maximum: 2 };

  test.each<[value: unknown, field: Field, word: string, values: object]>([
    ["abc", { type: "string", maxLength: 2 }, "violation.maxLength", { size: 3, max: 2 }],
    [0, number, "violation.above", { min: 0 }],
    [3, number, "violation.maximum", { max: 2 }],
    ["c", { type: "string", enum: ["a", "b"] }, "violation.enum", { values: "a / b" }],
    [1, { type: "boolean" }, "violation.type", {}],
  ])("has words for %j in a kind of field that no operation has yet: %j", (value, field, word, values) => {
    expect(violationsOf(field, value)).toMatchObject([{ word, values }]);
  });

  test.each(
    operations(modelOf("en")).flatMap(({ id, requests }) => requests.map(({ name, value }) => ({ id, name, value }))),
  )("accepts the example $name of $id", ({ id, value }) => {
    expect(violationsOf(fieldOf(id), value)).toEqual([]);
  });
});
