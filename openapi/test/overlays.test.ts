import { existsSync, readdirSync, readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { humanTexts } from "../bundle/human-texts.ts";
import { bundleCopy } from "./bundle-copy.ts";
import { bundle, type Bundle, root } from "./bundle.ts";

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

test("the bundle prints how far each translation is", async () => {
  const { code, output, errors } = await bundleCopy({});
  expect(errors).toBe("");
  expect(output.trim().split("\n")).toEqual(
    languages.map((language) => expect.stringMatching(new RegExp(`^${language} (\\d+) of \\1 texts \\(100 %\\)$`))),
  );
  expect(code).toBe(0);
});

test.each(languages)("the bundle fails when an action of the %s overlay is removed", async (language) => {
  const target = "$['x-errors'].*[?@.code == 51010]";
  const { code, output, errors } = await bundleCopy({
    [`overlays/${language}.yaml`]: (overlay: Overlay) => {
      overlay.actions = overlay.actions.filter((action) => action.target !== target);
    },
  });
  expect(code).toBe(1);
  expect(output).toMatch(new RegExp(`^${language} \\d+ of \\d+ texts \\(99 %\\)$`, "m"));
  const lines = errors.trim().split("\n");
  expect(lines).toHaveLength(3);
  expect(lines[0]).toMatch(
    new RegExp(
      `^overlays/${language}\\.yaml: /x-errors/private/\\d+/message has no translation of "The number of conv`,
    ),
  );
});

test("the bundle fails when an action matches nothing", async () => {
  const action = { target: "$['x-errors'].*[?@.code == 99999]", update: { message: "没有" } };
  const { code, errors } = await bundleCopy({
    "overlays/zh-CN.yaml": (overlay: Overlay) => overlay.actions.push(action),
  });
  expect(errors).toContain(`overlays/zh-CN.yaml: Target ${action.target} matches nothing.`);
  expect(code).toBe(1);
});

test("the bundle fails when the description gets a text that no overlay translates", async () => {
  const { code, errors } = await bundleCopy({
    "limits.yaml": (limits) => (limits.serviceTimeout.description += " It is the same in all regions."),
    "errors/private.yaml": (entries) => (entries[0].hint = "Import the account first."),
  });
  for (const language of languages) {
    expect(errors).toContain(
      `overlays/${language}.yaml: /x-errors/private/0/hint has no translation of "Import the acc`,
    );
  }
  expect(code).toBe(1);
});
