import { bundle } from "../bundle.ts";
import type { ChangeKind } from "../../breaking/kinds.ts";

/** A small edit of the bundle, the kind of change that it is, and where it is found. */
export interface FixtureEdit {
  title: string;
  kind: ChangeKind;
  pointer: string;
  edit: (bundle: any) => unknown;
}

/** One edit, as a row of a list. */
export function edit(title: string, kind: ChangeKind, pointer: string, change: FixtureEdit["edit"]): FixtureEdit {
  return { title, kind, pointer, edit: change };
}

/** The released bundle, and an edited copy. */
export function pair(change: FixtureEdit["edit"]): [before: object, after: object] {
  const after = structuredClone(bundle);
  change(after);
  return [bundle, after];
}

/** Pointer and node of an operation, such as `create`. */
export const operationAt = (name: string): string => `/paths/~1v4~1recentcontact~1${name}_contact_group/post`;
export const operation = (document: any, name: string): any =>
  document.paths[`/v4/recentcontact/${name}_contact_group`].post;
export const json = (body: any): any => body.content["application/json"];
export const schema = (document: any, name: string): any => document.components.schemas[name];
