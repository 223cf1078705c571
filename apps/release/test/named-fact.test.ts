import { errors, requestExamples, servers, successExamples } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { type Facts, checkFacts } from "../checks/named-fact.ts";
import { files, read } from "./repository.ts";

const ofService = servers.filter(({ region }) => region !== undefined);
const facts: Facts = {
  codes: new Map(Object.values(errors).map(({ code, name }) => [code, name])),
  examples: new Set([requestExamples, successExamples].flatMap((all) => Object.values(all).flatMap(Object.keys))),
  regions: new Set(ofService.map(({ region }) => region!)),
  hosts: new Set(
    ofService.flatMap(({ url, backupUrl }) => [url, ...(backupUrl ? [backupUrl] : [])]).map((url) => new URL(url).host),
  ),
};

/**
 * Every file that names facts of the real description. Not among them are the tools, which work with any description, tests and the lists that they generate,
 * which fail themselves, and texts about a released one.
 */
const paths = files(
  "**/*.{astro,css,cjs,hbs,html,js,json,jsonc,md,mdx,mjs,ts,txt,yaml,yml}",
  ".changeset/README.md",
  "!.changeset/[a-z]*.md",
  "!**/CHANGELOG.md",
  "!**/test/**",
  "!**/*.test.*",
  "!openapi/released/**",
  "!packages/contract/{MISTAKES,MUTATIONS}.md",
  "!packages/toolchain/**",
  "!pnpm-lock.yaml",
);

/** What is named on purpose although the description does not have it: examples of a new code, the last port, and a host that no document has. */
const others = ["error code 51014", "error code 51099", "error code 65535", "host adminapiksa.im.qcloud.com"];

test("no file names an error code, a region or a host that the description does not have", () => {
  expect(paths.length).toBeGreaterThan(500);
  const found = paths.flatMap((path) => checkFacts(path, read(path), facts));
  expect(found.filter(({ what }) => !others.some((other) => what.includes(other)))).toEqual([]);
  // What no file names any more does not stay in the list.
  expect(others.filter((other) => !found.some(({ what }) => what.includes(other)))).toEqual([]);
});

test("reports an old name of the description at each line that has it", () => {
  const renamed = (words: Iterable<string>): ReadonlySet<string> =>
    new Set([...words].map((word) => `renamed-${word}`));
  const edited: Facts = {
    codes: new Map([...facts.codes].map(([code, name]) => [code + 4000, `${name}Renamed`])),
    examples: facts.examples,
    regions: renamed(facts.regions),
    hosts: renamed(facts.hosts),
  };
  // Documents are named after codes, URLs have numbers, and a region is also the name of a place.
  const words = [...facts.codes]
    .flat()
    .concat([...facts.hosts])
    .join("|");
  const old = new RegExp(`(?<![\\w-])(?:${words})(?![\\w-])|region: "(?:${[...facts.regions].join("|")})"`, "g");
  // In the description itself the toolchain follows or reports them.
  const outside = paths.filter((path) => !path.startsWith("openapi/") || path.endsWith(".md"));
  const overlooked = outside.flatMap((path) => {
    const text = read(path);
    const found = new Set(checkFacts(path, text, edited).map(({ where }) => where));
    return [...text.replaceAll(/https?:\/\/[^\s"]+\d{5}/g, (url) => " ".repeat(url.length)).matchAll(old)].flatMap(
      ({ 0: word, index }) => {
        const where = `${path}:${text.slice(0, index).split("\n").length}`;
        return found.has(where) ? [] : [`${where} ${word}`];
      },
    );
  });
  expect(overlooked).toEqual([]);
});

test.each([
  ["a code", "one\nThe code is 51019.", "notes.md:2", "error code 51019"],
  ["an error in a list", "expect: { error: [OK, NoSuchThing] }", "notes.md:1", "error or example NoSuchThing"],
  ["a code in a program", "if (code === 70015) {", "notes.md:1", "error code 70015"],
  ["a name", 'next("get", { error: "NotImported" })', "notes.md:1", "error or example NotImported"],
  ["a name in a scenario", "expect: { error: NotImported }", "notes.md:1", "error or example NotImported"],
  ["an example", "Prefer: example=TwoPages", "notes.md:1", "error or example TwoPages"],
  ["a code with the name of another", "50001 GroupNameTooLong", "notes.md:1", "error 50001 GroupNameTooLong"],
  ["a region", 'region: "oslo",', "notes.md:1", "region oslo"],
  ["a host", "https://adminapioslo.im.qcloud.com", "notes.md:1", "host adminapioslo.im.qcloud.com"],
])("finds %s that the description does not have, at its line", (_, text, where, what) => {
  expect(checkFacts("notes.md", text, facts)).toEqual([
    { where, what: `The description has no ${what}. Write one that it has.` },
  ]);
});
