import { requestBodies, type Field, type OkBody, type OperationId } from "@contact-groups/openapi/model";
import { declared, fieldAt, type Fields, type ItemOperation, type ItemOwner, type ItemResult } from "./declared.ts";
import { PartialFailureError } from "./errors/partial-failure-error.ts";
import { itemKey, type ItemKey } from "./item-key.ts";
import { readList } from "./read-list.ts";
import { toNumber } from "./to-number.ts";

/** An item of a request that failed although the call succeeded, with what the request says of its list. */
export type ItemFailure<Operation extends OperationId> = Omit<ItemResult<Operation>, "ResultCode"> &
  ItemOwner<Operation> & {
    /** A code of the error catalogue, or one that it does not know. */
    readonly ResultCode: number;
    /** JSON pointer of the item in the request's body; undefined if the request does not name it. */
    readonly pointer: string | undefined;
  };

/** Response of an operation whose items can fail: what the service sent, and the items that failed. */
export type ItemResponse<Operation extends OperationId> = OkBody<Operation> & {
  /** The items of the request that failed. With the option `throwOnPartialFailure` they are thrown as a `PartialFailureError`. */
  readonly failures: readonly ItemFailure<Operation>[];
};

/** Adds the items that failed to a response. Throws them as a `PartialFailureError` if that is wanted. */
export function toPartialResult<Operation extends OperationId>(
  operation: Operation,
  response: object,
  request: object,
  throwOnPartialFailure: boolean | undefined,
): ItemResponse<Operation> {
  const { failures, total } = findFailures(operation, response as Fields, request);
  const result = { ...response, failures } as unknown as ItemResponse<Operation>;
  if (throwOnPartialFailure && failures.length > 0)
    throw new PartialFailureError(operation as ItemOperation, result as never, total);
  return result;
}

/** A list on the way to the items, in the request and in the response. */
interface Level {
  readonly asked: readonly string[];
  readonly told: readonly string[];
  /** Fields of its items that are no lists or objects. */
  readonly simple: Readonly<Record<string, Field>>;
}

/** How the items of an operation are found. Made once for each. */
interface Way {
  readonly levels: readonly Level[];
  readonly keyOf: ItemKey;
}

const ways = new Map<OperationId, Way>();

function wayOf(operation: OperationId): Way {
  const known = ways.get(operation);
  if (known) return known;
  const { request, response } = declared[operation].itemResults!;
  const told = listsOn(response);
  let field: Field | undefined = requestBodies[operation];
  const levels = listsOn(request).map((asked, index): Level => {
    field = fieldAt(field, [...asked, "*"]);
    const fields = field?.type === "object" ? Object.entries(field.fields) : [];
    const simple = fields.filter(([, { type }]) => !["object", "array", "union"].includes(type));
    return { asked, told: told[index] ?? [], simple: Object.fromEntries(simple) };
  });
  const way = { levels, keyOf: itemKey(field) };
  ways.set(operation, way);
  return way;
}

/** The names on the way to each list. A `*` stands for the items of one. */
function listsOn(path: string): string[][] {
  return path
    .slice(1)
    .split("/*/")
    .map((way) => way.split("/"));
}

function findFailures(
  operation: OperationId,
  response: Fields,
  request: unknown,
): { readonly failures: readonly object[]; readonly total: number } {
  const { levels, keyOf } = wayOf(operation);
  const failures: object[] = [];
  let total = 0;

  const visit = (depth: number, told: Fields, asked: unknown, at: string, owner: Fields): void => {
    const level = levels[depth]!;
    const listed = walk(asked, level.asked);
    const askedItems: readonly unknown[] = Array.isArray(listed) ? listed : [];
    const place = `${at}/${level.asked.join("/")}`;
    const name = level.told.at(-1)!;
    const items = readList<Fields>(operation, (walk(told, level.told.slice(0, -1)) ?? {}) as Fields, name);
    if (depth < levels.length - 1) {
      items.forEach((item, index) => {
        const said = askedItems[index];
        visit(depth + 1, item, said, `${place}/${index}`, ownerOf(level.simple, item, said));
      });
      return;
    }
    total += items.length;
    const keys = askedItems.map(keyOf);
    items.forEach((item, index) => {
      // A gateway that leaves out zeros leaves out this one. What is no number at all is a failure.
      const ResultCode = toNumber(item["ResultCode"] ?? 0);
      if (ResultCode === 0) return;
      const key = keyOf(item);
      const found = key === undefined || keys[index] === key ? index : keys.indexOf(key);
      const isNamed = key === undefined ? repeats(item, askedItems[index]) : found >= 0;
      failures.push({ ...item, ResultCode, ...owner, pointer: isNamed ? `${place}/${found}` : undefined });
    });
  };
  visit(0, response, request, "", {});
  return { failures, total };
}

/** Whether an item of a response has the text that is an item of the request. */
function repeats(item: Fields, asked: unknown): boolean {
  return typeof asked === "string" && Object.values(item).includes(asked);
}

/** What the response, else the request, says of all items of a list. */
function ownerOf(simple: Level["simple"], told: Fields, asked: unknown): Fields {
  const places = [told, ...Object.values(told), asked].filter((one) => typeof one === "object" && one !== null);
  const value = (name: string): unknown =>
    places.map((one) => (one as Fields)[name]).find((one) => one !== undefined && one !== null);
  return Object.fromEntries(
    Object.entries(simple).map(([name, { type }]) => [name, value(name) ?? (type === "string" ? "" : undefined)]),
  );
}

function walk(value: unknown, names: readonly string[]): unknown {
  return names.reduce<unknown>((at, name) => (at as Fields | null | undefined)?.[name], value);
}
