import type { Kind } from "../../breaking/kinds.ts";

/** A small edit of the bundle, the kind of the change it is, and where. */
export interface FixtureEdit {
  title: string;
  kind: Kind;
  pointer: string;
  edit: (bundle: any) => unknown;
}
