import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { createEmulator, defaultSettings, type EmulatorOptions, strictSettings } from "../src/index.ts";
import { call, create, emulate, get, search, to } from "./call.ts";
import { groupNameBytes } from "./limits.ts";
import { stores } from "./model/stores.ts";

const key = "0123456789abcdef";

test.each([
  [{ apps: [] }, "apps must have at least one app."],
  [{ apps: [{ sdkAppId: 0 }] }, "apps[0].sdkAppId must be a positive integer, but is 0."],
  [
    { apps: [{ sdkAppId: 1 }, { sdkAppId: 1, secretKey: key }] },
    "apps[1].sdkAppId must be unique, but apps[0] has 1 as well.",
  ],
  [{ apps: [{ sdkAppId: 1, secretKey: "" }] }, "apps[0].secretKey must be a non-empty string."],
  [{ maxBodyBytes: 0 }, "maxBodyBytes must be an integer of at least 1, but is 0."],
  [{ callsKept: -1 }, "callsKept must be an integer of at least 0, but is -1."],
  [{ settings: { pageSize: 0 } }, "The setting pageSize must be a positive integer, but is 0."],
  [
    { settings: { groupNameBytes: groupNameBytes.disputed + 1 } },
    `The setting groupNameBytes must be a positive integer up to ${groupNameBytes.disputed}, because every document rejects longer names, but is ${groupNameBytes.disputed + 1}.`,
  ],
  [{ settings: { accounts: "loose" } }, 'The setting accounts must be "strict" or "lenient", but is "loose".'],
  [
    { settings: { rateLimit: { calls: 1 } } },
    'The setting rateLimit must be "on" or "off" or { calls, seconds } with positive integers, but is an object.',
  ],
  [{ settings: "lenient" }, 'settings must be "strict" or an object, but is "lenient".'],
  [{ settings: [] }, 'settings must be "strict" or an object, but is an array of 0 items.'],
  [{ settings: { bothIds: "strict" } }, 'The setting bothIds must be "ignore" or "reject", but is "strict".'],
  [{ settings: { acounts: "strict" } }, "There is no setting acounts. The settings are userSig, rateLimit,"],
])("rejects the options %j and names the invalid one", (options, message) => {
  const make = (): unknown => createEmulator(options as EmulatorOptions);
  expect(make).toThrow(message);
  expect(make).not.toThrow(key);
});

test("shows the settings with their defaults", () => {
  expect(createEmulator({ settings: { pageSize: 5 } }).settings).toEqual({ ...defaultSettings, pageSize: 5 });
});

test("one app can be strict, from the beginning and later, while the others are not", async () => {
  const [first, second, third] = [1400000000, 1400000001, 1400000002];
  const emulator = createEmulator({
    apps: [{ sdkAppId: first }, { sdkAppId: second, settings: "strict" }, { sdkAppId: third }],
    seed: { apps: [first, second, third].map((sdkAppId) => ({ sdkAppId, accounts: ["ann"] })) },
  });
  emulator.app(third).changeSettings("strict");
  const codeOf = async (sdkAppId: number): Promise<number> =>
    (
      await call(
        emulator,
        "getContactGroup",
        { From_Account: "ann", StartIndex: 0, Foo: 1 },
        { query: { sdkappid: String(sdkAppId) } },
      )
    ).ErrorCode;
  expect([await codeOf(first), await codeOf(second), await codeOf(third)]).toEqual([
    0,
    errorCodes.InvalidRequestParameter,
    errorCodes.InvalidRequestParameter,
  ]);
});

test("takes the strict settings by their name, and changes no other setting", () => {
  expect(createEmulator({ settings: "strict" }).settings).toEqual({ ...defaultSettings, ...strictSettings });
  const rejecting = Object.entries(strictSettings).filter(([, value]) => value === "reject");
  expect(Object.fromEntries(rejecting)).toEqual({
    bothIds: "reject",
    unknownFields: "reject",
    nullFields: "reject",
    stringType: "reject",
    random: "reject",
  });
});

test.each(Object.keys(stores))("works with the largest numbers of the options, with the store %s", async (name) => {
  const largest = Number.MAX_SAFE_INTEGER;
  const emulator = emulate(
    { pageSize: largest, groupNameBytes: groupNameBytes.disputed, rateLimit: { calls: largest, seconds: largest } },
    { callsKept: largest, maxBodyBytes: largest, store: stores[name]?.() },
  );
  expect(await create(emulator, "family", [to("bob")])).toMatchObject({ ErrorCode: 0 });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0, CompleteFlag: 1, ContactItem: [{ To_Account: "bob" }] });
  expect(await search(emulator, [to("bob")])).toMatchObject({ ErrorCode: 0 });
  expect(emulator.calls).toHaveLength(3);
});
