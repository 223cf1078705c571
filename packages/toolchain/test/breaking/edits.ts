import { type Change, compareDescriptions } from "../../breaking/compare.ts";
import { catalogueEdits } from "./catalogue-edits.ts";
import { type FixtureEdit, pair } from "./fixture-edit.ts";
import { followerEdits } from "./follower-edits.ts";
import { operationEdits } from "./operation-edits.ts";
import { schemaEdits } from "./schema-edits.ts";
import { shapeEdits } from "./shape-edits.ts";

/** An edit, with the changes that are found in it. */
export interface ComparedEdit extends FixtureEdit {
  readonly changes: readonly Change[];
}

/** All edits, each compared once. */
export const edits: readonly ComparedEdit[] = [
  ...schemaEdits,
  ...operationEdits,
  ...catalogueEdits,
  ...shapeEdits,
  ...followerEdits,
].map((one) => ({ ...one, changes: compareDescriptions(...pair(one.edit)) }));
