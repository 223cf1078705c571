import { escape } from "../bundle/pointer.ts";

/** An object of a description. */
export type Node = Readonly<Record<string, unknown>>;

/** The value as an object, or an empty one. */
export function asNode(value: unknown): Node {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Node) : {};
}

/** The value as a list, or an empty one. */
export function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

/** The pointer of a key below another pointer. */
export function below(pointer: string, key: string | number): string {
  return `${pointer}/${escape(`${key}`)}`;
}

/** The names in a JSON pointer. */
export function tokens(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

/**
 * What a local reference such as `#/components/schemas/UserId` means.
 *
 * @throws Error where the document has nothing there: such a document is not a bundle.
 */
export function resolve(document: Node, reference: string): Node {
  let node: unknown = document;
  for (const token of tokens(reference)) node = Array.isArray(node) ? node[Number(token)] : asNode(node)[token];
  if (node === undefined) throw new Error(`The description refers to ${reference}, which it does not have.`);
  return node as Node;
}
