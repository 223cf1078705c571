import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { humanTexts } from "../bundle/human-texts.ts";
import { pipeline } from "../bundle/pipeline.ts";
import type { Translated } from "../bundle/translations.ts";
import { bundle, type Bundle, root } from "./bundle.ts";
import { type Edit, edited, folder } from "./edited.ts";

interface Overlay {
  actions: { target: string; update: Record<string, unknown> }[];
}

const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const languages = readdirSync(new URL("overlays", root)).map((name) => name.replace(".yaml", ""));
const catalogue: Bundle["x-errors"] = bundle["x-errors"];
const codes = Object.values(catalogue).flatMap((entries) => entries.map((entry) => entry.code));

test("there is an overlay for Chinese and for Japanese", () => {
  expect(languages.toSorted()).toEqual(["ja", "zh-CN"]);
});

test.each(languages)("the package exports the %s bundle as JSON and YAML, and its catalogue", (language) => {
  const { exports } = JSON.parse(read("package.json")) as { exports: Record<string, string> };
  for (const name of [`openapi.${language}.json`, `openapi.${language}.yaml`, `errors.${language}.json`]) {
    expect(exports[`./${name}`]).toBe(`./dist/${name}`);
    expect(existsSync(new URL(`dist/${name}`, root))).toBe(true);
  }
  const translated: Bundle = JSON.parse(read(`dist/openapi.${language}.json`));
  expect(translated).toEqual(parse(read(`dist/openapi.${language}.yaml`)));
  expect(translated["x-errors"]).toEqual(JSON.parse(read(`dist/errors.${language}.json`)));
});

test.each(languages)("the %s descriptions of the codes are made of its messages", (language) => {
  const translated = JSON.parse(read(`dist/openapi.${language}.json`));
  const messages = Object.values<{ code: number; name: string; message: string }[]>(translated["x-errors"]).flat();
  expect(translated.components.schemas.KnownErrorCode["x-enumDescriptions"]).toEqual(
    Object.fromEntries(messages.map(({ code, name, message }) => [code, `${name}: ${message}`])),
  );
});

test.each(languages)("the %s examples have the bodies of the service", (language) => {
  const translated: Bundle = JSON.parse(read(`dist/openapi.${language}.json`));
  const values = (from: Bundle): unknown[] => Object.values(from.components.examples).map(({ value }) => value);
  expect(values(translated)).toEqual(values(bundle));
});

test.each(languages)("the %s overlay addresses each entry of the catalogue by its code", (language) => {
  const { actions } = parse(read(`overlays/${language}.yaml`)) as Overlay;
  const targets = actions.map(({ target }) => target);
  expect(targets).toEqual(expect.arrayContaining(codes.map((code) => `$['x-errors'].*[?@.code == ${code}]`)));
});

test("no Chinese text has kana, and no sentence is the same in Chinese and Japanese", () => {
  const [chinese, japanese] = ["zh-CN", "ja"].map((language) => [
    ...humanTexts(JSON.parse(read(`dist/openapi.${language}.json`))).values(),
  ]) as [string[], string[]];
  expect(chinese.filter((text) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))).toEqual([]);
  expect(japanese.filter((text) => text.endsWith("。") && chinese.includes(text))).toEqual([]);
});

/** How far each translation of the description is with the edits, by file, and what is wrong with it. */
async function translate(edits: Record<string, Edit>): Promise<Translated> {
  const source = await pipeline(folder, edited(edits))();
  expect(source.problems).toEqual([]);
  return source.translate();
}

test("each translation is complete", async () => {
  const { problems, progress } = await translate({});
  expect(problems).toEqual([]);
  expect(progress).toEqual(
    languages.map((language) => expect.stringMatching(new RegExp(`^${language} (\\d+) of \\1 texts \\(100 %\\)$`))),
  );
});

test.each(languages)("texts without an action in the %s overlay are reported at their place", async (language) => {
  const target = "$['x-errors'].*[?@.code == 51010]";
  const { problems, progress } = await translate({
    [`overlays/${language}.yaml`]: (overlay: Overlay) => {
      overlay.actions = overlay.actions.filter((action) => action.target !== target);
    },
  });
  expect(progress).toContainEqual(expect.stringMatching(new RegExp(`^${language} \\d+ of \\d+ texts \\(99 %\\)$`)));
  expect(problems).toHaveLength(3);
  const line = lineOf("errors/private.yaml", "  message: The number of conversation groups");
  const where = `openapi/errors/private.yaml:${line}:12 overlays/${language}.yaml: /x-errors/private/`;
  expect(problems[0]).toContain(where);
  expect(problems[0]).toContain('/message has no translation of "The number of conv');
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

test("an action that changes what is no text is reported at its line of the overlay", async () => {
  const action = { target: "$.servers[0]", update: { url: "https://example.com" } };
  const { problems } = await translate({
    "overlays/zh-CN.yaml": (overlay: Overlay) => overlay.actions.unshift(action),
  });
  expect(problems).toEqual([
    expect.stringMatching(
      /^openapi\/overlays\/zh-CN\.yaml:\d{1,2}:\d+ \/servers\/0\/url is changed but is no text to translate\./,
    ),
  ]);
});

test("a new text is reported for each overlay, at its own place", async () => {
  const { problems } = await translate({
    "limits.yaml": (limits) => (limits.serviceTimeout.description += " It is the same in all regions."),
    "errors/private.yaml": (entries) => (entries[0].hint = "Import the account first."),
  });
  for (const language of languages) {
    expect(problems).toContainEqual(
      expect.stringMatching(
        `^openapi/errors/private\\.yaml:\\d+:\\d+ overlays/${language}\\.yaml: /x-errors/private/0/hint has no translation of "Import the acc`,
      ),
    );
  }
});

test("a line of untranslated.yaml whose text is gone is reported at its line", async () => {
  const { problems } = await translate({ "untranslated.yaml": (groups) => groups[0].texts.unshift("/info/nothing") });
  expect(problems).toEqual([expect.stringMatching(/^openapi\/untranslated\.yaml:\d:\d /)]);
});

function lineOf(file: string, start: string): number {
  return (
    read(file)
      .split("\n")
      .findIndex((line) => line.startsWith(start)) + 1
  );
}
