import { describe, expect, test } from "vitest";
import { fieldRows } from "../src/reference/field-rows.ts";
import { modelOf } from "../src/reference/model.ts";

const { requestFields, bitFields } = modelOf("en");

describe("the rows of a request", () => {
  const rows = new Map(fieldRows(requestFields.markContact).map((row) => [row.path, row]));

  test.each([
    ["MarkItem[].ContactItem.To_Account", "Type 1"],
    ["MarkItem[].ClearMark", "OptType 1, 3"],
    ["MarkItem[].CustomMark", "OptType 2, 3"],
    ["MarkItem[].ContactItem", undefined],
  ])("say of %s that it occurs only with %s, also in an alternative of another one", (path, only) => {
    expect(rows.get(path)?.only).toBe(only);
  });

  test("have the limits of the values in a list", () => {
    expect(rows.get("MarkItem[].SetMark")?.limits).toMatchObject({
      minimum: 0,
      maximum: bitFields.StandardMark.width - 1,
    });
  });
});
