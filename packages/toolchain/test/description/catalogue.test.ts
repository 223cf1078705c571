import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { bundle, type ErrorEntry, root } from "./bundle.ts";

/** The codes that the public documents list (private codes of recentcontact, gateway, account): the one list by hand, as it checks completeness. */
const documented = {
  private: [50001, 50002, 50003, 50004, 50005, 51006, 51007, 51008, 51009, 51010, 51011, 51012, 51013],
  gateway: [
    60002, 60003, 60004, 60005, 60006, 60007, 60008, 60009, 60010, 60011, 60012, 60013, 60014, 60015, 60016, 60017,
    60018, 60019, 60020, 60021, 60022, 60025, 60026, 60027, 60028,
  ],
  account: [
    70001, 70002, 70003, 70005, 70009, 70013, 70014, 70016, 70017, 70020, 70050, 70051, 70052, 70101, 70107, 70114,
    70169, 70202, 70206, 70398, 70399, 70402, 70403, 70404, 70500, 71000, 72000, 72001, 72002, 72010, 72011, 72012,
  ],
};

const catalogue: Record<string, ErrorEntry[]> = JSON.parse(readFileSync(new URL("dist/errors.json", root), "utf8"));
const codes = Object.values(catalogue).flatMap((entries) => entries.map((entry) => entry.code));

test.each(Object.entries(documented))("every documented %s code is in the catalogue", (file, expected) => {
  expect(catalogue[file]!.map((entry) => entry.code)).toEqual(expect.arrayContaining(expected));
});

test("errors.json is the catalogue of the bundle", () => {
  expect(catalogue).toEqual(bundle["x-errors"]);
});

test("KnownErrorCode has the codes of the catalogue", () => {
  expect(bundle.components.schemas["KnownErrorCode"]!.enum).toEqual(codes);
});

test("the failure examples have the codes of the catalogue", () => {
  const failures = Object.values(bundle.components.examples).filter((example) => example.value.ActionStatus === "FAIL");
  expect(failures.map((example) => example.value.ErrorCode).toSorted()).toEqual([...codes].toSorted());
});

const shared = [...catalogue["gateway"]!, ...catalogue["account"]!].filter(({ operations }) => operations.length > 0);

test.each(shared)("every operation lists $code, which is checked before it", ({ operations }) => {
  expect(operations).toEqual(Object.values(bundle.paths).map(({ post }) => post.operationId));
});
