import * as fc from "fast-check";
import { afterAll, expect, test } from "vitest";
import { createEmulator, type Emulator, type SeedApp } from "../../src/index.ts";
import { createSqliteStore } from "../../src/node.ts";
import { create, emulate, to } from "../call.ts";
import { createFolder } from "../store/folder.ts";
import { send } from "./send.ts";

const folder = createFolder();
afterAll(() => folder.remove());

type Path = "accounts" | "users" | "chatGroups";

/** Reads all pages of a list, each with at most `limit` entries. */
async function pagesOf(emulator: Emulator, path: Path, limit: number, prefix = ""): Promise<readonly string[][]> {
  const pages: string[][] = [];
  let after: string | undefined;
  do {
    const query = new URLSearchParams({ limit: String(limit), prefix, ...(after !== undefined && { after }) });
    const { body } = await send(emulator, "GET", `/${path}?${query.toString()}`);
    const entries = body[path] as readonly (string | { readonly id?: string; readonly userId?: string })[];
    pages.push(entries.map((entry) => (typeof entry === "string" ? entry : (entry.id ?? entry.userId ?? ""))));
    after = body.next;
  } while (after !== undefined);
  return pages;
}

const names = ["a", "a ", "a!", "ab", "a~", "b", "user_1", "user_10", "user_2", "~"];
const full: SeedApp = {
  accounts: names,
  chatGroups: names.map((id) => ({ id })),
  users: names.map((userId) => ({ userId, groups: [{ name: "g" }] })),
};

test.each(["accounts", "users", "chatGroups"] as const)("lists %s page by page", async (path) => {
  const emulator = emulate({}, { seed: { apps: [full] } });
  expect(await pagesOf(emulator, path, 4)).toEqual([names.slice(0, 4), names.slice(4, 8), names.slice(8)]);
  expect(await pagesOf(emulator, path, 5)).toEqual([names.slice(0, 5), names.slice(5)]);
  expect(await pagesOf(emulator, path, 1000)).toEqual([names]);
});

test.each(["accounts", "users", "chatGroups"] as const)("finds the %s whose ID begins with a text", async (path) => {
  const emulator = emulate({}, { seed: { apps: [full] } });
  expect(await pagesOf(emulator, path, 2, "a")).toEqual([["a", "a "], ["a!", "ab"], ["a~"]]);
  expect(await pagesOf(emulator, path, 2, "user_1")).toEqual([["user_1", "user_10"]]);
  expect(await pagesOf(emulator, path, 2, "zzz")).toEqual([[]]);
});

test("finds exactly the accounts that begin with a text, whatever they are, in both stores", async () => {
  const id = fc.string({ unit: fc.constantFrom(" ", "!", "a", "b", "}", "~"), minLength: 1, maxLength: 4 });
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(id),
      fc.string({ unit: fc.constantFrom(" ", "a", "~"), maxLength: 2 }),
      async (accounts, prefix) => {
        for (const store of [undefined, createSqliteStore({ path: folder.newFile() })]) {
          await using emulator = createEmulator({ seed: { apps: [{ accounts }] }, store });
          const found = (await pagesOf(emulator, "accounts", 3, prefix)).flat();
          expect(found).toEqual(accounts.filter((account) => account.startsWith(prefix)).toSorted());
        }
      },
    ),
    { numRuns: 25 },
  );
});

test("reads a page of 20,000 accounts without reading the others", async () => {
  const accounts = Array.from({ length: 20_000 }, (_, index) => `user_${index}`);
  const emulator = emulate({}, { seed: { apps: [{ accounts }] } });
  const { body } = await send(emulator, "GET", "/accounts?prefix=user_199&limit=2");
  expect(body).toEqual({ accounts: ["user_199", "user_1990"], next: "user_1990" });
});

test("says of a user whether the account is imported, and how much it has", async () => {
  const emulator = emulate(
    {},
    { seed: { apps: [{ accounts: ["ann"], users: [{ userId: "eve", imported: false }] }] } },
  );
  await create(emulator, "family", [to("ann"), to("ann")]);
  await create(emulator, "empty", []);
  expect((await send(emulator, "GET", "/users")).body).toEqual({
    users: [
      { userId: "ann", imported: true, groups: 2, conversations: 1 },
      { userId: "eve", imported: false, groups: 0, conversations: 0 },
    ],
  });
});

test("reads a user as a snapshot has it", async () => {
  const emulator = emulate();
  await create(emulator, "family", [to("bob")]);
  const [user] = emulator.snapshot().apps[0]!.users!;
  expect((await send(emulator, "GET", "/users/ann")).body).toEqual(user);
  expect((await send(emulator, "GET", "/users/bob")).body).toMatchObject({ userId: "bob", groups: [] });
  expect(await send(emulator, "GET", "/users/nobody")).toMatchObject({ status: 404 });
});

test("lists only what an app has", async () => {
  const emulator = emulate();
  const { sdkAppId } = emulator.app({ seed: { apps: [{ accounts: ["zoe"] }] } });
  expect((await send(emulator, "GET", `/accounts?sdkAppId=${sdkAppId}`)).body).toEqual({ accounts: ["zoe"] });
  expect((await send(emulator, "GET", "/accounts")).body).toEqual({ accounts: ["ann", "bob", "cat"] });
});

test.each(["limit=0", "limit=1001", "limit=x", `prefix=${"x".repeat(49)}`, "prefix=%C3%A9", "after=%00"])(
  "rejects a list with %s",
  async (query) => {
    expect(await send(emulate(), "GET", `/accounts?${query}`)).toMatchObject({ status: 400 });
  },
);
