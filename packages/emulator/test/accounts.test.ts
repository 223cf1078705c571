import { errorCodes, errors } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { afterAll, describe, expect, onTestFinished, test } from "vitest";
import { createMemoryStore, type Emulator, type EmulatorOptions, type Store } from "../src/index.ts";
import { createSqliteStore } from "../src/node.ts";
import { createMemoryState } from "../src/store/memory.ts";
import { allAccounts, type StoreWriter, toStore } from "../src/store/store.ts";
import { accountEndpoints, batchLength, callAccounts, pathOf } from "./accounts.ts";
import { emulate, failure, get } from "./call.ts";
import { createFolder } from "./store/folder.ts";
import { userIdLength } from "./limits.ts";
import { secretKey, sign } from "./user-sig.ts";

const folder = createFolder();
afterAll(folder.remove);

const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";

/** An emulator without accounts that listens for the length of a test, and a function that posts to it. */
async function serve(store: Store, options: EmulatorOptions = {}) {
  const emulator = emulate({}, { seed: { apps: [] }, store, ...options });
  onTestFinished(() => emulator.close());
  const { url } = await emulator.listen({ port: 0 });
  const post = async (path: string, body: unknown): Promise<unknown> => {
    const response = await fetch(`${url}${path}?${query}`, { method: "POST", body: JSON.stringify(body) });
    expect(response.status).toBe(200);
    return response.json();
  };
  return { emulator, post };
}

const stores: readonly (readonly [string, () => Store])[] = [
  ["in memory", createMemoryStore],
  ["in SQLite", () => createSqliteStore({ path: folder.newFile() })],
];

describe.each(stores)("over HTTP, with accounts %s,", (_, createStore) => {
  test("the three endpoints set up users whose calls then succeed", async () => {
    const { post } = await serve(createStore());
    const group = "/v4/recentcontact/create_contact_group";
    const ContactItem = [{ Type: 1, To_Account: "bob" }];
    const creation = { From_Account: "ann", GroupContactItem: [{ GroupName: "family", ContactItem }] };
    expect(await post(group, creation)).toMatchObject({ ErrorCode: errorCodes.UserNotImported });
    expect(await post(pathOf("account_import"), { UserID: "ann" })).toEqual({
      ActionStatus: "OK",
      ErrorCode: 0,
      ErrorInfo: "",
    });
    expect(await post(pathOf("multiaccount_import"), { Accounts: ["bob"] })).toMatchObject({ FailAccounts: [] });
    expect(await post(pathOf("account_check"), { CheckItem: [{ UserID: "bob" }] })).toMatchObject({
      ResultItem: [{ UserID: "bob", AccountStatus: "Imported" }],
    });
    expect(await post(group, creation)).toMatchObject({
      ErrorCode: 0,
      GroupResultItem: [{ ResultItem: [{ ResultCode: 0 }] }],
    });
  });

  test("calls that arrive together get their own responses", async () => {
    const { post, emulator } = await serve(createStore());
    const names = Array.from({ length: 20 }, (__, index) => `user_${String(index).padStart(2, "0")}`);
    const responses = await Promise.all(names.map((UserID) => post(pathOf("account_import"), { UserID })));
    expect(responses).toEqual(names.map(() => ({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" })));
    expect(emulator.snapshot().apps).toMatchObject([{ accounts: names }]);
  });

  test("an import is an account of the seed and the control API, and a reset undoes it", async () => {
    const { post, emulator } = await serve(createStore());
    await post(pathOf("account_import"), { UserID: "ann" });
    const removed = await emulator.fetch("http://emulator.test/__emulator/accounts/ann", { method: "DELETE" });
    expect(removed.status).toBe(204);
    expect(await get(emulator)).toMatchObject(failure("UserNotImported", "user.imported"));
    emulator.seed({ apps: [{ accounts: ["ann"] }] });
    expect(await post(pathOf("account_check"), { CheckItem: [{ UserID: "ann" }] })).toMatchObject({
      ResultItem: [{ AccountStatus: "Imported" }],
    });
    emulator.reset();
    expect(emulator.snapshot()).toEqual({ apps: [] });
  });
});

test("a SQLite file keeps imported accounts", async () => {
  const path = folder.newFile();
  const before = await serve(createSqliteStore({ path }));
  await before.post(pathOf("multiaccount_import"), { Accounts: ["ann", "bob"] });
  await before.emulator.close();
  const after = await serve(createSqliteStore({ path }), { keepState: true });
  expect(
    await after.post(pathOf("account_check"), { CheckItem: [{ UserID: "ann" }, { UserID: "cat" }] }),
  ).toMatchObject({
    ResultItem: [{ AccountStatus: "Imported" }, { AccountStatus: "NotImported" }],
  });
});

/** A correct body of each endpoint. */
const bodies = {
  account_import: { UserID: "dan" },
  multiaccount_import: { Accounts: ["dan"] },
  account_check: { CheckItem: [{ UserID: "dan" }] },
} as const;

describe.each(accountEndpoints)("the request checks of %s", (endpoint) => {
  const app = { sdkAppId: 1400000000, secretKey };
  const usersig = sign();

  /** The rules that reject a body that is not JSON, while what they are about is corrected in the order of the checks. */
  test("are those of an operation, in their order", async () => {
    const emulator = emulate({ rateLimit: { calls: 1, seconds: 60 } }, { apps: [app], maxBodyBytes: 100 });
    const long = "x".repeat(101);
    const right = { usersig: await usersig };
    const user = { ...right, identifier: "ann", usersig: await sign({ identifier: "ann" }) };
    const call = (body: string, given: object, method = "POST"): Promise<object> =>
      callAccounts(emulator, endpoint, body, { query: { ...given }, method });
    const wrong = { sdkappid: "1", identifier: "ann", usersig: "any-text", contenttype: "xml" };
    expect(await call("", wrong, "GET")).toMatchObject(failure("RequestResourceInvalid", "request.method"));
    expect(await call(long, wrong)).toMatchObject(failure("UrlParameterIncorrect", "request.query"));
    expect(await call(long, { ...wrong, contenttype: "json" })).toMatchObject(
      failure("SdkAppIdNotFound", "request.app"),
    );
    expect(await call(long, { usersig: "any-text", identifier: "ann" })).toMatchObject(
      failure("UserSigIllegal", "request.usersig-readable"),
    );
    expect(await call(long, user)).toMatchObject(failure("IdentifierNotAdministrator", "request.administrator"));
    expect(await call(long, right)).toMatchObject(failure("HttpParseFailure", "request.size"));
    expect(await call(long, right)).toMatchObject(failure("CallRateExceeded", "request.rate"));
    emulator.clock.advance(60_000);
    expect(await call("{", right)).toMatchObject(failure("JsonParseFailure", "request.syntax"));
    emulator.clock.advance(60_000);
    expect(await call("[]", right)).toMatchObject(failure("IllegalParameter", "account.body"));
    emulator.clock.advance(60_000);
    expect(await call(JSON.stringify(bodies[endpoint]), right)).toMatchObject({ ErrorCode: 0 });
  });
});

test.each([
  ["account_import", 200],
  ["multiaccount_import", 100],
  ["account_check", 100],
] as const)("%s accepts %i calls in a second, counted on its own, and rejects the next", async (endpoint, calls) => {
  const emulator = emulate();
  const send = (): Promise<{ readonly ErrorCode: number }> => callAccounts(emulator, endpoint, bodies[endpoint]);
  const codes = await Promise.all(Array.from({ length: calls }, send));
  expect(new Set(codes.map(({ ErrorCode }) => ErrorCode))).toEqual(new Set([0]));
  expect(await send()).toMatchObject(failure("CallRateExceeded", "request.rate"));
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
  emulator.clock.advance(1000);
  expect(await send()).toMatchObject({ ErrorCode: 0 });
});

test.each(["/v4/im_open_login_svc/account_delete", "/v4/im_open_login_svc", `${pathOf("account_import")}/`])(
  "rejects the path %s as before",
  async (path) => {
    const response = await callAccounts(emulate(), "account_import", {}, { path });
    expect(response).toMatchObject(failure("RequestResourceInvalid", "request.path"));
  },
);

const leaf = fc.oneof(
  fc.constantFrom<unknown>("", "ann", "dan", "x".repeat(userIdLength + 1), "家", "\ud800", 0, 1.5, true, null, [], {}),
  fc.string(),
);
const item = fc.oneof(
  leaf,
  fc.record({ UserID: leaf, Nick: leaf, FaceUrl: leaf, Extra: leaf }, { requiredKeys: [] }),
  fc.record({ UserID: fc.constant("dan") }),
);
const list = fc.oneof(
  leaf,
  fc.array(item, { maxLength: 4 }),
  fc
    .tuple(item, fc.constantFrom(batchLength, batchLength + 1))
    .map(([one, length]) => Array<unknown>(length).fill(one)),
);
const fields = { UserID: leaf, Identifier: leaf, Nick: leaf, FaceUrl: leaf, Accounts: list, AccountList: list };
const body = fc.oneof(
  { weight: 6, arbitrary: fc.record({ ...fields, CheckItem: list, Extra: leaf }, { requiredKeys: [] }) },
  { weight: 1, arbitrary: leaf },
  { weight: 1, arbitrary: fc.jsonValue() },
);
const text = fc.oneof(
  { weight: 9, arbitrary: body.map((value) => JSON.stringify(value)) },
  { weight: 1, arbitrary: fc.string() },
);

test.each(accountEndpoints)("%s responds to every body with an envelope of the catalogue", async (endpoint) => {
  const seen = new Set<string | undefined>();
  const members = { account_import: [], multiaccount_import: ["FailAccounts"], account_check: ["ResultItem"] }[
    endpoint
  ];
  await fc.assert(
    fc.asyncProperty(text, async (given) => {
      const emulator = emulate();
      const before = emulator.snapshot();
      const response = await callAccounts(emulator, endpoint, given);
      const { ErrorCode, ErrorInfo, ActionStatus, ...rest } = response;
      const [call] = emulator.calls;
      seen.add(call?.rule);
      expect(call).toMatchObject({ code: ErrorCode, operation: undefined, user: undefined });
      if (ErrorCode === 0) {
        expect([ActionStatus, ErrorInfo, Object.keys(rest)]).toEqual(["OK", "", members]);
      } else {
        expect([ActionStatus, Object.keys(rest)]).toEqual(["FAIL", []]);
        expect(Object.keys(errors)).toContain(String(ErrorCode));
        expect(ErrorCode).not.toBe(errorCodes.InternalFailure);
        expect(emulator.snapshot()).toEqual(before);
      }
      // What was imported is a valid seed.
      emulator.restore(emulator.snapshot());
    }),
    { numRuns: 500, seed: 1 },
  );
  const rules = {
    account_import: ["import"],
    multiaccount_import: ["batch", "multi-import"],
    account_check: ["batch", "check"],
  };
  expect(seen).toEqual(
    new Set(["request.syntax", "account.body", ...rules[endpoint].map((name) => `account.${name}`)]),
  );
});

test("an error of the store in the middle of a call undoes its imports", async () => {
  const store = createMemoryState();
  const full = toStore({
    ...store,
    transaction: (run) =>
      store.transaction((writer) => {
        const saveAccount: StoreWriter["saveAccount"] = (app, userId) => {
          if (userId === "bob") throw new Error("The disk is full");
          writer.saveAccount(app, userId);
        };
        return run({ ...writer, saveAccount });
      }),
  });
  const emulator = emulate({}, { store: full, seed: { apps: [] } });
  const Accounts = ["ann", "bob", "cat"];
  expect(await callAccounts(emulator, "multiaccount_import", { Accounts })).toMatchObject(
    failure("InternalFailure", "core.failure"),
  );
  expect([...allAccounts(store, 1400000000)]).toEqual([]);
});

test("shows no UserSig that a body has in place of a name", async () => {
  const usersig = await sign();
  const given: readonly (readonly [(typeof accountEndpoints)[number], unknown])[] = [
    ["account_import", { UserID: usersig }],
    ["account_import", { Identifier: usersig }],
    ["multiaccount_import", { Accounts: [usersig, `a${usersig}`] }],
    ["multiaccount_import", { AccountList: [{ UserID: usersig }] }],
    ["multiaccount_import", { AccountList: usersig }],
    ["account_check", { CheckItem: [{ UserID: usersig }] }],
    ["account_check", { [usersig]: usersig }],
  ];
  const emulator = emulate({}, { apps: [{ sdkAppId: 1400000000, secretKey }] });
  for (const [endpoint, wrong] of given) {
    const response = await callAccounts(emulator, endpoint, wrong, { query: { usersig } });
    expect(JSON.stringify([response, emulator.calls, emulator.snapshot()])).not.toContain(usersig);
  }
  expect(emulator.calls.map(({ code }) => code === 0)).toEqual([false, false, true, true, false, false, false]);
});

test("shows no UserSig that could be a UserID in the journal", async () => {
  const usersig = "a-placeholder-of-24-chars";
  const emulator: Emulator = emulate();
  await callAccounts(emulator, "account_import", { UserID: usersig }, { query: { usersig } });
  expect(emulator.calls).toMatchObject([{ rule: "account.import", code: 0 }]);
  expect(JSON.stringify(emulator.calls)).not.toContain(usersig);
});

test("a fault without an operation is triggered by these calls as well, before or after the import", async () => {
  const emulator = emulate({}, { seed: { apps: [] } });
  emulator.faults.add({ error: "InternalFailure", nth: 1 });
  emulator.faults.add({ error: "InternalFailure", nth: 2, when: "after" });
  for (const imported of [0, 1]) {
    expect(await callAccounts(emulator, "account_import", { UserID: "dan" })).toMatchObject(
      failure("InternalFailure", "fault"),
    );
    expect(emulator.snapshot().apps).toHaveLength(imported);
  }
});
