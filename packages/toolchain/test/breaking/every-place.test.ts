import { assert, constantFrom, property } from "fast-check";
import { expect, test } from "vitest";
import { compareDescriptions } from "../../breaking/compare.ts";
import { below, tokensOf, valueAt } from "../../bundle/pointer.ts";
import { bundle } from "../bundle.ts";
import { pair } from "./fixture-edit.ts";

/** What the bundler makes of the catalogue, and what a release sets: the rules rate its source. */
const made = /^\/info\/version$|\/KnownErrorCode\/|\/examples\/|\/operationId$/;

/** A type that another part of an `allOf` has too: without it the schema means the same. */
const twice = /(\/allOf\/\d+|\/Success)\/type$/;

test("a change at any place of the description is reported", () => {
  const places = leaves(bundle, "").filter((pointer) => !made.test(pointer) && !pointer.endsWith("/$ref"));
  expect(places.length).toBeGreaterThan(1000);
  assert(
    property(constantFrom(...places), constantFrom("changed", "removed"), (pointer, how) => {
      const [before, after] = pair((document) => change(document, pointer, how));
      return compareDescriptions(before, after).length > 0 || (how === "removed" && twice.test(pointer));
    }),
    { numRuns: 150 },
  );
});

function leaves(node: unknown, pointer: string): string[] {
  if (typeof node !== "object" || node === null) return [pointer];
  return Object.entries(node).flatMap(([key, value]) => leaves(value, below(pointer, key)));
}

function change(document: any, pointer: string, how: string): void {
  const at = pointer.lastIndexOf("/");
  const holder: any = pointer.slice(0, at) === "" ? document : valueAt(document, tokensOf(pointer.slice(0, at)));
  const key = pointer
    .slice(at + 1)
    .replaceAll("~1", "/")
    .replaceAll("~0", "~");
  if (how === "changed") holder[key] = typeof holder[key] === "number" ? holder[key] + 1 : "changed";
  else delete holder[key];
}
