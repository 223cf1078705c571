import { expect, test } from "vitest";
import { builtPages, kinds, languageOf, ofReleases } from "./kinds.ts";

test("every page of the built site is of exactly one kind, whose sample every test of the kinds opens", () => {
  const own = builtPages.filter((path) => !ofReleases.test(languageOf(path).page));
  const counts = own.map((path) => {
    const { page } = languageOf(path);
    return { path, kinds: kinds.filter(({ pattern }) => pattern.test(page)).map(({ name }) => name) };
  });
  expect(counts.length).toBeGreaterThan(kinds.length);
  expect(counts.filter((each) => each.kinds.length !== 1)).toEqual([]);
});

test("the sample of every kind is a page of the kind, and is built", () => {
  expect(kinds.filter(({ pattern, sample }) => !pattern.test(sample) || !builtPages.includes(sample))).toEqual([]);
});
