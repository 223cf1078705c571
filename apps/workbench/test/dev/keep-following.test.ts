import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { foldersOf, prepare, type Step } from "../../dev/follow.ts";
import { keepFollowing } from "../../dev/keep-following.ts";
import { terminal } from "../../dev/terminal.ts";
import { type Copy, copyRepository } from "./copy-repository.ts";

/** Follows a copy, and hands out each line of the terminal as it comes. */
async function start(): Promise<{ copy: Copy; lineWith: (text: string) => Promise<string> }> {
  const copy = await copyRepository();
  const folders = foldersOf(copy.root);
  const lines: string[] = [];
  let wake = (): void => {};
  const listener = terminal(copy.root, (line) => {
    lines.push(line);
    wake();
  });
  const following = keepFollowing(folders.description, prepare(folders), listener);
  onTestFinished(() => following.close());
  const lineWith = async (text: string): Promise<string> => {
    for (;;) {
      const line = lines.find((candidate) => candidate.includes(text));
      if (line !== undefined) return line;
      await new Promise<void>((resolve) => (wake = resolve));
    }
  };
  return { copy, lineWith };
}

test("rebuilds the bundle, the types and the catalogue when an edit is saved", async () => {
  const { copy, lineWith } = await start();
  await copy.replace("openapi/errors/gateway.yaml", /fix: /, "fix: First, ");
  expect(await lineWith("openapi/dist/openapi.json")).toContain("openapi/dist/model/errors.js");
  expect(await copy.read("openapi/dist/errors.json")).toContain("First, ");
});

test("reports an invalid edit at its line, and rebuilds when it is fixed", async () => {
  const { copy, lineWith } = await start();
  await copy.replace("openapi/errors/gateway.yaml", /category: \w+/, "category: weather");
  expect(await lineWith("category")).toMatch(/^openapi\/errors\/gateway\.yaml:\d+:\d+ /);
  expect(await lineWith("✗")).toContain("1 problem: no file is changed.");
  await copy.replace("openapi/errors/gateway.yaml", /category: weather/, "category: auth");
  await lineWith("✓");
});

test("reports a file in a new folder until something refers to it", async () => {
  const { copy, lineWith } = await start();
  mkdirSync(join(copy.root, "openapi/components/headers"), { recursive: true });
  await copy.write("openapi/components/headers/new.yaml", "value: 1\n");
  expect(await lineWith("new.yaml")).toMatch(
    /^openapi\/components\/headers\/new\.yaml:1:1 Nothing refers to this file/,
  );
});

test("asks for a restart when the configuration is edited", async () => {
  const { copy, lineWith } = await start();
  await copy.write("openapi/redocly.yaml", await copy.read("openapi/redocly.yaml"));
  expect(await lineWith("redocly.yaml")).toBe("openapi/redocly.yaml is loaded once: stop with Ctrl-C and start again.");
});

test("rebuilds once more after edits during a rebuild, and skips the second step of the first", async () => {
  const copy = await copyRepository();
  const nothing: Step = { changed: [], problems: [] };
  let finish = (): void => {};
  const done = new Promise<void>((resolve) => (finish = resolve));
  let runs = 0;
  let rests = 0;
  const follow = async () => {
    runs++;
    if (runs === 1) {
      await copy.replace("openapi/info.md", /$/, "\n");
      await copy.replace("openapi/info.md", /$/, "\n");
      await seen();
    }
    const rest = async () => {
      rests++;
      return nothing;
    };
    return { first: nothing, rest };
  };
  const listener = { first() {}, rest() {}, loadedOnce() {}, idle: () => finish() };
  const following = keepFollowing(join(copy.root, "openapi"), follow, listener);
  onTestFinished(() => following.close());
  await copy.replace("openapi/info.md", /$/, "\n");
  await done;
  expect({ runs, rests }).toEqual({ runs: 2, rests: 1 });
});

/** Gives the watcher's events, which the file system reports a moment after the write, their turn. */
async function seen(): Promise<void> {
  await new Promise((resolve) => setTimeout(resolve, 100));
}
