/** What a consumer uses of the API, from its recorded calls. */
import type { Field } from "@contact-groups/openapi/model";
import { type ApiOperation, operations, sayCode } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";

/** What a consumer uses. A reason is a part of a sentence: `it sends /StartIndex of a later page (call 3)`. */
export interface ConsumerUse {
  /** Number of recorded calls of an operation. */
  readonly calls: number;
  /** Whether any request has a field with this name. */
  sends(name: string): boolean;
  /** Returns why the consumer needs that this request succeeds; undefined when it never sends such a request. */
  ofRequest(operation: string, body: unknown): string | undefined;
  /** Returns why the consumer needs a part of the responses; undefined when it never received this part. */
  ofResponse(operation: string, pointer: string): string | undefined;
  /** Returns why the consumer needs that an operation fails with one of these codes; undefined when it never received one. */
  ofCodes(operation: string, codes: readonly number[]): string | undefined;
}

/** A part of requests or responses. */
interface Part {
  /** The first call with it. */
  readonly first: number;
  calls: number;
  /** The largest number of items, of a list. */
  items: number;
  /** The call with that many. */
  most: number;
}

interface OperationUse {
  readonly first: number;
  readonly sent: Map<string, Part>;
  readonly received: Map<string, Part>;
}

/**
 * Returns what a consumer uses: operations, fields that it sends, the sizes of its lists, where its pages begin, fields that it receives, and
 * error codes that it received. A request that breaks a rule shows nothing of what the consumer needs.
 *
 * @param exchanges The recorded calls of the consumer, for example of a folder that `CONTACT_GROUPS_RECORD` named.
 */
export function useOf(exchanges: readonly Exchange[]): ConsumerUse {
  const used = new Map<string, OperationUse>();
  const codes = new Map<number, number>();
  let calls = 0;
  for (const { index, operation: name, request, response, violations } of exchanges) {
    const operation = operations.find(({ operationId }) => operationId === name);
    if (!operation) continue;
    calls++;
    const own = used.get(operation.operationId) ?? { first: index, sent: new Map(), received: new Map() };
    used.set(operation.operationId, own);
    if (violations.length === 0) add(own.sent, partsOfRequest(operation, request.body), index);
    add(own.received, partsOf(response.body), index);
    const { errorCode } = response;
    if (errorCode !== undefined && errorCode !== 0 && !codes.has(errorCode)) codes.set(errorCode, index);
  }
  return {
    calls,
    sends: (name) => [...used.values()].some(({ sent }) => [...sent.keys()].some((part) => part.endsWith(`/${name}`))),
    ofRequest(name, body) {
      const own = used.get(name);
      const operation = operations.find(({ operationId }) => operationId === name);
      if (!own || !operation) return undefined;
      const parts = partsOfRequest(operation, body);
      const sent = [...parts].flatMap(([pointer, items]) => {
        const part = own.sent.get(pointer);
        return part && items <= part.items ? [{ pointer, items, part }] : [];
      });
      if (sent.length < parts.size) return undefined;
      const long = sent.find(({ items }) => items > 1);
      if (long) return `it sends ${long.part.items} items in ${long.pointer} (call ${long.part.most})`;
      // What the fewest calls have says most; of equal ones, the innermost.
      const rarest = sent.reduceRight<(typeof sent)[number] | undefined>(
        (least, one) => (least && least.part.calls <= one.part.calls ? least : one),
        undefined,
      );
      return rarest ? `it sends ${rarest.pointer} (call ${rarest.part.first})` : `it calls ${name} (call ${own.first})`;
    },
    ofResponse(name, pointer) {
      const own = used.get(name);
      if (!own) return undefined;
      if (pointer === "") return `it calls ${name} (call ${own.first})`;
      const part = own.received.get(pointer);
      return part && `it receives ${pointer} (call ${part.first})`;
    },
    ofCodes(name, expected) {
      if (!used.has(name)) return undefined;
      const code = expected.find((one) => codes.has(one));
      return code === undefined ? undefined : `it handles ${sayCode(code)} (call ${codes.get(code)})`;
    },
  };
}

function add(to: Map<string, Part>, parts: ReadonlyMap<string, number>, call: number): void {
  for (const [pointer, items] of parts) {
    const part = to.get(pointer) ?? { first: call, calls: 0, items: 0, most: call };
    part.calls++;
    if (items > part.items) Object.assign(part, { items, most: call });
    to.set(pointer, part);
  }
}

/** Returns the parts of a request. A page that is not the first is a part of its own. */
function partsOfRequest({ request, paging }: ApiOperation, body: unknown): Map<string, number> {
  const parts = partsOf(body, request);
  const start = paging && (Object(body) as Readonly<Record<string, unknown>>)[paging.start];
  if (paging && start !== undefined && start !== 0) parts.set(`/${paging.start} of a later page`, 0);
  return parts;
}

/** Returns each part of a value, by its pointer without indexes, with the largest number of items of a list. */
function partsOf(value: unknown, field?: Field, pointer = "", parts = new Map<string, number>()): Map<string, number> {
  if (Array.isArray(value)) {
    parts.set(pointer, Math.max(parts.get(pointer) ?? 0, value.length));
    for (const item of value) partsOf(item, field?.type === "array" ? field.items : undefined, `${pointer}/*`, parts);
    return parts;
  }
  if (pointer !== "" && !parts.has(pointer)) parts.set(pointer, 0);
  if (typeof value !== "object" || value === null) return parts;
  const fields = fieldsOf(field, value);
  for (const [name, member] of Object.entries(value)) {
    partsOf(member, fields[name], `${pointer}/${name}`, parts);
    if (field?.type === "union" && field.by === name) parts.set(`${pointer}/${name} ${JSON.stringify(member)}`, 0);
  }
  return parts;
}

function fieldsOf(field: Field | undefined, value: object): Readonly<Record<string, Field>> {
  if (field?.type === "object") return field.fields;
  if (field?.type !== "union") return {};
  const kind = (value as Readonly<Record<string, unknown>>)[field.by];
  return field.alternatives.find((one) => one.value === kind)?.fields ?? {};
}
