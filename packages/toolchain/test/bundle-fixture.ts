import { pipeline } from "../bundle/pipeline.ts";
import { writeWhole } from "../bundle/output.ts";
import { folder } from "./edited.ts";

/** Bundles the description of the fixtures, once before all tests. */
export default async function bundleFixture(): Promise<void> {
  const { problems, files } = await pipeline(folder)();
  if (problems.length > 0) throw new Error(`The description of the fixtures has problems:\n${problems.join("\n")}`);
  writeWhole(files);
}
