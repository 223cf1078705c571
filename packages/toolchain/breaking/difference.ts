import { isDeepStrictEqual } from "node:util";
import { Branch } from "./branch.ts";
import { naming } from "./subject.ts";

/** Where two descriptions differ: one key of one branch. */
export interface Difference {
  /** The key, such as `maxLength` or the name of a field. */
  key: string;
  /** JSON pointer in the newer description, or in the older one where the newer has nothing there. */
  pointer: string;
  /** The nearest name above, such as a code or an operation. */
  name: string;
  /** Whether programs send it or read it. A credential and a parameter are sent. */
  direction: "request" | "response";
  before: unknown;
  after: unknown;
  /** The branches that hold the key, of which at least one is there. */
  holders: Pair;
  /** The branches that hold the holders: of a field, the schema that can require it. */
  owners?: Pair;
}

/** The same place in both descriptions. */
export interface Pair {
  before: Branch;
  after: Branch;
}

interface Walk {
  name: string;
  direction: Difference["direction"];
  owners?: Pair;
}

const start: Walk = { name: "", direction: "request" };

/** All differences of two trees of the same role, in the order of the newer one. A branch that came or went is one difference. */
export function differences(before: Branch, after: Branch, walk: Walk = start): Difference[] {
  const direction = after.role === "responses" ? "response" : walk.direction;
  const holders: Pair = { before, after };
  return [...new Set([...after.values.keys(), ...before.values.keys()])].flatMap((key) => {
    const inside: Walk = { direction, owners: holders, name: naming.has(after.role) ? key : walk.name };
    const one = before.values.get(key);
    const other = after.values.get(key);
    if (one instanceof Branch && other instanceof Branch) return differences(one, other, inside);
    if (isDeepStrictEqual(one, other)) return [];
    // Groups of keys, such as `properties` or `required`, are no fact by themselves: what matters is what is in them.
    const group = groupOf(one) ?? groupOf(other);
    if (group) return differences(branchOr(one, group), branchOr(other, group), inside);
    const pointer = after.pointers.get(key) ?? before.pointers.get(key)!;
    return [{ ...walk, key, pointer, direction, before: one, after: other, holders }];
  });
}

const groups = new Set(["properties", "required", "bits", "errorCodes", "texts", "variables", "raised", "examples"]);

function groupOf(value: unknown): Branch["role"] | undefined {
  return value instanceof Branch && groups.has(value.role) ? value.role : undefined;
}

function branchOr(value: unknown, role: Branch["role"]): Branch {
  return value instanceof Branch ? value : new Branch(role);
}
