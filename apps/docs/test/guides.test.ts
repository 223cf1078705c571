import { execFile, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { globSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmulator } from "@contact-groups/emulator";

const docs = fileURLToPath(new URL("../src/content/docs/", import.meta.url));
const guides = globSync(["index.mdx", "guides/*.mdx"], { cwd: docs })
  .map((file) => file.replaceAll(sep, "/"))
  .toSorted();
const packages = fileURLToPath(new URL("../node_modules", import.meta.url));
const bin = join(packages, "@contact-groups/emulator/dist/cli.js");
/** Address that the guides use. */
const usual = "http://127.0.0.1:4020";

/** Fenced code of a page with the words behind its fence. */
function blocks(file: string): { readonly info: string; readonly code: string }[] {
  return [...readFileSync(docs + file, "utf8").matchAll(/^```([^\n]+)\n(.*?)^```$/gms)].map(
    ([, info = "", code = ""]) => ({
      info,
      code,
    }),
  );
}

/** The programs of a guide: each block `ts run`, with the blocks `ts run next` that continue it. */
function programsOf(guide: string): string[] {
  const programs: string[] = [];
  for (const { info, code } of blocks(guide)) {
    if (info === "ts run") programs.push(code);
    if (info === "ts run next") programs.push((programs.pop() ?? "") + code);
  }
  return programs;
}

/** What a page says that its programs print, in blocks `text output`, as patterns. */
function outputsOf(page: string): string[] {
  return blocks(page)
    .filter(({ info }) => /^text .*\boutput\b/.test(info))
    .map(({ code }) => code.replaceAll(/[^\w\s]/g, "\\$&"));
}

/** What each program of the guides prints. */
const printed: Readonly<Record<string, readonly (string | RegExp)[]>> = {
  "guides/authentication.mdx": ["administrator\ntrue\n"],
  "guides/errors-inside-200.mdx": [/^50001 UserNotImported https:\S+\n$/],
  "guides/getting-started.mdx": [
    /^0 conversations were not added\n\[ 'family' \]\n\[.*To_Account: 'user_0002'.*\]\n$/s,
  ],
  "guides/life-of-a-conversation-group.mdx": [
    /^1 0\n\[ 'team' \]\n1 colleagues\n\/ContactItem\/1 50001\n0\n\[ 1 \]\ncolleagues\ncolleagues\n51009 ConversationGroupNotFound\n2\n$/,
    "group_0001 was deleted\n",
  ],
  "guides/limits-and-partial-failure.mdx": [/^\S+ \d+ \S.*\n$/],
  "guides/marks.mdx": ["0 failures\ntrue \\[ 40 \\] vip\n0 failures\n", "true false true\n111000\n"],
  "guides/pagination.mdx": [/^([12] \d+\n)+$/],
  "guides/testing.mdx": ["1 2\n50005\n", "0 2\n"],
  "index.mdx": outputsOf("index.mdx"),
};

let emulator: ChildProcess;
let url = "";
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "guides-"));
  symlinkSync(packages, join(folder, "node_modules"), "junction");
  emulator = spawn(process.execPath, [bin, "--memory", "--port", "0"], { stdio: ["ignore", "pipe", "inherit"] });
  for await (const line of createInterface({ input: emulator.stdout! })) {
    url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0] ?? "";
    if (url !== "") break;
  }
});
afterAll(async () => {
  const ended = once(emulator, "exit");
  emulator.kill();
  await ended;
  rmSync(folder, { recursive: true });
});

test("every guide that has programs to run is in the table", () => {
  const runnable = guides.filter((guide) => programsOf(guide).length > 0);
  expect(Object.keys(printed)).toEqual(runnable);
});

describe.each(Object.entries(printed))("the programs of %s", (guide, outputs) => {
  const programs = programsOf(guide);

  test("are as many as their outputs", () => {
    expect(programs).toHaveLength(outputs.length);
  });

  test.each(outputs.map((output, index) => [index + 1, output] as const))(
    "number %i prints what it says",
    async (number, output) => {
      const file = join(folder, `${guide.replaceAll("/", "-")}-${number}.mts`);
      writeFileSync(file, programs[number - 1]?.replaceAll(usual, url) ?? "");
      const { stdout } = await promisify(execFile)(process.execPath, [file], {
        env: { ...process.env, NO_COLOR: "1" },
      });
      expect(stdout).toMatch(typeof output === "string" ? new RegExp(`^${output}$`) : output);
    },
  );
});

test("the emulator takes each JSON document of its guide as a seed", () => {
  const documents = blocks("guides/emulator.mdx").filter(({ info }) => info === "json");
  expect(documents.length).toBeGreaterThan(0);
  for (const { code } of documents) expect(() => createEmulator({ seed: JSON.parse(code) })).not.toThrow();
});

test.each(["zh-cn", "ja"])("the code of the guides is the same in /%s/", (language) => {
  for (const guide of guides)
    expect({ guide, code: blocks(`${language}/${guide}`) }).toEqual({ guide, code: blocks(guide) });
});
