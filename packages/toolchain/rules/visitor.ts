/** The part of Redocly's plugin interface that the rules use. */

/** A place in a file of the description. */
export interface Location {
  /** JSON pointer within the file, `#/` for the whole file. */
  pointer: string;
  /** The file. */
  source: { absoluteRef: string };
  child(path: (string | number)[]): Location;
  /** Returns the same place, shown at its key instead of its value. */
  key(): Location;
}

/** A kind of node, such as `Operation` or `Schema`, and the types of its keys. */
export interface NodeType {
  name: string;
  properties: Record<string, unknown>;
}

/** What a visit knows of the node in addition to its value. */
export interface Context {
  key: string | number;
  /** Where the node is, after its `$ref` is followed. */
  location: Location;
  /** The node that this one is in. */
  parent: unknown;
  type: NodeType;
  /** Reports a problem. Without a location its place is the node. */
  report(problem: { message: string; location?: Location }): void;
  /**
   * Follows the `$ref` of a node, from the file of this node or another. `node` is `undefined` where it leads nowhere: Redocly's `no-unresolved-refs`
   * reports that.
   */
  resolve(node: unknown, from?: string): { node: unknown; location: Location | undefined };
}

/** Called with each node of one type, its `$ref` followed. */
export type Visit = (node: never, context: Context) => void;

/** A rule or a decorator: visits by type name, nested where only nodes within another are meant. `any` is every type, `ref` every `$ref`. */
export interface RuleVisitor {
  [type: string]: Visit | RuleVisitor;
}

/** Returns whether a place is a component: a whole file of the source, or an entry under `components` of the bundle. */
export function isComponent(location: Location): boolean {
  return location.pointer === "#/" || /^#\/components\/[^/]+\/[^/]+$/.test(location.pointer);
}
