import { type OperationId, operations } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { createMemoryState } from "../../src/store/memory.ts";
import { type ConversationPage, toStore } from "../../src/store/store.ts";
import { at, create, emulate, to } from "../call.ts";
import { validate, type ReadResponse } from "./validate.ts";
import { takeViolations } from "./watch.ts";

const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
/** Calls that succeed, with responses that have lists. */
const bodies = {
  createContactGroup: {
    From_Account: "ann",
    GroupContactItem: [{ GroupName: "a", ContactItem: [to("bob"), at("@TGS#open"), to("nobody")] }],
  },
  getContactGroup: { From_Account: "ann", StartIndex: 0 },
  searchContactGroup: { From_Account: "ann", ContactItem: [to("bob")] },
} satisfies Partial<Record<OperationId, object>>;
const ids = Object.keys(bodies) as (keyof typeof bodies)[];

/** The response to a good call of an operation, as a client reads it from this origin. */
async function responseOf(
  id: keyof typeof bodies,
  send: typeof fetch,
  origin = "http://emulator.test",
): Promise<ReadResponse> {
  const { path } = operations[id];
  const response = await send(`${origin}${path}?${query}`, { method: "POST", body: JSON.stringify(bodies[id]) });
  const { status, headers } = response;
  return { path, status, contentType: headers.get("Content-Type"), body: await response.text() };
}

test("finds no violation in responses of fetch and of a socket: status, header and body", async () => {
  const emulator = emulate();
  const { url } = await emulator.listen();
  for (const id of ids) {
    expect(validate(await responseOf(id, emulator.fetch))).toEqual([]);
    expect(validate(await responseOf(id, fetch, url))).toEqual([]);
  }
  await emulator.close();
});

test.each(ids)("reports invalid responses of %s", async (id) => {
  const emulator = emulate();
  await create(emulator, "a", [to("bob")]);
  const good = await responseOf(id, emulator.fetch);
  const value = JSON.parse(good.body) as Record<string, unknown>;
  const list = Object.keys(value).find((name) => Array.isArray(value[name])) ?? "";
  const broken: Partial<ReadResponse>[] = [
    { status: 502 },
    { contentType: "text/html" },
    { contentType: null },
    { body: good.body.slice(1) },
    ...["ErrorInfo", "ErrorCode", "ActionStatus"].map((name) => ({
      body: JSON.stringify({ ...value, [name]: undefined }),
    })),
    { body: JSON.stringify({ ...value, ErrorCode: 50002 }) },
    { body: JSON.stringify({ ...value, [list]: [5] }) },
    { body: good.body.replace('"Type":1', '"Type":3') },
    { body: good.body.replace("bob", "b\u00f6b") },
    { body: good.body.replace('"GroupId":1', '"GroupId":-1').replace("[1]", '["1"]') },
  ];
  expect(validate(good)).toEqual([]);
  expect(broken.filter((change) => validate({ ...good, ...change }).length === 0)).toEqual([]);
});

test("validates the responses of every emulator of the suite, whichever adapter sends them", async () => {
  const json = '{"Type":1}' as ConversationPage["json"];
  const store = toStore({ ...createMemoryState(), page: () => ({ json, next: undefined }) });
  const emulator = emulate({}, { store });
  const { url } = await emulator.listen();
  await responseOf("createContactGroup", emulator.fetch);
  expect(takeViolations()).toEqual([]);
  await responseOf("getContactGroup", emulator.fetch);
  expect(takeViolations()).toEqual([expect.stringContaining("To_Account")]);
  await responseOf("getContactGroup", fetch, url);
  expect(takeViolations()).toEqual([expect.stringContaining("To_Account")]);
  await emulator.close();
});
