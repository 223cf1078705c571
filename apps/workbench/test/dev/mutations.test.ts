import { readFileSync } from "node:fs";
import { basename, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { sourceFiles } from "@contact-groups/toolchain/bundle/sources";
import { type Access, foldersOf, prepare } from "../../dev/follow.ts";
import { harmless, mutations, seeded } from "./mutations.ts";

/** Each file gets one in `share` of the mutations. `MUTATIONS=all` takes all of them. */
const share = process.env["MUTATIONS"] === "all" ? 1 : 5;

const folders = foldersOf(fileURLToPath(new URL("../../../..", import.meta.url)));
const files = sourceFiles(folders.description);

let mutated: Readonly<Record<string, Uint8Array>> = {};
let written: Record<string, string> = {};
const access: Access = {
  read: (path) => mutated[path] ?? readFileSync(path),
  write: (made) => Object.keys(Object.assign(written, made)),
};
// The configuration is read once, so that a change of it needs another start.
const shared = prepare(folders, access);

/** Everything that follows from the description with some files changed: the problems, and what was written. */
async function follow(changed: Readonly<Record<string, Uint8Array | string>>): Promise<Followed> {
  mutated = Object.fromEntries(Object.entries(changed).map(([path, content]) => [path, Buffer.from(content)]));
  written = {};
  const once = Object.keys(changed).some((path) => path.endsWith("redocly.yaml")) ? prepare(folders, access) : shared;
  const { first, rest } = await once();
  if (first.problems.length > 0) return { problems: first.problems, written };
  const { problems } = await rest!();
  return { problems, written };
}

interface Followed {
  readonly problems: readonly string[];
  readonly written: Readonly<Record<string, string>>;
}

/** The mutations that also a file of text without keys can have. */
const ofBytes = new Set(["a byte that is not UTF-8", "UTF-16"]);

const right = await follow({});

/** What no message may hold: the words of an error of the engine, a stack, or a path of this machine. */
const raw =
  /Cannot read|is not a function|not iterable|TypeError|of undefined|call stack|\[object |NaN|defect of the program|\n|(?<![:\w`])\/(home|root|tmp|work|Users)\b/;

test("the description itself has no problem, and all files are made of it", () => {
  expect(right.problems).toEqual([]);
  const paths = Object.keys(right.written).map((path) => relative(folders.root, path));
  for (const name of [
    "openapi/dist/openapi.json",
    "openapi/dist/translations/errors.ja.json",
    "openapi/dist/types.d.ts",
  ])
    expect(paths).toContain(name);
});

test.each(files.map((path, index) => [relative(folders.root, path), path, index] as const))(
  "reports a mistake in %s at a line, and writes nothing",
  async (_, path, index) => {
    const original = readFileSync(path, "utf8");
    for (const [number, [slip, mutate]] of Object.entries(mutations).entries()) {
      if ((index + number) % share !== 0) continue;
      const random = seeded(1000 * index + number);
      const content = path.endsWith(".md") && !ofBytes.has(slip) ? undefined : mutate(original, random);
      if (content === undefined) continue;
      const { problems, written: made } = await follow({ [path]: content });
      // A file may be right after a slip too, such as one that is cut off after an entry. Then all is made.
      const isRight = problems.length === 0;
      const isTold = isRight || problems.some((problem) => names(problem, path));
      const kept = isRight ? Object.keys(right.written) : Object.keys(made).filter((file) => !isTranslated(file));
      const wrong = problems.filter((problem) => raw.test(problem) || !pointsToLine(problem));
      expect({ slip, wrong, isTold, problems, made: Object.keys(made) }).toEqual({
        slip,
        wrong: [],
        isTold: true,
        problems,
        made: kept,
      });
    }
  },
  180_000,
);

test.each(Object.entries(harmless))("%s in every file changes nothing", async (_, mutate) => {
  const changed = files.map((path) => [path, mutate(readFileSync(path, "utf8"), seeded(0))!] as const);
  expect(await follow(Object.fromEntries(changed))).toEqual(right);
});

/** Whether a problem begins with a line that the file has. */
function pointsToLine(problem: string): boolean {
  const [, name, line] = /^(openapi\/[\w./-]+):(\d+):\d+ \S/.exec(problem) ?? [];
  if (name === undefined) return false;
  const text = Buffer.from(access.read!(join(folders.root, name))).toString();
  return Number(line) <= text.split("\n").length;
}

/** Whether a problem is in a file, is in one that refers to it, or says its name. */
function names(problem: string, path: string): boolean {
  // The configuration says what is a problem anywhere.
  if (path.endsWith("redocly.yaml") || problem.includes(basename(path, ".yaml"))) return true;
  const [, at = "openapi.yaml"] = /^openapi\/([\w./-]+):/.exec(problem) ?? [];
  return at === "openapi.yaml" || readFileSync(join(folders.description, at), "utf8").includes(basename(path));
}

function isTranslated(path: string): boolean {
  return /dist[\\/]translations[\\/]/.test(path);
}
