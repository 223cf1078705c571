import { join } from "node:path";
import { gate } from "./gate.ts";

/** Says what changed in a description since the last release, and ends with 1 where the pending changesets carry less than that needs. */
export function breaking(folder: string): void {
  try {
    const { passes, text } = gate({
      released: join(folder, "released"),
      bundle: join(folder, "dist/openapi.json"),
      changesets: join(folder, "../.changeset"),
    });
    console.log(text);
    if (!passes) process.exitCode = 1;
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
