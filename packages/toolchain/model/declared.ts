import { escape } from "../bundle/pointer.ts";
import type { ArrayField, Field, ObjectField } from "@contact-groups/core/check";
import type { NotSupported } from "./resolve.ts";

/** An operation, as far as its declared properties refer to its fields. */
export interface Declaring {
  /** Its place in the bundle, as a JSON pointer. */
  readonly at: string;
  readonly request: Field;
  /** The response of a call that succeeded. */
  readonly ok: Field;
  readonly paging: unknown;
  readonly batch: unknown;
  readonly itemResults: unknown;
  /** The error codes that the catalogue lists for it. */
  readonly codes: readonly number[];
}

/**
 * Returns error codes that a field of an operation's request names, and that the catalogue does not list for the operation.
 *
 * @param entries The catalogue, with the place of each entry in the bundle.
 */
export function checkFieldCodes(
  id: string,
  request: Field,
  entries: readonly {
    readonly at: string;
    readonly code: number;
    readonly name: string;
    readonly operations: readonly string[];
  }[],
): NotSupported[] {
  return [...codesOf(request)].flatMap((code) => {
    const entry = entries.find((one) => one.code === code);
    if (!entry || entry.operations.includes(id)) return [];
    return [
      {
        pointer: `${entry.at}/operations`,
        message: `A field of \`${id}\`'s request has the error code ${code} ${entry.name}, but the entry does not list the operation. Add \`${id}\` to its \`operations\`.`,
      },
    ];
  });
}

function codesOf(field: Field): Set<number> {
  const inner =
    field.type === "array" ? [field.items] : alternativesOf(field).flatMap(({ fields }) => Object.values(fields));
  return new Set([...Object.values(field.errors ?? {}), ...inner.flatMap((one) => [...codesOf(one)])]);
}

/** The code of one item in a response. */
const itemCode = "ResultCode";

/** Reports mistakes in `x-paging`, `x-batch` and `x-itemResults` of an operation: fields that its bodies do not have, and missing keywords. */
export function checkDeclared({ at, request, ok, paging, batch, itemResults, codes }: Declaring): NotSupported[] {
  const problems: NotSupported[] = [];
  const need = (
    keyword: string,
    key: string,
    body: Field,
    name: unknown,
    type: Field["type"],
    which: string,
  ): Field | undefined => {
    const field = fieldsOf(body)[String(name)];
    if (field?.type === type) return field;
    problems.push({
      pointer: `${at}/${keyword}/${key}`,
      message: `\`${String(name)}\` is not a field of the ${which} of type \`${type}\`. Those are ${names(body, type)}. Write one of them.`,
    });
    return undefined;
  };
  const needIn = (keyword: string, key: string, list: Field | undefined, name: unknown, which: string): void => {
    const items = list?.type === "array" ? alternativesOf(list.items) : [];
    if (items.length > 0 && items.every(({ fields }) => Object.hasOwn(fields, String(name)))) return;
    problems.push({
      pointer: `${at}/${keyword}/${key}`,
      message: `\`${String(name)}\` is not a field of each item of ${which}. Write the name of one.`,
    });
  };
  const needList = (key: "request" | "response", body: Field, path: unknown): ArrayField | undefined => {
    const list = listAt(body, String(path));
    if (list && !String(path).includes("*")) return list;
    problems.push({
      pointer: `${at}/x-batch/${key}`,
      message: `\`${String(path)}\` is not the path of one list in the ${key}. Write the names of the fields on the way to it, such as \`/ContactItem\`.`,
    });
    return undefined;
  };
  if (paging) {
    const { start, next, complete, items, names: table, join } = paging as Readonly<Record<string, unknown>>;
    need("x-paging", "start", request, start, "integer", "request");
    need("x-paging", "next", ok, next, "integer", "response");
    need("x-paging", "complete", ok, complete, "integer", "response");
    const list = need("x-paging", "items", ok, items, "array", "response");
    const named = table === undefined ? undefined : need("x-paging", "names", ok, table, "array", "response");
    if (join !== undefined) {
      const { ids, id, name } = join as Readonly<Record<string, unknown>>;
      needIn("x-paging", "join/ids", list, ids, `\`${String(items)}\``);
      for (const [key, field] of Object.entries({ id, name }))
        needIn("x-paging", `join/${key}`, named, field, `\`${String(table)}\``);
    }
  }
  if (batch) {
    const { request: list, response, names: table, namesBy, itemErrors } = batch as Readonly<Record<string, unknown>>;
    const field = needList("request", request, list);
    if (field?.maxItems === undefined && field !== undefined)
      problems.push({
        pointer: `${at}/x-batch/request`,
        message: `\`${String(list)}\` has no \`maxItems\`, so the size of its parts is unknown. Add it to its schema.`,
      });
    needList("response", ok, response);
    const named = table === undefined ? undefined : need("x-batch", "names", ok, table, "array", "response");
    if (namesBy !== undefined) needIn("x-batch", "namesBy", named, namesBy, `\`${String(table)}\``);
    for (const [index, code] of ((itemErrors ?? []) as readonly number[]).entries())
      if (!codes.includes(code))
        problems.push({
          pointer: `${at}/x-batch/itemErrors/${index}`,
          message: `The error catalogue does not list ${code} for this operation. Write one of its codes, or add the operation to the \`operations\` of the entry.`,
        });
  }
  const found = listsWith(ok, "");
  const { request: requestPath, response: responsePath } = (itemResults ?? {}) as Readonly<Record<string, unknown>>;
  if (found.length > 0 && !found.includes(String(responsePath)))
    problems.push({
      pointer: itemResults ? `${at}/x-itemResults/response` : at,
      message: `The response has \`${itemCode}\` in the items of ${found.map((path) => `\`${path}\``).join(", ")}, which \`x-itemResults\` does not name, so a failed item would not be reported. Write \`x-itemResults\` with \`request\` and \`response\`, the paths of the two lists, with \`*\` for each item on the way.`,
    });
  if (itemResults && found.length === 0)
    problems.push({
      pointer: `${at}/x-itemResults`,
      message: `No list of the response has items with \`${itemCode}\`. Remove \`x-itemResults\`, or add the field.`,
    });
  const depths = [requestPath, responsePath].map((path) => String(path).split("*").length);
  if (itemResults && depths[0] !== depths[1])
    problems.push({
      pointer: `${at}/x-itemResults`,
      message: `\`${String(requestPath)}\` and \`${String(responsePath)}\` are not equally deep, so their items do not belong together. Use the same number of \`*\` in both.`,
    });
  if (itemResults && listAt(request, String(requestPath)) === undefined)
    problems.push({
      pointer: `${at}/x-itemResults/request`,
      message: `\`${String(requestPath)}\` is not the path of a list in the request. Write the names of the fields on the way to it, with \`*\` for each item.`,
    });
  return problems;
}

function fieldsOf(field: Field): Readonly<Record<string, Field>> {
  return field.type === "object" ? field.fields : {};
}

function names(body: Field, type: Field["type"]): string {
  return (
    Object.entries(fieldsOf(body))
      .filter(([, field]) => field.type === type)
      .map(([name]) => `\`${name}\``)
      .join(", ") || "none"
  );
}

/** Paths of the lists whose items have a code of their own. */
function listsWith(field: Field, path: string): string[] {
  if (field.type === "array") {
    const own = alternativesOf(field.items).some(({ fields }) => Object.hasOwn(fields, itemCode)) ? [path] : [];
    return [...own, ...listsWith(field.items, `${path}/*`)];
  }
  return alternativesOf(field).flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, inner]) => listsWith(inner, `${path}/${escape(name)}`)),
  );
}

function listAt(field: Field, path: string): ArrayField | undefined {
  const found = path
    .split("/")
    .slice(1)
    .reduce<Field | undefined>((here, token) => {
      if (token === "*") return here?.type === "array" ? here.items : undefined;
      return here === undefined
        ? undefined
        : alternativesOf(here)
            .map(({ fields }) => fields[token.replaceAll("~1", "/").replaceAll("~0", "~")])
            .find(Boolean);
    }, field);
  return found?.type === "array" ? found : undefined;
}

function alternativesOf(field: Field): readonly ObjectField[] {
  if (field.type === "union") return field.alternatives;
  return field.type === "object" ? [field] : [];
}
