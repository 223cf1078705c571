/** Where a response of the service differs from that of the emulator. */
import { toInteger } from "@contact-groups/core/json";
import type { Conversation } from "@contact-groups/openapi/bodies";

/** What kind of difference it is: a value, another form of the same value, an order, a missing or additional member, or a time. */
export type DifferenceKind = "value" | "form" | "order" | "member" | "time";

/** One place where two responses differ. Without `expected`, the service's response does not have it; without `found`, the emulator's. */
export interface Difference {
  /** JSON pointer; for items, by the index in the service's response where that has the item. */
  readonly pointer: string;
  readonly kind: DifferenceKind;
  /** In the service's response. */
  readonly expected?: unknown;
  /** In the emulator's response. */
  readonly found?: unknown;
}

type Members = Readonly<Record<string, unknown>>;

/** Texts of the service, which are reported separately, and members that FIDELITY.md lists as not emulated. */
const texts: ReadonlySet<string> = new Set(["ErrorInfo", "ResultInfo"]);
const notEmulated: ReadonlySet<string> = new Set(["ErrorDisplay", "RequestId"]);
/** Members that are missing where the list or text is empty. */
const emptyIfMissing: ReadonlySet<string> = new Set(["CustomMark", "ContactGroupId"]);

/** Seconds by which the `Timestamp` of a change can differ: the clocks of the service's machines are not one. */
export const clockTolerance = 30;

/** Returns all places where two bodies differ. Two failures, or a failure and a success, are compared by their code first. */
export function compareBodies(service: unknown, emulator: unknown): readonly Difference[] {
  const differences: Difference[] = [];
  if (isMembers(service) && isMembers(emulator)) {
    const [expected, found] = [service["ErrorCode"], emulator["ErrorCode"]];
    if (toInteger(expected) !== toInteger(found)) return [valueDifference("/ErrorCode", expected, found)];
  }
  compare("", service, emulator, differences);
  // Where there is another page, there is a start for it.
  const isPaged = differences.some(({ pointer }) => pointer === "/CompleteFlag");
  return isPaged ? differences.filter(({ pointer }) => pointer !== "/NextStartIndex") : differences;
}

/** Whether the difference is about what happened, or about what is kept, and not only about the form of the response. */
export function isAboutState({ kind, pointer, expected, found }: Difference): boolean {
  if (pointer === "/ActionStatus") return false;
  return kind === "value" || (kind === "member" && emptyIfMissing.has(lastOf(pointer)) && !isEmpty(expected ?? found));
}

/** Whether a value is one of those that a service can send for an empty list or text. */
function isEmpty(value: unknown): boolean {
  return value === undefined || value === null || value === "" || (Array.isArray(value) && value.length === 0);
}

function valueDifference(pointer: string, expected: unknown, found: unknown): Difference {
  return {
    pointer,
    kind: "value",
    ...(expected !== undefined && { expected }),
    ...(found !== undefined && { found }),
  };
}

function compare(pointer: string, service: unknown, emulator: unknown, into: Difference[]): void {
  if (Array.isArray(service) && Array.isArray(emulator)) return compareLists(pointer, service, emulator, into);
  if (isMembers(service) && isMembers(emulator)) return compareMembers(pointer, service, emulator, into);
  if (Object.is(service, emulator)) return;
  const name = lastOf(pointer);
  const isText = typeof service !== typeof emulator && String(service) === String(emulator);
  if (
    isText ||
    (isEmpty(service) && isEmpty(emulator)) ||
    (name === "StandardMark" && hasSameBits(service, emulator))
  ) {
    into.push({ pointer, kind: "form", expected: service, found: emulator });
  } else if (name === "Timestamp" && typeof service === "number" && typeof emulator === "number") {
    if (Math.abs(service - emulator) > clockTolerance)
      into.push({ pointer, kind: "time", expected: service, found: emulator });
  } else if (name === "NextStartIndex" && typeof service === "number" && typeof emulator === "number") {
    // Where a page begins is the service's own matter; that there is one is not.
    if ((service === 0) !== (emulator === 0))
      into.push({ pointer, kind: "member", expected: service, found: emulator });
  } else {
    into.push(valueDifference(pointer, service, emulator));
  }
}

/** Whether two standard marks set the same bits: their width varies. */
function hasSameBits(one: unknown, other: unknown): boolean {
  const isMark = (value: unknown): value is string => typeof value === "string" && /^[01]*$/.test(value);
  return isMark(one) && isMark(other) && one.replace(/^0+/, "") === other.replace(/^0+/, "");
}

function compareMembers(pointer: string, service: Members, emulator: Members, into: Difference[]): void {
  for (const name of new Set([...Object.keys(emulator), ...Object.keys(service)])) {
    const place = `${pointer}/${escape(name)}`;
    const [has, expected] = [Object.hasOwn(service, name), Object.hasOwn(emulator, name)];
    if (has && expected) {
      if (!texts.has(name)) compare(place, service[name], emulator[name], into);
    } else if (!notEmulated.has(name)) {
      into.push({
        pointer: place,
        kind: "member",
        ...(has && { expected: service[name] }),
        ...(expected && { found: emulator[name] }),
      });
    }
  }
}

/** Compares lists whose items have a key, by their keys and then by their order; other lists by their indexes. */
function compareLists(
  pointer: string,
  service: readonly unknown[],
  emulator: readonly unknown[],
  into: Difference[],
): void {
  const [ours, theirs] = [keysOf(emulator), keysOf(service)];
  if (!ours || !theirs) {
    for (let index = 0; index < Math.max(service.length, emulator.length); index++)
      if (index < service.length && index < emulator.length)
        compare(`${pointer}/${index}`, service[index], emulator[index], into);
      else into.push(valueDifference(`${pointer}/${index}`, service[index], emulator[index]));
    return;
  }
  const places = new Map(theirs.map((key, index) => [key, index]));
  const known = new Set(ours);
  for (const [index, key] of ours.entries()) {
    const place = places.get(key);
    if (place === undefined) into.push(valueDifference(`${pointer}/${index}`, undefined, emulator[index]));
    else compare(`${pointer}/${place}`, service[place], emulator[index], into);
  }
  for (const [index, key] of theirs.entries())
    if (!known.has(key)) into.push(valueDifference(`${pointer}/${index}`, service[index], undefined));
  const order = theirs.filter((key) => known.has(key));
  const found = ours.filter((key) => places.has(key));
  const at = order.findIndex((key, index) => key !== found[index]);
  if (at >= 0) into.push({ pointer, kind: "order", expected: order.slice(at, at + 3), found: found.slice(at, at + 3) });
}

/** Returns a key of each item, with a number for one that is repeated; undefined when an item has none. */
function keysOf(items: readonly unknown[]): readonly string[] | undefined {
  const times = new Map<string, number>();
  const keys: string[] = [];
  for (const item of items) {
    const key = keyOf(item);
    if (key === undefined) return undefined;
    const count = times.get(key) ?? 0;
    times.set(key, count + 1);
    keys.push(count === 0 ? key : `${key} #${count + 1}`);
  }
  return keys;
}

/** Returns what an item is about: a conversation, or a conversation group, which are mapped by their names. */
function keyOf(item: unknown): string | undefined {
  if (!isMembers(item)) return undefined;
  const { Type, To_Account, ToGroupId, ContactItem, GroupItem, GroupName } = item;
  if (ContactItem !== undefined) return keyOf(ContactItem);
  if (To_Account !== undefined || ToGroupId !== undefined) {
    const id = String(Type) === "2" ? (ToGroupId ?? To_Account) : (To_Account ?? ToGroupId);
    return `${String(Type)} ${String(id)}`;
  }
  if (GroupItem !== undefined) return keyOf(GroupItem);
  return typeof GroupName === "string" ? GroupName : undefined;
}

/** The fields of the other side of a conversation. */
export const peerField: "To_Account" & keyof Extract<Conversation, { Type: 1 }> = "To_Account";
export const chatGroupField: "ToGroupId" & keyof Extract<Conversation, { Type: 2 }> = "ToGroupId";

/** Whether a value is an object of JSON. */
export function isMembers(value: unknown): value is Members {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Calls a function with each object of a JSON value. */
export function walk(value: unknown, see: (members: Readonly<Record<string, unknown>>) => void): void {
  if (Array.isArray(value)) for (const item of value) walk(item, see);
  if (!isMembers(value)) return;
  see(value);
  for (const inner of Object.values(value)) walk(inner, see);
}

function lastOf(pointer: string): string {
  return pointer.slice(pointer.lastIndexOf("/") + 1);
}

function escape(name: string): string {
  return name.replaceAll("~", "~0").replaceAll("/", "~1");
}
