/** `pnpm openapi:breaking`: says what changed since the last release, and ends with 1 where the pending changesets carry less than that needs. */
import { file } from "../bundle/redocly.ts";
import { gate } from "./gate.ts";

try {
  const { passes, text } = gate({
    released: file("released"),
    bundle: file("dist/openapi.json"),
    changesets: file("../.changeset"),
  });
  console.log(text);
  if (!passes) process.exitCode = 1;
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
