import { readFileSync } from "node:fs";
import { pathOf } from "./edited.ts";

/** The bundle, as far as the tests look at it. */
export interface Bundle {
  paths: Record<string, { post: { operationId: string } }>;
  components: { schemas: Record<string, object> };
  "x-errors": Record<string, { code: number; name: string }[]>;
}

/** The bundle of the fixtures' description, which the set-up of the tests makes. */
export const bundle: Bundle = JSON.parse(readFileSync(pathOf("dist/openapi.json"), "utf8"));

/** The operations, by operationId. */
export const operationIds: string[] = Object.values(bundle.paths).map(({ post }) => post.operationId);
