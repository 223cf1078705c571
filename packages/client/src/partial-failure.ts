/** Finds the items of a request that failed although the call succeeded. */
import { toInteger } from "@contact-groups/core/json";
import {
  requestBodies,
  type Field,
  type ObjectField,
  type OperationId,
  type UnionField,
} from "@contact-groups/openapi/model";
import { declared, fieldAt, valueAt, type UntrustedObject } from "./declared.ts";
import { passOn } from "./metadata.ts";
import { readListAt } from "./response.ts";

/** An item of a request that failed although the call succeeded. */
export interface Failure extends UntrustedObject {
  readonly ResultCode: number;
  /** JSON pointer of the item in the request's body. */
  readonly pointer: string | undefined;
}

/** A response with its failed items, and the number of all items. */
export interface ItemsResult {
  readonly result: UntrustedObject & { readonly failures: readonly Failure[] };
  readonly total: number;
}

/** A list on the path to the items, in the request and in the response. */
interface Level {
  readonly request: readonly string[];
  readonly response: readonly string[];
  /** Fields of its items that are neither lists nor objects. */
  readonly simple: Readonly<Record<string, Field>>;
}

/** The path to the items of an operation, created once for each. */
interface ItemPath {
  readonly levels: readonly Level[];
  readonly keyOf: ItemKey;
}

const itemPaths = new Map<OperationId, ItemPath>();

function itemPathOf(operation: OperationId): ItemPath {
  const known = itemPaths.get(operation);
  if (known) return known;
  const { request, response } = declared[operation].itemResults!;
  const inResponse = listsOn(response);
  let field: Field | undefined = requestBodies[operation];
  const levels = listsOn(request).map((names, index): Level => {
    field = fieldAt(field, [...names, "*"]);
    const fields = field?.type === "object" ? Object.entries(field.fields) : [];
    const simple = fields.filter(([, { type }]) => !["object", "array", "union"].includes(type));
    return { request: names, response: inResponse[index] ?? [], simple: Object.fromEntries(simple) };
  });
  const path = { levels, keyOf: itemKey(field) };
  itemPaths.set(operation, path);
  return path;
}

/** Returns the names on the path to each list. `*` is for the items of a list. */
function listsOn(path: string): string[][] {
  return path
    .slice(1)
    .split("/*/")
    .map((names) => names.split("/"));
}

/** Adds the failed items to a response: none where the operation reports no single items. */
export function findFailures(operation: OperationId, response: UntrustedObject, request: unknown): ItemsResult {
  const withFailures = (failures: readonly Failure[]) => passOn(response, { ...response, failures });
  if (!declared[operation].itemResults) return { result: withFailures([]), total: 0 };
  const { levels, keyOf } = itemPathOf(operation);
  const failures: Failure[] = [];
  let total = 0;

  const visit = (depth: number, received: UntrustedObject, sent: unknown, at: string, owner: UntrustedObject): void => {
    const level = levels[depth]!;
    const list = valueAt(sent, level.request);
    const sentItems: readonly unknown[] = Array.isArray(list) ? list : [];
    const place = `${at}/${level.request.join("/")}`;
    const items = readListAt(operation, received, `/${level.response.join("/")}`, false, response);
    if (depth < levels.length - 1) {
      items.forEach((item, index) => {
        const sentItem = sentItems[index];
        visit(depth + 1, item, sentItem, `${place}/${index}`, ownerOf(level.simple, item, sentItem));
      });
      return;
    }
    total += items.length;
    const keys = sentItems.map(keyOf);
    items.forEach((item, index) => {
      // A gateway that omits zeros omits this one. A value that is not a number is a failure.
      const ResultCode = toInteger(item["ResultCode"] ?? 0);
      if (ResultCode === 0) return;
      const key = keyOf(item);
      const found = key === undefined ? index : placeOf(keys, key, index);
      const isNamed = key === undefined ? repeats(item, sentItems[index]) : found >= 0;
      failures.push({ ...item, ResultCode, ...owner, pointer: isNamed ? `${place}/${found}` : undefined });
    });
  };
  visit(0, response, request, "", {});
  return { result: withFailures(failures), total };
}

/** Returns the place of a key: of several, the first from `index` on, since a response that lacks items has the others earlier than the request. */
function placeOf(keys: readonly (string | undefined)[], key: string, index: number): number {
  const found = keys.indexOf(key, index);
  return found < 0 ? keys.indexOf(key) : found;
}

/** Returns whether an item of a response has the text that is an item of the request. */
function repeats(item: UntrustedObject, sent: unknown): boolean {
  return typeof sent === "string" && Object.values(item).includes(sent);
}

/** Returns the fields that apply to all items of a list, from the response or otherwise from the request. */
function ownerOf(simple: Level["simple"], received: UntrustedObject, sent: unknown): UntrustedObject {
  const places = [received, ...Object.values(received), sent].filter((one) => typeof one === "object" && one !== null);
  const value = (name: string): unknown =>
    places.map((one) => (one as UntrustedObject)[name]).find((one) => one !== undefined && one !== null);
  return Object.fromEntries(
    Object.entries(simple).map(([name, { type }]) => [name, value(name) ?? (type === "string" ? "" : undefined)]),
  );
}

/** Returns a text that is the same for two values that name the same item; undefined for a value that names none. */
export type ItemKey = (value: unknown) => string | undefined;

/**
 * Creates the function that reads the key of an item in requests and responses. The key is the item itself, or the first of its fields that a tag
 * discriminates: a response repeats it next to the result.
 */
export function itemKey(item: Field | undefined): ItemKey {
  if (item?.type === "string") return (value) => (typeof value === "string" ? value : undefined);
  const inner = objectsOf(item).flatMap(({ fields }) => Object.values(fields));
  const union = [item, ...inner].find(isName);
  const own = union && unionKey(union);
  return (value) => {
    if (own === undefined || typeof value !== "object" || value === null) return undefined;
    const key = own(value as UntrustedObject);
    if (key !== undefined) return key;
    for (const one of Object.values(value)) {
      const found = typeof one === "object" && one !== null ? own(one as UntrustedObject) : undefined;
      if (found !== undefined) return found;
    }
    return undefined;
  };
}

/** Returns whether all of an item is its key, so that one that occurs twice can be sent once. */
export function isKeyItself(item: Field | undefined): boolean {
  return isName(item) || item?.type === "string";
}

/** Returns whether a field is one of several kinds of names: objects of a tag and texts. */
function isName(field: Field | undefined): field is UnionField {
  const fields = field?.type === "union" ? objectsOf(field).flatMap((one) => Object.entries(one.fields)) : [];
  return (
    fields.length > 0 && fields.every(([name, { type }]) => type === "string" || name === (field as UnionField).by)
  );
}

function objectsOf(field: Field | undefined): readonly ObjectField[] {
  return field?.type === "union" ? field.alternatives : field?.type === "object" ? [field] : [];
}

/** The text of the first alternative is its own key, so that a long list needs no new text for each; the keys of the others begin differently. */
function unionKey({ by, alternatives }: UnionField): (fields: UntrustedObject) => string | undefined {
  const names = alternatives.map(({ required }) => required.filter((name) => name !== by));
  const texts = new Map(alternatives.map(({ value }, index) => [value, index]));
  return (fields) => {
    const tag = fields[by];
    const index = texts.get(tag as string) ?? (typeof tag === "string" ? texts.get(toInteger(tag)) : undefined);
    if (index === undefined) return undefined;
    let key = index === 0 ? "" : `\0${index === 1 ? "" : index}`;
    for (const name of names[index]!) {
      const value = fields[name];
      if (typeof value !== "string") return undefined;
      key = key === "" ? value : `${key}${value}`;
    }
    return key;
  };
}
