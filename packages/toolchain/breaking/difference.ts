import { isDeepStrictEqual } from "node:util";
import { tokensOf } from "../bundle/pointer.ts";
import { Branch, type Role } from "./tree.ts";

/** Where two descriptions differ: one key of one branch. */
export interface Difference {
  /** The key, such as `maxLength` or the name of a field. */
  readonly key: string;
  /** JSON pointer in the newer description, or in the older one where the newer has nothing there. */
  readonly pointer: string;
  /** The nearest name above, such as a code or an operation. */
  readonly name: string;
  /** Whether programs send it or read it. A credential and a parameter are sent. */
  readonly direction: "request" | "response";
  readonly before: unknown;
  readonly after: unknown;
  /** The branches that hold the key, of which at least one exists. */
  readonly holders: Pair;
  /** The branches that hold the holders: of a field, the schema that can require it. */
  readonly owners?: Pair;
}

/** The same place in both descriptions. */
interface Pair {
  readonly before: Branch;
  readonly after: Branch;
}

/** The roles whose keys are names: a code, an operation, a region, an example. */
const naming: ReadonlySet<Role> = new Set<Role>([
  "errors",
  "limits",
  "checks",
  "servers",
  "operations",
  "parameters",
  "examples",
  "componentNames",
  "schemes",
  "tags",
]);

/** Roles of branches that only group facts: their keys are compared even if the branch is added or removed. */
const groups = new Set(["properties", "required", "bits", "errorCodes", "texts", "variables", "raised", "examples"]);

/** Returns all differences of two trees of the same role, in the order of the newer one. An added or removed branch is one difference. */
export function differences(
  before: Branch,
  after: Branch,
  above: Pick<Difference, "name" | "direction" | "owners"> = { name: "", direction: "request" },
): Difference[] {
  const direction = after.role === "responses" ? "response" : above.direction;
  const holders: Pair = { before, after };
  return [...new Set([...after.values.keys(), ...before.values.keys()])].flatMap((key) => {
    const inside = { direction, owners: holders, name: naming.has(after.role) ? key : above.name };
    const [one, other] = [before.values.get(key), after.values.get(key)];
    if (one instanceof Branch && other instanceof Branch) return differences(one, other, inside);
    if (isDeepStrictEqual(one, other)) return [];
    const group = [one, other].find((value): value is Branch => value instanceof Branch && groups.has(value.role));
    if (group) {
      const [was, is] = [one, other].map((value) => (value instanceof Branch ? value : new Branch(group.role)));
      return differences(was!, is!, inside);
    }
    const pointer = after.pointers.get(key) ?? before.pointers.get(key)!;
    return [{ ...above, key, pointer, direction, before: one, after: other, holders }];
  });
}

/**
 * Returns what a difference is about, as a program names it: `GetContactGroupRequest.StartIndex`, `51011`, `create_contact_group`. Inside a component the name
 * is the component's with the fields below it; elsewhere it is the nearest name above.
 */
export function subjectOf({ key, pointer, name, holders }: Difference): string {
  const { role } = holders.after;
  const last = (text: string): string => text.split(/[ /]/).at(-1)!;
  if (naming.has(role)) return last(key);
  const path = tokensOf(pointer);
  if (path[0] === "components" && path[1] === "schemas") {
    const fields = path.filter((_, index) => index > 3 && path[index - 1] === "properties");
    return [path[2], ...fields, ...(role === "required" ? [key] : [])].join(".");
  }
  if (role === "texts" || role === "document") return path.slice(0, 3).join(".");
  return role === "properties" || role === "required" ? key : last(name);
}

/** Returns the other name of a value that was renamed: the one it has now, or the one it had before; undefined where nothing was renamed. */
export function otherName({
  key,
  before,
  after,
  holders,
}: Pick<Difference, "key" | "before" | "after" | "holders">): string | undefined {
  if (before !== undefined && after !== undefined) return undefined;
  const [value, among, notAmong] =
    before === undefined ? [after, holders.before, holders.after] : [before, holders.after, holders.before];
  const same = [...among.values].filter(
    ([name, other]) => name !== key && !notAmong.values.has(name) && equal(value, other),
  );
  // Two of them would be a guess.
  return same.length === 1 ? same[0]![0] : undefined;
}

/** Returns whether two values are equal except for their places and texts. */
function equal(one: unknown, other: unknown): boolean {
  if (!(one instanceof Branch) || !(other instanceof Branch)) return JSON.stringify(one) === JSON.stringify(other);
  const keys = new Set([...one.values.keys(), ...other.values.keys()]);
  keys.delete("texts");
  return one.role === other.role && [...keys].every((key) => equal(one.values.get(key), other.values.get(key)));
}

/** One fact that changed, as it is written in texts, examples and other places: a name or a number. */
export interface ChangedFact {
  readonly from: string;
  readonly to: string;
}

/** Returns the names and numbers that a difference changes, and that texts, examples and declared properties repeat. */
export function factsOf(difference: Difference): ChangedFact[] {
  const { key, before, after, holders } = difference;
  const now = after === undefined ? otherName(difference) : undefined;
  if (now !== undefined) return [{ from: key, to: now }];
  if (!["schema", "limit", "rate"].includes(holders.after.role)) return [];
  if (typeof before !== "number" || typeof after !== "number") return [];
  // Texts write 1000 or 1,000, and also the first number beyond a limit.
  const write = (value: number): string[] => [value, value + 1].flatMap((one) => [`${one}`, one.toLocaleString("en")]);
  return write(before).map((from, index) => ({ from, to: write(after)[index]! }));
}

/** Returns whether a difference only follows from changed facts: with them the older value becomes the newer one. */
export function follows({ before, after }: Difference, facts: readonly ChangedFact[]): boolean {
  if (before === undefined || after === undefined || before instanceof Branch || after instanceof Branch) return false;
  const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  const to = new Map(facts.map((fact) => [fact.from, fact.to]));
  const any = [...to.keys()].map((from) => from.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  const word = new RegExp(`(?<![\\w,])(?:${any})(?![\\w])(?!,\\d)`, "g");
  return facts.length > 0 && text(before).replaceAll(word, (from) => to.get(from)!) === text(after);
}
