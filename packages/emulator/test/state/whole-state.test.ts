import { beforeEach, expect, test, vi } from "vitest";
import { createEmulator, createMemoryStore, DocumentError, type Emulator, type SeedDocument } from "../../src/index.ts";
import { createSqliteStore } from "../../src/node.ts";
import { call, emulate, now } from "../call.ts";
import { linesOf, manyUsers } from "./many.ts";

const stores = [
  ["memory", createMemoryStore],
  ["SQLite", () => createSqliteStore({ path: ":memory:" })],
] as const;

// A slice ends after a few steps, however fast the machine is.
beforeEach(() => {
  let time = 0;
  const spy = vi.spyOn(performance, "now").mockImplementation(() => time++);
  return () => spy.mockRestore();
});

const create = (emulator: Emulator, userId: string, GroupName: string): Promise<unknown> =>
  call(emulator, "createContactGroup", { From_Account: userId, GroupContactItem: [{ GroupName, ContactItem: [] }] });
const groupsOf = async (emulator: Emulator, userId: string): Promise<readonly unknown[]> => {
  const { GroupItem } = await call(emulator, "getContactGroup", { From_Account: userId, StartIndex: 0 });
  return GroupItem as unknown[];
};

/** Counts the turns of the event loop while work runs. */
async function countTurns(run: () => Promise<unknown>): Promise<number> {
  let isRunning = true;
  let turns = 0;
  const count = (): void => {
    turns++;
    if (isRunning) setImmediate(count);
  };
  setImmediate(count);
  try {
    await run();
  } finally {
    isRunning = false;
  }
  return turns;
}

const withUsers = (store = createMemoryStore(), document: SeedDocument = manyUsers(600)): Emulator =>
  createEmulator({ store, seed: document, now: () => now });

test.each(stores)("lines restore the state that they were written from, with %s", async (_, createStore) => {
  const emulator = createEmulator({
    apps: [{ sdkAppId: 1 }, { sdkAppId: 2 }],
    store: createStore(),
    seed: { apps: [...manyUsers(300, 1).apps, ...manyUsers(20, 2).apps] },
  });
  const before = emulator.snapshot();
  const lines = await linesOf(emulator);
  expect(lines.length).toBeGreaterThan(10);
  expect(lines.every((line) => line.endsWith("}\n") && line.length < 20_000)).toBe(true);
  emulator.restore({ apps: [{ sdkAppId: 1, accounts: ["other"] }] });
  await emulator.restoreLines(lines);
  expect(emulator.snapshot()).toEqual(before);
  expect(await linesOf(emulator)).toEqual(lines);

  const app = emulator.app(2);
  expect(await linesOf(app)).toEqual(lines.filter((line) => line.startsWith('{"sdkAppId":2,')));
  await app.restoreLines([]);
  expect(emulator.snapshot().apps).toEqual(before.apps.slice(0, 1));
  await emulator.app(2).seedLines(lines.filter((line) => line.startsWith('{"sdkAppId":2,')));
  expect(emulator.snapshot()).toEqual(before);
  await emulator.close();
});

test.each(stores)("calls are handled while the whole state is read or replaced, with %s", async (_, createStore) => {
  const emulator = withUsers(createStore());
  const lines = await linesOf(emulator);
  const document = emulator.snapshot();
  expect(await countTurns(() => linesOf(emulator))).toBeGreaterThan(5);
  expect(await countTurns(() => emulator.restoreLines(lines))).toBeGreaterThan(5);
  const put = (path: string, method: string, body?: unknown) => (): Promise<Response> =>
    emulator.fetch(`http://emulator.test/__emulator${path}`, {
      method,
      ...(body !== undefined && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
  expect(await countTurns(put("/state", "PUT", document))).toBeGreaterThan(5);
  expect(await countTurns(put("/reset", "POST"))).toBeGreaterThan(5);
  expect(emulator.snapshot()).toEqual(document);
  const others = { apps: document.apps.map((app) => ({ ...app, users: app.users?.map(rename) })) };
  expect(await countTurns(put("/seed", "POST", others))).toBeGreaterThan(5);
  const accounts = Array.from({ length: 20_000 }, (__, index) => `account_${index}`);
  expect(await countTurns(put("/accounts", "POST", { accounts }))).toBeGreaterThan(5);
  expect(emulator.snapshot().apps[0]?.accounts).toHaveLength(20_000);
  expect(emulator.snapshot().apps[0]?.users).toHaveLength(1200);
  await emulator.close();
});

const rename = <User extends { readonly userId: string }>(user: User): User => ({
  ...user,
  userId: `b_${user.userId}`,
});

test.each(stores)("a state that is replaced is seen as a whole or not at all, with %s", async (_, createStore) => {
  const emulator = withUsers(createStore());
  const lines = await linesOf(emulator);
  await create(emulator, "user_000001", "a");
  const during: unknown[] = [];
  await emulator.restoreLines(
    (async function* () {
      for (const line of lines) {
        yield line;
        during.push((await groupsOf(emulator, "user_000001")).length);
      }
    })(),
  );
  expect(new Set(during)).toEqual(new Set([3]));
  expect(await groupsOf(emulator, "user_000001")).toHaveLength(2);
  await emulator.close();
});

test.each<[string, (lines: string[]) => (string | Uint8Array)[], RegExp]>([
  ["is not JSON", (lines) => [...lines, "{"], /^Line \d+ is not JSON: /],
  ["is no object", (lines) => ["\n", ...lines, "7\n"], /^Line \d+: The entry must be an object, but is 7/],
  [
    "has an invalid user",
    (lines) => lines.with(3, '{"users":[{"userId":"a"},{"userId":3}]}\n'),
    /^Line 4: \/users\/1\/userId must be a string, but is 3/,
  ],
  [
    "has an unknown field",
    (lines) => lines.with(3, '{"user":[]}\n'),
    /^Line 4: The entry must not have the field "user"/,
  ],
  [
    "is of an app that is not there",
    (lines) => lines.with(3, '{"sdkAppId":5,"accounts":["a"]}\n'),
    /^Line 4: \/sdkAppId must be 1400000000, but is 5/,
  ],
  [
    "has a user who was there before",
    (lines) => [...lines, lines[0]!],
    /^Line \d+: \/users\/0\/groups\/0\/id must be above/,
  ],
  ["is not UTF-8", (lines) => [...lines, new Uint8Array([0xff])], /^The text is not UTF-8\./],
])("restoreLines changes nothing when a line %s", async (_, change, message) => {
  const emulator = withUsers();
  const lines = await linesOf(emulator);
  await create(emulator, "user_000001", "a");
  const before = emulator.snapshot();
  const error = await emulator.restoreLines(change(lines)).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(DocumentError);
  expect((error as Error).message).toMatch(message);
  expect(emulator.snapshot()).toEqual(before);
});

test("seedLines says how many lines were added before the invalid one", async () => {
  const emulator = emulate();
  const line = (userId: string): string => `{"users":[{"userId":"${userId}","groups":[{"name":"g"}]}]}\n`;
  await expect(emulator.seedLines([line("x"), line("y"), line("x"), line("z")])).rejects.toThrow(
    "Line 3: /users/0/groups/0/name is already the name of a group of the user. The first 2 lines were added.",
  );
  expect(emulator.snapshot().apps[0]?.users?.map(({ userId }) => userId)).toEqual(["x", "y"]);
  await expect(emulator.seedLines([line("x")])).rejects.toThrow(/group of the user\.$/);
});

const seed = (emulator: Emulator, document: unknown): Promise<Response> =>
  emulator.fetch("http://emulator.test/__emulator/seed", {
    method: "POST",
    body: JSON.stringify(document),
    headers: { "Content-Type": "application/json" },
  });

test.each(stores)("a large seed is added as a whole or not at all, with %s", async (_, createStore) => {
  const emulator = emulate({}, { store: createStore() });
  const before = emulator.snapshot();
  const { apps } = manyUsers(600);
  const users = [...(apps[0]!.users ?? [])];
  const invalid = await seed(emulator, { apps: [{ users: users.with(550, { userId: "a", groups: [{ name: "" }] }) }] });
  expect(await invalid.json()).toMatchObject({
    status: 422,
    errors: [{ pointer: "#/apps/0/users/550/groups/0/name" }],
  });
  expect(emulator.snapshot()).toEqual(before);

  await create(emulator, "ann", "family");
  const changed = emulator.snapshot();
  const conflict = { apps: [{ users: users.with(550, { ...users[550]!, userId: "ann" }) }] };
  const rejected = await seed(emulator, conflict);
  expect(await rejected.json()).toMatchObject({
    status: 422,
    detail: expect.stringMatching(/^\/apps\/0\/users\/550\/groups\/0\/id must be above .* but is 1\.$/) as unknown,
  });
  expect(emulator.snapshot()).toEqual(changed);

  const twice = await seed(emulator, {
    apps: [...apps, { users: [{ userId: "user_000000", groups: [{ name: "work" }] }] }],
  });
  expect(await twice.json()).toMatchObject({
    status: 422,
    detail: "/apps/1/users/0/groups/0/name is already the name of a group of the user.",
  });
  expect(emulator.snapshot()).toEqual(changed);
  expect((await seed(emulator, { apps })).status).toBe(204);
  expect(emulator.snapshot().apps[0]?.users).toHaveLength(601);
  await emulator.close();
});

test("a seed that conflicts with a call that came meanwhile says how much of it was added", async () => {
  const emulator = emulate();
  const { apps } = manyUsers(600);
  const adding = seed(emulator, { apps });
  const isBegun = (): boolean => emulator.snapshot().apps[0]?.users?.length !== 0;
  while (!isBegun()) await new Promise((resolve) => setImmediate(resolve));
  emulator.seed({ apps: [{ users: [{ userId: "user_000599", groups: [{ name: "own" }] }] }] });
  const { status, detail } = (await (await adding).json()) as { status: number; detail: string };
  expect(status).toBe(422);
  expect(detail).toMatch(/^\/apps\/0\/users\/599\/groups\/0\/id must be above .* The first \d+ parts were added\.$/);
});

test("names the place of an invalid account of a long list", async () => {
  const emulator = emulate();
  const before = emulator.snapshot();
  const accounts: unknown[] = Array.from({ length: 5000 }, (_, index) => `account_${index}`);
  const response = await emulator.fetch("http://emulator.test/__emulator/accounts", {
    method: "POST",
    body: JSON.stringify({ accounts: accounts.with(4000, 7) }),
    headers: { "Content-Type": "application/json" },
  });
  expect(await response.json()).toMatchObject({ status: 422, errors: [{ pointer: "#/accounts/4000" }] });
  expect(emulator.snapshot()).toEqual(before);
});

test("an app that is removed while its state is replaced stays removed", async () => {
  const emulator = createEmulator({ apps: [{ sdkAppId: 1 }, { sdkAppId: 2 }] });
  emulator.seed(manyUsers(300, 2));
  const lines = await linesOf(emulator);
  await emulator.restoreLines(
    (async function* () {
      yield* lines;
      emulator.removeApp(2);
    })(),
  );
  expect(emulator.snapshot()).toEqual({ apps: [] });
  emulator.app(2);
  expect(emulator.snapshot()).toEqual({ apps: [] });
});
