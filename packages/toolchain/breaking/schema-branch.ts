import { isDeepStrictEqual } from "node:util";
import { Branch } from "./branch.ts";
import { asList, asNode, below, resolve, tokens, type Node } from "./node.ts";

/** Texts for people and sources of facts: no program reads them. */
const textKeys = new Set(["title", "description", "x-source", "x-bound", "example", "examples"]);

/**
 * A schema as a branch, with `$ref` and `allOf` joined in: a schema that moves to a component, or a field that moves between parts of an `allOf`, is
 * no change to anybody's program.
 */
export function schemaBranch(document: Node, schema: Node, pointer: string, open: readonly string[] = []): Branch {
  const branch = new Branch("schema");
  join(document, schema, { pointer, open, branch });
  return branch;
}

interface Joined {
  pointer: string;
  /** The references that lead here, so that a schema that holds itself ends. */
  open: readonly string[];
  branch: Branch;
}

function join(document: Node, schema: Node, { pointer, open, branch }: Joined): void {
  for (const [key, value] of Object.entries(schema)) {
    const at = below(pointer, key);
    const inner = (node: unknown, place: string): Branch => schemaBranch(document, asNode(node), place, open);
    if (key === "$ref") joinReference(document, `${value as string}`, { pointer: at, open, branch });
    else if (key === "allOf") {
      for (const [index, part] of asList(value).entries())
        join(document, asNode(part), { pointer: below(at, index), open, branch });
    } else if (key === "properties") {
      const properties = branch.branch("properties", "properties", at);
      for (const [name, node] of Object.entries(asNode(value)))
        properties.set(name, inner(node, below(at, name)), below(at, name));
    } else if (key === "required") {
      const required = branch.branch("required", "required", at);
      for (const name of asList(value)) required.set(`${name as string}`, true, at);
    } else if (key === "oneOf" || key === "anyOf") {
      const members = branch.branch(key, "members", at);
      for (const [index, node] of asList(value).entries())
        members.set(memberName(asNode(node), index), inner(node, below(at, index)), below(at, index));
    } else if (key === "items") branch.set(key, inner(value, at), at);
    else if (key === "x-bits" || key === "x-appBits" || key === "x-errorCodes") {
      const role = key === "x-errorCodes" ? "errorCodes" : key === "x-bits" ? "bits" : "bitRange";
      const parts = branch.branch(key, role, at);
      for (const [name, part] of Object.entries(asNode(value))) parts.set(name, part, below(at, name));
    } else if (textKeys.has(key)) addText(branch.branch("texts", "texts", pointer), key, value, at);
    else addKeyword(branch, key, value, at);
  }
}

function joinReference(document: Node, reference: string, { pointer, open, branch }: Joined): void {
  if (open.includes(reference)) branch.set("$ref", reference, pointer);
  else
    join(document, resolve(document, reference), { pointer: reference.slice(1), open: [...open, reference], branch });
}

/** Adds a keyword. Where joined schemas disagree both values count; the second is one that no rule rates. */
function addKeyword(branch: Branch, key: string, value: unknown, pointer: string): void {
  const known = branch.values.get(key);
  branch.set(known === undefined || isDeepStrictEqual(known, value) ? key : `${key} of ${pointer}`, value, pointer);
}

/** Adds one of the texts of a joined schema, which has several of each key: they count, so that one can move with what it describes. */
function addText(texts: Branch, key: string, value: unknown, pointer: string): void {
  const same = [...texts.values.keys()].filter((other) => other.startsWith(`${key} `)).length;
  texts.set(`${key} ${same}`, value, pointer);
}

/** The name of the component, else the type: what a reader would call the alternative. */
function memberName(schema: Node, index: number): string {
  const { $ref, type } = schema;
  return typeof $ref === "string" ? tokens($ref).at(-1)! : typeof type === "string" ? type : `${index}`;
}
