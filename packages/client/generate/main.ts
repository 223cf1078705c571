/**
 * Makes `src/generated`, or the folder given as an argument, from the bundle.
 *
 * With the environment variable `CI` set it replaces no file: a stale one has to be generated and committed first.
 */
import { fileURLToPath } from "node:url";
import { readBundle } from "./bundle.ts";
import { render } from "./render.ts";
import { withPlace } from "./with-place.ts";
import { writeGenerated } from "./write-generated.ts";
import { report } from "@contact-groups/toolchain/bundle/report";

const folder = process.argv[2] ?? fileURLToPath(new URL("../src/generated", import.meta.url));
const frozen = Boolean(process.env["CI"]);

async function generate(): Promise<string[]> {
  const { created, replaced, stale } = writeGenerated(folder, await render(readBundle()), frozen);
  for (const name of created) console.log(`wrote src/generated/${name}`);
  for (const name of replaced)
    console.log(`replaced src/generated/${name}: the description has changed, commit the new file`);
  return stale.map((name) => `src/generated/${name} is stale: run "pnpm generate" and commit the result`);
}

await report("packages/client/generate", () => withPlace(generate));
