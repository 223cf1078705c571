import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { lastUpdated } from "../src/last-updated.ts";

const folder = mkdtempSync(join(tmpdir(), "history-"));
const repository = join(folder, "whole");
const shallow = join(folder, "shallow");
afterAll(() => rmSync(folder, { recursive: true, force: true }));

function git(args: readonly string[], date = "2026-01-01T00:00:00Z"): void {
  const person = { GIT_AUTHOR_NAME: "a", GIT_AUTHOR_EMAIL: "a@a", GIT_COMMITTER_NAME: "a", GIT_COMMITTER_EMAIL: "a@a" };
  const env = { ...process.env, ...person, GIT_AUTHOR_DATE: date, GIT_COMMITTER_DATE: date };
  execFileSync("git", args, { cwd: folder, env, stdio: "ignore" });
}

beforeAll(() => {
  git(["init", repository]);
  for (const [file, date] of [
    ["first.md", "2026-01-02T00:00:00Z"],
    ["second.md", "2026-03-04T00:00:00Z"],
  ] as const) {
    writeFileSync(join(repository, file), file);
    git(["-C", repository, "add", file]);
    git(["-C", repository, "commit", "--message", file], date);
  }
  git(["clone", "--depth", "1", pathToFileURL(repository).href, shallow]);
});

test("is the date of the newest commit of any of the files", () => {
  expect(lastUpdated(repository, ["first.md"])).toEqual(new Date("2026-01-02"));
  expect(lastUpdated(repository, ["first.md", "second.md"])).toEqual(new Date("2026-03-04"));
});

test("is unknown for a file without a commit, in a shallow clone, and without git", () => {
  expect(lastUpdated(repository, ["third.md"])).toBeUndefined();
  expect(lastUpdated(shallow, ["first.md"])).toBeUndefined();
  expect(lastUpdated(folder, ["first.md"])).toBeUndefined();
});
