import { copyFileSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { manyUsers } from "../state/many.ts";
import { createGroup, groupsOf } from "./call.ts";
import { emptyFolder, hasSignals, run, serve, spawnCommand, spawnServer } from "./run.ts";

/** A folder with a seed of this many users as a document, and as lines. */
function seeded(users: number): string {
  const folder = emptyFolder();
  const document = manyUsers(users);
  writeFileSync(join(folder, "seed.json"), JSON.stringify(document));
  const lines = (document.apps[0]?.users ?? []).map((user) => `${JSON.stringify({ users: [user] })}\n`);
  writeFileSync(join(folder, "seed.ndjson"), `\uFEFF${lines.join("")}`);
  return folder;
}

const read = (folder: string, file: string): string => readFileSync(join(folder, file), "utf8");

test("exports and imports lines, and documents of any size", async () => {
  const folder = seeded(6000);
  expect(await run(["import", "seed.ndjson", "--db", "a.sqlite"], { folder })).toMatchObject({ code: 0, errors: "" });
  for (const file of ["a.ndjson", "a.json"]) {
    expect(await run(["export", file, "--db", "a.sqlite"], { folder })).toMatchObject({ code: 0, errors: "" });
    expect(await run(["import", file, "--db", "b.sqlite", "--replace"], { folder })).toMatchObject({ code: 0 });
    expect(await run(["export", `b_${file}`, "--db", "b.sqlite"], { folder })).toMatchObject({ code: 0 });
    expect(read(folder, `b_${file}`)).toBe(read(folder, file));
  }
  expect(read(folder, "a.json").split("\n", 2)[0]).toBe('{"apps":[');
  expect(existsSync(join(folder, "a.json.partial"))).toBe(false);
});

test("serves with lines as its seed, which reset reads again", async () => {
  const folder = seeded(30);
  const { url } = await serve(["--db", "a.sqlite", "--seed", "seed.ndjson"], { folder });
  expect(await groupsOf(url, "user_000029")).toEqual(["family", "work"]);
  await createGroup(url, "user_000029", "made");
  const reset = await fetch(`${url}/__emulator/reset`, { method: "POST" });
  expect([reset.status, await reset.text()]).toEqual([500, expect.stringContaining("seed.ndjson cannot be read")]);
  expect(await groupsOf(url, "user_000029")).toEqual(["family", "work", "made"]);

  const elsewhere = await spawnServer(["--memory", "--seed", "seed.ndjson"], { folder });
  await createGroup(elsewhere.url, "user_000029", "made");
  expect((await fetch(`${elsewhere.url}/__emulator/reset`, { method: "POST" })).status).toBe(204);
  expect(await groupsOf(elsewhere.url, "user_000029")).toEqual(["family", "work"]);
});

test("rejects an invalid seed of lines with its line, and keeps nothing", async () => {
  const folder = seeded(3);
  writeFileSync(join(folder, "wrong.ndjson"), `${read(folder, "seed.ndjson")}{"users":7}\n`);
  const { code, errors } = await run(["--port", "0", "--db", "a.sqlite", "--seed", "wrong.ndjson"], { folder });
  expect([code, errors]).toEqual([2, "--seed wrong.ndjson: Line 4: /users must be an array, but is 7.\n"]);
  const missing = await run(["--port", "0", "--db", "a.sqlite", "--seed", "none.ndjson"], { folder });
  expect(missing.errors).toBe("--seed none.ndjson cannot be read: there is no such file or folder.\n");
  expect((await run(["export", "-", "--db", "a.sqlite"], { folder })).output).toBe('{\n  "apps": []\n}\n');
});

test("accepts a byte order mark at the beginning of a seed and of an import", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "seed.json"), '\uFEFF{"apps":[{"users":[{"userId":"ann","groups":[{"name":"a"}]}]}]}');
  const { url } = await serve(["--memory", "--seed", "seed.json"], { folder });
  expect(await groupsOf(url, "ann")).toEqual(["a"]);
  expect((await run(["import", "seed.json", "--db", "a.sqlite"], { folder })).code).toBe(0);
});

test("exports, imports and backs up the state of an emulator that runs", async () => {
  const folder = seeded(50);
  const { url } = await serve(["--db", "a.sqlite", "--seed", "seed.json"], { folder });
  expect(await run(["backup", "copy.sqlite", "--url", url], { folder })).toMatchObject({ code: 0, errors: "" });
  expect(await run(["export", "a.json", "--url", url], { folder })).toMatchObject({ code: 0, errors: "" });
  expect((await run(["export", "-", "--db", "copy.sqlite"], { folder })).output).toBe(read(folder, "a.json"));
  const conflict = await run(["import", "seed.ndjson", "--url", url], { folder });
  expect([conflict.code, conflict.errors]).toEqual([
    2,
    `--url ${url}: Line 1: /users/0/groups/0/id must be above the IDs of all earlier groups, but is 1.\n`,
  ]);
  expect((await run(["import", "seed.ndjson", "--url", url, "--replace"], { folder })).code).toBe(0);
  expect((await run(["backup", "copy.sqlite", "--db", "copy.sqlite"], { folder })).code).toBe(0);

  const inMemory = await serve(["--memory"], { folder });
  const rejected = await run(["backup", "no.sqlite", "--url", inMemory.url], { folder });
  expect(rejected.errors).toContain("The state is in memory, so there is no file. GET /__emulator/state exports it.");
  expect(existsSync(join(folder, "no.sqlite"))).toBe(false);
});

test("writes the state to a file at its end", async () => {
  const folder = seeded(5);
  const server = await serve(["--memory", "--seed", "seed.json", "--export-on-exit", join(folder, "end.json")], {
    folder,
  });
  await createGroup(server.url, "user_000004", "made");
  await server.close();
  expect(read(folder, "end.json")).toContain('"made"');
});

test("does not start with a file for --export-on-exit that cannot be written", async () => {
  const folder = emptyFolder();
  const start = async (file: string): Promise<string> =>
    (await run(["--memory", "--port", "0", "--export-on-exit", file], { folder })).errors;
  expect(await start("missing/end.json")).toBe(
    "--export-on-exit missing/end.json cannot be written: there is no such file or folder.\n",
  );
  expect(await start(".")).toBe("--export-on-exit . cannot be written: it is a folder.\n");
  expect(readdirSync(folder)).toEqual([]);
});

test("waits for a database that another process has open", async () => {
  const folder = seeded(5);
  const first = await spawnServer(["--db", "a.sqlite", "--seed", "seed.json"], { folder });
  const waiting = spawnCommand(["export", "-", "--db", "a.sqlite", "--db-wait", "60"], { folder });
  const rejected = await run(["export", "-", "--db", "a.sqlite"], { folder });
  expect(rejected.errors).toMatch(/it is already open, .* With --db-wait SECONDS, the command waits for it\.\n$/);
  first.child.kill("SIGKILL");
  expect(await waiting.ended).toBe(0);
  expect(waiting.output()).toContain("user_000004");
  const wrong = await run(["export", "-", "--db", "a.sqlite", "--db-wait", "soon"], { folder });
  expect(wrong.errors).toBe('--db-wait must be a number of seconds, but is "soon".\n');
});

test.runIf(hasSignals)("says that its database was deleted, fails calls that write, and ends with 1", async () => {
  const folder = seeded(5);
  const server = await spawnServer(["--db", "a.sqlite", "--seed", "seed.json"], { folder });
  copyFileSync(join(folder, "a.sqlite"), join(folder, "copy.sqlite"));
  rmSync(join(folder, "a.sqlite"));
  expect(await createGroup(server.url, "user_000004", "made")).toMatchObject({
    ErrorCode: 50004,
    ErrorInfo: expect.stringMatching(/it was deleted or replaced .* and start again\.$/) as unknown,
  });
  expect(await groupsOf(server.url, "user_000004")).toEqual(["family", "work"]);
  await expect.poll(server.errors).toContain("a.sqlite cannot be used: it was deleted or replaced");
  expect((await run(["backup", "saved.sqlite", "--url", server.url], { folder })).code).toBe(0);
  server.child.kill("SIGTERM");
  expect(await server.ended).toBe(1);
  expect((await run(["export", "-", "--db", "saved.sqlite"], { folder })).output).toContain("user_000004");
  const copy = await run(["export", "-", "--db", "copy.sqlite"], { folder });
  expect(copy.errors).toMatch(/^The database copy\.sqlite cannot be used: it was copied while an emulator had it open/);
});
