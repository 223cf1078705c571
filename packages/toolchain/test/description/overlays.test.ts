import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { humanTexts } from "../../bundle/human-texts.ts";
import { makeFrom } from "../edited.ts";
import { bundle, type Bundle, folder, root } from "./bundle.ts";

interface Overlay {
  actions: { target: string; update: Record<string, unknown> }[];
}

const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const languages = readdirSync(new URL("overlays", root)).map((name) => name.replace(".yaml", ""));
const codes = Object.values(bundle["x-errors"]).flatMap((entries) => entries.map((entry) => entry.code));

test("there is an overlay for Chinese and for Japanese", () => {
  expect(languages.toSorted()).toEqual(["ja", "zh-CN"]);
});

test.each(languages)("the package exports the %s bundle as JSON and YAML, and its catalogue", (language) => {
  const { exports } = JSON.parse(read("package.json")) as { exports: Record<string, string> };
  for (const name of [`openapi.${language}.json`, `openapi.${language}.yaml`, `errors.${language}.json`]) {
    expect(exports[`./${name}`]).toBe(`./dist/translations/${name}`);
    expect(existsSync(new URL(`dist/translations/${name}`, root))).toBe(true);
  }
  const translated: Bundle = JSON.parse(read(`dist/translations/openapi.${language}.json`));
  expect(translated).toEqual(parse(read(`dist/translations/openapi.${language}.yaml`)));
  expect(translated["x-errors"]).toEqual(JSON.parse(read(`dist/translations/errors.${language}.json`)));
});

test.each(languages)("the %s descriptions of the codes are created from its messages", (language) => {
  const translated = JSON.parse(read(`dist/translations/openapi.${language}.json`));
  const messages = Object.values<{ code: number; name: string; message: string }[]>(translated["x-errors"]).flat();
  expect(translated.components.schemas.KnownErrorCode["x-enumDescriptions"]).toEqual(
    Object.fromEntries(messages.map(({ code, name, message }) => [code, `${name}: ${message}`])),
  );
});

test.each(languages)("the %s examples have the bodies of the service", (language) => {
  const translated: Bundle = JSON.parse(read(`dist/translations/openapi.${language}.json`));
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
    ...humanTexts(JSON.parse(read(`dist/translations/openapi.${language}.json`))).values(),
  ]) as [string[], string[]];
  expect(chinese.filter((text) => /[\p{Script=Hiragana}\p{Script=Katakana}]/u.test(text))).toEqual([]);
  expect(japanese.filter((text) => text.endsWith("。") && chinese.includes(text))).toEqual([]);
});

test("each translation has the hash of its source text", async () => {
  const { problems, open } = await (await makeFrom(readFileSync, folder)).translate();
  expect(problems).toEqual([]);
  expect(Object.keys(open).toSorted()).toEqual(languages.toSorted());
  expect(Object.values(open).flatMap((texts) => texts.filter(({ state }) => state === "unsourced"))).toEqual([]);
});
