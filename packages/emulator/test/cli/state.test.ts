import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createGroup, groupsOf } from "./call.ts";
import { emptyFolder, run, serve, spawnCommand, spawnServer } from "./run.ts";

const seed = { apps: [{ users: [{ userId: "ann", groups: [{ name: "seeded" }] }] }] };

/** A folder with a seed in it. */
function seeded(): string {
  const folder = emptyFolder();
  writeFileSync(join(folder, "seed.json"), JSON.stringify(seed));
  return folder;
}

test("keeps the state in a folder that git ignores, and seeds it once", async () => {
  const folder = seeded();
  const first = await serve(["--seed", "seed.json"], { folder });
  await createGroup(first.url, "ann", "made");
  await first.close();
  expect(existsSync(join(folder, ".contact-groups-emulator", "state.sqlite"))).toBe(true);
  expect(readFileSync(join(folder, ".contact-groups-emulator", ".gitignore"), "utf8")).toBe("*\n");

  const second = await serve(["--seed", "seed.json"], { folder });
  expect(await groupsOf(second.url, "ann")).toEqual(["seeded", "made"]);
  expect(await second.until("curl")).toContain("existing data; use --reseed to start over");
  await second.close();

  const third = await serve(["--seed", "seed.json", "--reseed"], { folder });
  expect(await groupsOf(third.url, "ann")).toEqual(["seeded"]);
});

test("confirmed calls survive a kill of the process", async () => {
  const folder = seeded();
  const first = await spawnServer(["--seed", "seed.json", "--db", "a/b.sqlite"], { folder });
  await createGroup(first.url, "ann", "made");
  first.child.kill("SIGKILL");
  await first.ended;
  const second = await serve(["--db", "a/b.sqlite"], { folder });
  expect(await groupsOf(second.url, "ann")).toEqual(["seeded", "made"]);
});

test("a command whose port is in use deletes no state", async () => {
  const folder = seeded();
  const first = await serve(["--seed", "seed.json"], { folder });
  await createGroup(first.url, "ann", "made");
  const second = await run(["--port", new URL(first.url).port, "--reseed"], { folder });
  expect(second.code).toBe(2);
  expect(await groupsOf(first.url, "ann")).toEqual(["seeded", "made"]);
});

test("a database that an emulator has open is not used by another command", async () => {
  const folder = seeded();
  await serve(["--db", "a.sqlite"], { folder });
  for (const command of ["serve --port 0", "export -", "import seed.json"]) {
    const { code, errors } = await run([...command.split(" "), "--db", "a.sqlite"], { folder });
    expect(code).toBe(2);
    expect(errors).toMatch(
      /^The database a\.sqlite cannot be used: it is already open, in this process or another\..*\n$/,
    );
  }
});

test("reads a seed from the standard input", async () => {
  const { url } = await spawnServer(["--memory", "--seed", "-"], { input: JSON.stringify(seed) });
  expect(await groupsOf(url, "ann")).toEqual(["seeded"]);
});

test("what export writes, import reads into another database", async () => {
  const folder = seeded();
  expect((await run(["import", "seed.json", "--db", "a.sqlite", "--app", "1400000009"], { folder })).code).toBe(0);
  const exported = spawnCommand(["export", "-", "--db", "a.sqlite"], { folder });
  expect(await exported.ended).toBe(0);
  expect(JSON.parse(exported.output())).toMatchObject({ apps: [{ sdkAppId: 1400000009, users: [{ userId: "ann" }] }] });
  const imported = spawnCommand(["import", "-", "--db", "b.sqlite"], { folder, input: exported.output() });
  expect(await imported.ended).toBe(0);
  expect((await run(["export", "b.json", "--db", "b.sqlite"], { folder })).code).toBe(0);
  expect(readFileSync(join(folder, "b.json"), "utf8")).toBe(exported.output());
});

test("import adds all of a document or nothing, and replaces the state with --replace", async () => {
  const folder = seeded();
  const more = { apps: [{ accounts: ["bob"], users: seed.apps[0]?.users }] };
  writeFileSync(join(folder, "more.json"), JSON.stringify(more));
  const state = async (): Promise<string> => (await run(["export", "-", "--db", "a.sqlite"], { folder })).output;
  await run(["import", "seed.json", "--db", "a.sqlite"], { folder });
  const before = await state();
  const again = await run(["import", "more.json", "--db", "a.sqlite"], { folder });
  expect(again.code).toBe(2);
  expect(again.errors).toBe(
    "more.json cannot be imported. /apps/0/users/0/groups/0/name is already the name of a group of the user. Give --replace to delete the state of the database first.\n",
  );
  writeFileSync(join(folder, "wrong.json"), '{"apps":3}');
  const wrong = await run(["import", "wrong.json", "--db", "new.sqlite"], { folder });
  expect(wrong.code).toBe(2);
  expect(wrong.errors).not.toContain("--replace");
  expect(existsSync(join(folder, "new.sqlite"))).toBe(false);
  expect(await state()).toBe(before);
  expect((await run(["import", "more.json", "--db", "a.sqlite", "--replace"], { folder })).code).toBe(0);
  expect(JSON.parse(await state())).toMatchObject({ apps: [{ accounts: ["bob"] }] });
});

test("rejects a file that is not a database, and does not change it", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "text.db"), "this is text, and not a database at all");
  const { code, errors } = await run(["--port", "0", "--db", "text.db"], { folder });
  expect(code).toBe(2);
  expect(errors).toMatch(/^The database text\.db cannot be used: it is not a SQLite database\..*\n$/);
  expect(readFileSync(join(folder, "text.db"), "utf8")).toBe("this is text, and not a database at all");
});
