import { selectAll } from "hast-util-select";
import { beforeAll, expect, test } from "vitest";
import { languages, type Lang, type LocalePath } from "../src/locales.ts";
import { jsonText } from "../src/reference/json-text.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { samplesOf } from "../src/samples/samples.ts";
import { wordsOf } from "../src/words/words.ts";
import { inAllLanguages, pages } from "./site.ts";
import { type Block, readPage, textOf, type WrittenPage } from "./written-page.ts";

const written = new Map<string, WrittenPage>();

beforeAll(() => {
  for (const page of pages) written.set(page, readPage(page));
}, 600_000);

test("every page of an operation and of an error code was read", () => {
  const expected = [
    ...operations(modelOf("en")).map(({ slug }) => `reference/${slug}/`),
    ...errorCodes("en").map((code) => `errors/${code}/`),
  ];
  expect(expected.length).toBeGreaterThan(50);
  expect([...written.keys()]).toEqual(expect.arrayContaining(expected.flatMap(inAllLanguages)));
});

test("each element that is there for its text has one", () => {
  // The corner of a table of figures heads nothing.
  const selector =
    "h1, h2, h3, h4, p, li, dt, dd, a, pre, code, summary, figcaption, td, tbody th, thead th:not(:first-child)";
  const found = [...written].flatMap(([page, { content }]) =>
    selectAll(selector, content).map((element) => ({ page, element })),
  );
  expect(found.length).toBeGreaterThan(written.size);
  const empty = found.filter(({ element }) => textOf(element).trim() === "");
  expect(empty.map(({ page, element }) => `${page}: ${element.tagName}`)).toEqual([]);
});

test("no page and no twin holds what a program writes for a value that is missing", () => {
  const leftover = /\[object \w+\]|\bundefined\b|\bNaN\b/;
  // The list of what contract tests find has programs that send such values.
  const others = [...written].filter(([page]) => !page.endsWith("contract-tests/"));
  const found = others.flatMap(([page, { content, twin }]) =>
    [textOf(content), twin].map((text) => `${page}: ${leftover.exec(text)?.[0] ?? ""}`),
  );
  expect(found.length).toBeGreaterThan(others.length);
  expect(found.filter((line) => !line.endsWith(": "))).toEqual([]);
});

test("every block of code has a text, the name of its language, and a button that copies what is shown", () => {
  const blocks = [...written].flatMap(([page, { blocks: own }]) => own.map((block) => ({ page, ...block })));
  expect(blocks.length).toBeGreaterThan(2 * languages.length * errorCodes("en").length);
  expect(blocks.filter(({ label, text, copied }) => label === "" || text.trim() === "" || copied !== text)).toEqual([]);
});

test("every twin has the code of its page in fences with the language, and a text in every heading", () => {
  expect(written.size).toBeGreaterThan(0);
  // The twin of a home page is the list of all pages.
  const others = [...written].filter(([page]) => !/^(?:zh-cn\/|ja\/)?$/.test(page));
  for (const [page, { blocks, twin, twinBlocks }] of others) {
    const shown = blocks.map(({ language, text }) => ({ language, text }));
    expect({ page, blocks: twinBlocks }).toEqual({ page, blocks: shown });
    expect({ page, empty: /^#+\s*$/m.exec(twin) }).toEqual({ page, empty: null });
  }
});

test.each(languages)("every example of the description is on its page and twin in $label", ({ path, lang }) => {
  const model = modelOf(lang);
  const places = [
    ...operations(model).flatMap(({ slug, requests, responses }) =>
      [...requests, ...responses].map(({ value }) => ({ value, page: `reference/${slug}/` })),
    ),
    ...Object.values(model.failureExamples).map(([ErrorCode, ErrorInfo]) => ({
      value: { ActionStatus: "FAIL", ErrorCode, ErrorInfo },
      page: `errors/${ErrorCode}/`,
    })),
  ];
  expect(places.length).toBeGreaterThan(0);
  for (const { value, page } of places) expectBlock(path, page, { language: "json", text: jsonText(value) });
});

test.each(languages)(
  "every operation says how often it can be called, and what is not documented, in $label",
  ({ path, lang }) => {
    for (const { slug, rate } of operations(modelOf(lang))) {
      const { content, twin } = find(path, `reference/${slug}/`);
      const said = wordsOf(lang)(`rate.${rate.scope}`, rate);
      expect(said).toContain(String(rate.perSecond));
      expect(textOf(content)).toContain(said);
      expect(twin).toContain(said);
    }
  },
);

test.each(languages)("every operation says whether it is safe to retry, and why, in $label", ({ path, lang }) => {
  const say = wordsOf(lang);
  for (const { slug, idempotent, texts } of operations(modelOf(lang))) {
    const { content, twin } = find(path, `reference/${slug}/`);
    const said = say(`idempotent.${idempotent}`, { reason: texts.idempotent });
    expect(textOf(content)).toContain(said);
    expect(twin).toContain(said);
  }
});

test.each(languages)("every sample of an operation is on its page and twin in $label", ({ path, lang }) => {
  const model = modelOf(lang);
  const samples = operations(model).flatMap((operation) =>
    samplesOf(model, operation).map((sample) => ({ ...sample, slug: operation.slug })),
  );
  expect(samples.length).toBeGreaterThan(operations(model).length);
  for (const { slug, highlight, source } of samples)
    expectBlock(path, `reference/${slug}/`, { language: highlight, text: source.trimEnd() });
});

test.each(languages)("every error code has its response and a program that handles it in $label", ({ path, lang }) => {
  for (const code of errorCodes(lang)) {
    const [response, program, ...more] = find(path, `errors/${code}/`).blocks;
    expect(more).toEqual([]);
    expect(JSON.parse(response?.text ?? "")).toMatchObject({ ActionStatus: "FAIL", ErrorCode: code });
    expect(program?.text).toContain(`error.code === ${code}`);
  }
});

function errorCodes(lang: Lang): number[] {
  return Object.values(modelOf(lang).errors).map(({ code }) => code);
}

function find(path: LocalePath, page: string): WrittenPage {
  const found = written.get((path === undefined ? "" : `${path}/`) + page);
  if (!found) throw new Error(`The site has no ${page} in ${path ?? "English"}.`);
  return found;
}

function expectBlock(path: LocalePath, page: string, block: Block): void {
  const { blocks, twinBlocks } = find(path, page);
  expect(blocks).toContainEqual(expect.objectContaining(block));
  expect(twinBlocks).toContainEqual(block);
}
