import { describe, expect, test } from "vitest";
import { languages } from "../src/locales.ts";
import { flatten } from "../src/reference/field-tree.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { operationPage, type OperationPage } from "../src/reference/operation-page.ts";
import { wordsOf } from "../src/words/words.ts";

const { bitFields, requestExamples, successExamples, errors } = modelOf("en");
const pages = new Map(operations(modelOf("en")).map((operation) => [operation.id, operationPage(operation, "en")]));

function pageOf(id: string): OperationPage {
  const page = [...pages.values()].find(({ operation }) => operation.id === id);
  if (!page) throw new Error(`There is no operation ${id}.`);
  return page;
}

describe("the fields of a request", () => {
  const fields = new Map(flatten(pageOf("markContact").request).map((field) => [field.path, field]));

  test.each([
    ["MarkItem[].ContactItem.To_Account", "only if Type is 1"],
    ["MarkItem[].ClearMark", "only if OptType is 1 or 3"],
    ["MarkItem[].CustomMark", "only if OptType is 2 or 3"],
    ["MarkItem[].ContactItem", undefined],
  ])("say of %s that it occurs %s, also in an alternative of another one", (path, condition) => {
    expect(fields.get(path)?.condition).toBe(condition);
  });

  test("have the limits of the values in a list", () => {
    expect(fields.get("MarkItem[].SetMark")?.limits).toEqual([`each 0 to ${bitFields.StandardMark.width - 1}`]);
  });

  test("say what each value means that selects other fields", () => {
    const choices = fields.get("MarkItem[].ContactItem.Type")?.choices;
    expect(choices?.map(({ value }) => value)).toEqual(["1", "2"]);
    expect(new Set(choices?.map(({ meaning }) => meaning)).size).toBe(2);
  });
});

test("a field of a response that repeats one of the request names it", () => {
  const item = flatten(pageOf("createContactGroup").response).find(({ name }) => name === "ContactItem");
  expect(item?.sameAs?.path).toBe("GroupContactItem[].ContactItem");
});

describe.each(languages)("in $label", ({ lang }) => {
  const own = operations(modelOf(lang)).map((operation) => operationPage(operation, lang));
  const all = own.flatMap(({ operation, request, query, response, envelope }) =>
    flatten([...query, ...request, ...response, ...envelope]).map((field) => ({ slug: operation.slug, ...field })),
  );

  test("every limit is in words, none is a regular expression", () => {
    expect(all.length).toBeGreaterThan(100);
    const pattern = wordsOf(lang)("pattern", { pattern: "" });
    const shown = all.flatMap(({ limits }) => limits).filter((text) => text.includes(pattern) || /[\^$\\]/.test(text));
    expect(shown).toEqual([]);
  });

  test("every field says what it is for, and has an anchor of its own", () => {
    expect(all.filter(({ description, choices }) => description === "" && choices.length === 0)).toEqual([]);
    const anchors = all.map(({ slug, anchor }) => `${slug}#${anchor}`);
    expect(anchors.length).toBe(new Set(anchors).size);
  });
});

describe.each([...pages.values()].map((page) => [page.operation.slug, page] as const))(
  "the examples and errors of %s",
  (_, { operation: { id }, exchanges, errors: groups }) => {
    test("are every request and every response of the description once, in pairs of the same name", () => {
      const requests = exchanges.flatMap(({ name, request }) => (request ? [[name, request]] : []));
      const responses = exchanges.flatMap(({ name, response }) => (response ? [[name, response]] : []));
      expect(Object.fromEntries(requests)).toEqual(requestExamples[id]);
      expect(Object.fromEntries(responses)).toEqual(successExamples[id]);
      expect(new Set(exchanges.map(({ name }) => name)).size).toBe(exchanges.length);
    });

    test("tell a partial failure from a success", () => {
      for (const { name, result } of exchanges) expect(result).toBe(name === "PartialFailure" ? "partial" : "ok");
    });

    test("are every error that it can return once", () => {
      const codes = groups.flatMap((group) => group.errors.map(({ code }) => code));
      const expected = Object.values(errors)
        .filter(({ operations: ids }) => (ids as readonly string[]).includes(id))
        .map(({ code }) => code);
      expect(codes.toSorted()).toEqual(expected.toSorted());
    });
  },
);
