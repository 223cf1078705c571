import { readdirSync, readFileSync } from "node:fs";
import { relative } from "node:path";
import { expect, test } from "vitest";
import type { ReadFile } from "../bundle/sources.ts";
import { pipeline } from "../bundle/pipeline.ts";
import type { Translations } from "../bundle/translate.ts";
import { bundle, type Bundle } from "./bundle.ts";
import { type Edit, edited, folder, makeFrom, pathOf } from "./edited.ts";

interface Overlay {
  actions: { target: string; update: Record<string, unknown> }[];
}

const languages = readdirSync(pathOf("overlays")).map((name) => name.replace(".yaml", ""));

test("the bundle does not read the files of the translations, and the translations read only those", async () => {
  const reads = new Set<string>();
  const recorded: ReadFile = (path) => {
    reads.add(relative(folder, path).replaceAll("\\", "/"));
    return readFileSync(path);
  };
  const source = await pipeline(folder, recorded)();
  const before = new Set(reads);
  const { files } = await source.translate();
  const later = [...reads].filter((path) => !before.has(path));
  expect(later.toSorted()).toEqual([
    ...languages.map((name) => `overlays/${name}.yaml`).toSorted(),
    "untranslated.yaml",
  ]);
  const translations = pathOf("dist/translations/");
  expect(Object.keys(source.files).filter((path) => path.startsWith(translations))).toEqual([]);
  expect(Object.keys(files).filter((path) => !path.startsWith(translations))).toEqual([]);
});

async function translationsOf(edits: Record<string, Edit>): Promise<Translations> {
  const source = await makeFrom(edited(edits));
  expect(source.problems).toEqual([]);
  return source.translate();
}

// What is new in the description can still be without a translation.
const { open: openBefore } = await translationsOf({});

/** What the edits, by file, do to each translation of the description. */
async function translate(edits: Record<string, Edit>): Promise<Translations> {
  const made = await translationsOf(edits);
  const known = (language: string): readonly string[] =>
    (openBefore[language] ?? []).map(({ state, text }) => `${state} ${text}`);
  const open = Object.entries(made.open).map(([language, texts]) => [
    language,
    texts.filter(({ state, text }) => !known(language).includes(`${state} ${text}`)),
  ]);
  return { ...made, open: Object.fromEntries(open) as Translations["open"] };
}

test.each(languages)(
  "texts without an action in the %s overlay are listed with their place, and in English",
  async (language) => {
    const target = "$['x-errors'].*[?@.code == 51010]";
    const { files, open, problems, progress } = await translate({
      [`overlays/${language}.yaml`]: (overlay: Overlay) => {
        overlay.actions = overlay.actions.filter((action) => action.target !== target);
      },
    });
    expect(progress).toContainEqual(
      expect.stringMatching(new RegExp(`^${language} \\d+ of \\d+ texts \\(\\d+ %\\), \\d+ without a translation$`)),
    );
    expect(problems).toEqual([]);
    const line = lineOf("errors/private.yaml", "  title: Too many conversation groups");
    expect(open[language]).toHaveLength(4);
    expect(open[language]![0]!.message).toMatch(
      `openapi/errors/private.yaml:${line}:10 ${language} has no translation of "Too many conversation groups"`,
    );
    const [translated, source] = [bundleIn(files, language), bundle].map((document) => document["x-errors"]["private"]);
    const index = source!.findIndex(({ code }) => code === 51010);
    expect(translated![index]).toEqual(source![index]);
    expect(translated![index - 1]).not.toEqual(source![index - 1]);
  },
);

test("the translations of a changed text are stale, and in English until they are translated", async () => {
  const message = "No more groups than {limits.groupsPerUser}.";
  const { files, open, problems } = await translate({
    "errors/private.yaml": (entries) => (entries.find(({ code }: any) => code === 51010).message = message),
  });
  expect(problems).toEqual([]);
  for (const language of languages) {
    expect(open[language]).toMatchObject([{ state: "stale", text: message }]);
    const { message: listed } = open[language]![0]!;
    expect(listed).toMatch(
      new RegExp(`^openapi/overlays/${language}\\.yaml:\\d+:\\d+ The source text of this translation has changed`),
    );
    const translated = bundleIn(files, language);
    const entry = translated["x-errors"]["private"]!.find(({ code }) => code === 51010);
    expect(entry).toMatchObject({ message: "No more groups than 20." });
    expect((translated.components.schemas["KnownErrorCode"] as any)["x-enumDescriptions"][51010]).toContain(
      "No more groups than 20.",
    );
  }
});

test("a changed limit does not make a translation stale", async () => {
  const { open } = await translate({ "limits.yaml": (limits) => (limits.groupsPerUser.maximum = 25) });
  expect(Object.values(open).flat()).toEqual([]);
});

test("an action that matches nothing is reported at its line of the overlay", async () => {
  const action = { target: "$['x-errors'].*[?@.code == 99999]", update: { message: "没有" } };
  const { problems } = await translate({
    "overlays/zh-CN.yaml": (overlay: Overlay) => overlay.actions.push(action),
  });
  expect(problems).toEqual([
    expect.stringMatching(/^openapi\/overlays\/zh-CN\.yaml:\d{3,}:13 Target .*99999\] matches nothing\./),
  ]);
});

test("an action that changes anything but a text is reported at its line of the overlay", async () => {
  const action = { target: "$.servers[0]", update: { url: "https://example.com" } };
  const { problems } = await translate({
    "overlays/zh-CN.yaml": (overlay: Overlay) => overlay.actions.unshift(action),
  });
  expect(problems).toEqual([
    expect.stringMatching(
      /^openapi\/overlays\/zh-CN\.yaml:\d{1,2}:\d+ \/servers\/0\/url is changed, but is not a text to translate\./,
    ),
  ]);
});

test("a new text is listed for each language, at its own place", async () => {
  const { open } = await translate({
    "errors/private.yaml": (entries) => (entries[0].hint = "Import the account first."),
  });
  for (const language of languages) {
    expect(open[language]!.map(({ message }) => message)).toEqual([
      expect.stringMatching(
        `^openapi/errors/private\\.yaml:\\d+:\\d+ ${language} has no translation of "Import the account first.", /x-errors/private/0/hint.$`,
      ),
    ]);
  }
});

test("a line of untranslated.yaml whose text no longer exists is reported at its line", async () => {
  const { problems } = await translate({ "untranslated.yaml": (groups) => groups[0].texts.unshift("/info/nothing") });
  expect(problems).toEqual([expect.stringMatching(/^openapi\/untranslated\.yaml:\d:\d /)]);
});

/** The bundle in a language, as a file of `dist`. */
function bundleIn(files: Translations["files"], language: string): Bundle {
  return JSON.parse(files[pathOf(`dist/translations/openapi.${language}.json`)]!);
}

function lineOf(file: string, start: string): number {
  return (
    readFileSync(pathOf(file), "utf8")
      .split("\n")
      .findIndex((line) => line.startsWith(start)) + 1
  );
}
