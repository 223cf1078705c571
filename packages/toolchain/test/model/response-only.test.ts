import { expect, test } from "vitest";
import type { ArrayField, Field, ObjectField, StringField } from "@contact-groups/core/check";
import { withResponseOnly } from "../../model/response-only.ts";

const text: StringField = { type: "string" };
const tag = (value: number): Field => ({ type: "integer", enum: [value] });
const object = (fields: ObjectField["fields"], ...required: string[]): ObjectField => ({
  type: "object",
  required,
  fields,
  closed: true,
});
const list = (items: Field): ArrayField => ({ type: "array", items });
const joins = [{ ids: "Ids", as: "names" }];

test("an item of a request names the fields that only responses have", () => {
  const request = object({ List: list(object({ Id: text }, "Id")) });
  const response = object({ Other: list(object({ Id: text, Mark: text, Ids: list(text) })) });
  const marked = withResponseOnly(request, [response], joins) as ObjectField;
  expect(marked).toEqual(
    object({ List: list({ ...object({ Id: text }, "Id"), responseOnly: ["Ids", "Mark", "names"] }) }),
  );
});

test.each<[string, Field, Field]>([
  ["another required field", object({ Id: text, Way: text }, "Id", "Way"), object({ Id: text, Mark: text })],
  ["another type", object({ Id: tag(1) }, "Id"), object({ Id: text, Mark: text })],
  ["another tag", object({ Type: tag(1) }, "Type"), object({ Type: tag(2), Mark: text })],
  [
    "fields that are open",
    { ...object({ Id: text }, "Id"), closed: undefined } as never,
    object({ Id: text, Mark: text }),
  ],
  ["no more fields", object({ Id: text }, "Id"), object({ Id: text })],
])("an item with %s names none", (_, item, response) => {
  expect(withResponseOnly(list(item), [list(response)], joins)).toEqual(list(item));
});

test("an item that requires a field which it does not have names none", () => {
  const item = object({}, "Id");
  expect(withResponseOnly(list(item), [list(object({ Id: text, Mark: text }))], joins)).toEqual(list(item));
});

test("an object that is in no list names none", () => {
  const request = object({ Id: text }, "Id");
  expect(withResponseOnly(request, [list(object({ Id: text, Mark: text }))], joins)).toEqual(request);
});
