import { expect, expectTypeOf, test } from "vitest";
import { errorCatalogue, type ErrorEntry, type KnownErrorCode } from "../src/catalogue.ts";
import { type OperationErrorCodes, errorKinds, errorTable, operations } from "@contact-groups/openapi/model";
import type { components } from "@contact-groups/openapi/types";
import { bundle } from "./bundle.ts";

const sorted = (codes: readonly number[]): number[] => [...new Set(codes)].toSorted((a, b) => a - b);
const codes = Object.keys(errorCatalogue).map(Number);

test("has exactly the codes of the description's catalogue", () => {
  const described = Object.values(bundle["x-errors"]).flat();
  expect(sorted(codes)).toEqual(sorted(described.map((entry) => entry.code)));
  // A code described twice would lose an entry.
  expect(codes).toHaveLength(described.length);
});

test("has the codes of the description's KnownErrorCode, as data and as a type", () => {
  const enumerated = bundle.components.schemas["KnownErrorCode"]?.enum ?? [];
  expect(sorted(codes)).toEqual(sorted(enumerated.map(Number)));
  expectTypeOf<KnownErrorCode>().toEqualTypeOf<components["schemas"]["KnownErrorCode"]>();
});

test("has each entry under its own code", () => {
  const entries: readonly (readonly [string, ErrorEntry])[] = Object.entries(errorCatalogue);
  for (const [code, entry] of entries) expect(String(entry.code)).toBe(code);
});

test("the table in every client has the same codes, names and kinds", () => {
  const entries: readonly ErrorEntry[] = Object.values(errorCatalogue);
  const rows = errorTable.split(";").map((row) => {
    const [code, name, kind] = row.split(" ");
    return [Number(code), name, ...(errorKinds[Number(kind)] ?? [])];
  });
  expect(rows).toEqual(entries.map(({ code, name, category, retry }) => [code, name, category, retry]));
});

test("the codes of an operation are those that name it", () => {
  expectTypeOf<keyof OperationErrorCodes>().toEqualTypeOf<keyof typeof operations>();
  expectTypeOf<51010>().toExtend<OperationErrorCodes["createContactGroup"]>();
  expectTypeOf<51010>().not.toExtend<OperationErrorCodes["getContactGroup"]>();
});
