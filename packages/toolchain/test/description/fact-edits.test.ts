/** A code, the name of a code, a host and a region are in one place each: after an edit there, everything generated from the description follows, or is reported. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { makeFrom } from "../edited.ts";
import { bundle, folder } from "./bundle.ts";

interface Server {
  readonly url: string;
  readonly "x-region"?: string;
  readonly "x-backupUrl"?: string;
}

const entries = Object.values(bundle["x-errors"]).flat();
const servers = (bundle as unknown as { readonly servers: readonly Server[] }).servers.filter(
  (server) => server["x-region"],
);
const to = (olds: readonly (string | undefined)[], change: (old: string) => string): ReadonlyMap<string, string> =>
  new Map(olds.flatMap((old) => (old === undefined ? [] : [[old, change(old)]])));

/** What is edited: each old word with the new one, and the lines that an editor changes, by file. */
type Fact = readonly [what: string, words: ReadonlyMap<string, string>, files: RegExp, line: RegExp];

const facts: readonly Fact[] = [
  [
    "error code",
    // Far enough away that no new code is an old one.
    to(
      entries.map(({ code }) => String(code)),
      (code) => String(Number(code) + 4000),
    ),
    /^errors\//,
    /^- code: /,
  ],
  [
    "name of an error code",
    to(
      entries.map(({ name }) => name),
      (name) => `${name}Renamed`,
    ),
    /^errors\//,
    /^ {2}name: /,
  ],
  [
    "region",
    to(
      servers.map((server) => server["x-region"]),
      (region) => `${region}-renamed`,
    ),
    /^servers\.yaml$/,
    /^ {2}x-region: /,
  ],
  [
    "host",
    to(
      servers.flatMap((server) => [server.url, server["x-backupUrl"]]),
      (url) => url.replace("//", "//new-"),
    ),
    /^servers\.yaml$/,
    /^ {2}(url|x-backupUrl): /,
  ],
];

test.each(facts)("an edit of each %s reaches every text, or is reported at its line", async (_, words, files, line) => {
  expect(words.size).toBeGreaterThan(5);
  expect([...words.values()].filter((word) => words.has(word))).toEqual([]);
  // Documents are named after codes, and URLs have numbers.
  const word = new RegExp(`(?<![\\w-])(?:${[...words.keys()].join("|")})(?![\\w-])`, "g");
  const renew = (text: string): string => text.replaceAll(word, (old) => words.get(old)!);
  const texts = new Map<string, string>();
  const read = (path: string): Uint8Array => {
    const bytes = readFileSync(path);
    const file = path.slice(folder.length + 1).replaceAll("\\", "/");
    if (!texts.has(file))
      texts.set(
        file,
        bytes
          .toString()
          .split("\n")
          .map((text) => (files.test(file) && line.test(text) ? renew(text) : text))
          .join("\n"),
      );
    return Buffer.from(texts.get(file)!);
  };

  // An editor changes what is reported, at its line and nowhere else, until nothing is reported.
  let made = await makeFrom(read, folder);
  let translated = await made.translate();
  for (let problems = [...made.problems, ...translated.problems]; problems.length > 0;) {
    const places = new Map(
      problems.map((problem) => [/^openapi\/[\w./-]+:\d+(?=:\d+ \S)/.exec(problem)?.[0] ?? "", problem]),
    );
    for (const [place, problem] of places) {
      const [file = "", number = ""] = place.slice("openapi/".length).split(":");
      const lines = texts.get(file)?.split("\n") ?? [];
      const text = lines[Number(number) - 1] ?? "";
      lines[Number(number) - 1] = renew(text);
      // A line that does not have the old word tells nobody what to change.
      expect({ problem, text: renew(text) }).not.toEqual({ problem, text });
      texts.set(file, lines.join("\n"));
    }
    made = await makeFrom(read, folder);
    translated = await made.translate();
    problems = [...made.problems, ...translated.problems];
  }

  const outputs = Object.entries({ ...made.files, ...translated.files });
  const stale = outputs.flatMap(([path, text]) =>
    [...text.replaceAll(/https?:\/\/[^\s"]+\d{5}/g, "").matchAll(word)].map(
      ([old]) => `${path.slice(join(folder, "dist").length + 1)}: ${old}`,
    ),
  );
  expect([...new Set(stale)]).toEqual([]);
  // Each new word is somewhere, also in the model.
  const model = outputs.filter(([path]) => path.endsWith(".js")).map(([, text]) => text);
  expect([...words.values()].filter((renewed) => !model.some((text) => text.includes(renewed)))).toEqual([]);
});

/** What is removed: the words, the first of which stays, and how a file is without some of them. */
const removals: readonly (readonly [
  what: string,
  words: readonly string[],
  without: (file: string, text: string, removed: ReadonlySet<string>) => string,
])[] = [
  [
    "error code",
    entries.map(({ code }) => String(code)),
    (file, text, removed) =>
      file.startsWith("errors/")
        ? text
            .split(/^(?=- code: )/m)
            .filter((entry) => !removed.has(/^- code: (\d+)/.exec(entry)?.[1] ?? ""))
            .join("")
        : text,
  ],
  [
    "region",
    servers.map((server) => server["x-region"]!),
    (file, text, removed) => {
      if (file !== "servers.yaml" && file !== "openapi.yaml") return text;
      const [part, name] =
        file === "servers.yaml" ? [/^(?=\S)/m, /^([\w-]+):\n/] : [/^/m, /\.\/servers\.yaml#\/([\w-]+)\n/];
      const parts = text.split(part);
      return parts.filter((one) => !removed.has(name.exec(one)?.[1] ?? "")).join("");
    },
  ],
];

test.each(removals)("each %s that is removed is reported at a line that names it", async (_, words, without) => {
  // A file of the catalogue without an entry is another mistake.
  const kept = new Set([words[0], ...Object.values(bundle["x-errors"]).map(([first]) => String(first!.code))]);
  let removed: ReadonlySet<string> = new Set(words.filter((word) => !kept.has(word)));
  let texts = new Map<string, string>();
  const read = (path: string): Uint8Array => {
    const file = path.slice(folder.length + 1).replaceAll("\\", "/");
    const text = without(file, readFileSync(path, "utf8"), removed);
    texts.set(file, text);
    return Buffer.from(text);
  };
  expect(removed.size).toBeGreaterThan(5);
  // A check hides what only a later one sees: what is reported comes back, until all of it was.
  while (removed.size > 0) {
    texts = new Map();
    const made = await makeFrom(read, folder);
    const problems = [...made.problems, ...(await made.translate()).problems];
    const reported = new Set(
      problems.flatMap((problem) => {
        const [, file = "", line = ""] = /^openapi\/([\w./-]+):(\d+):\d+ \S/.exec(problem) ?? [];
        const lines = texts.get(file)?.split("\n") ?? [];
        const found = lines[Number(line) - 1]?.match(/[\w-]+/g) ?? [];
        return found.filter((word) => removed.has(word));
      }),
    );
    expect(reported.size, `Removed without a word: ${[...removed].join(", ")}`).toBeGreaterThan(0);
    removed = new Set([...removed].filter((word) => !reported.has(word)));
  }
});
