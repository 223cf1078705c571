/**
 * Makes `src/generated`, or the folder given as an argument, from the bundle and `control.openapi.yaml`, and the published
 * `seed.schema.json`, in the folder of the package or that of the second argument.
 *
 * With the environment variable `CI` set it replaces no file: a stale one has to be generated and committed first.
 */
import { fileURLToPath } from "node:url";
import { readBundle } from "./bundle.ts";
import { render, renderPublished } from "./render.ts";
import { writeGenerated } from "../../client/generate/write-generated.ts";

const bundle = readBundle();
const frozen = Boolean(process.env["CI"]);
const folders = [
  { prefix: "src/generated/", given: process.argv[2], files: await render(bundle) },
  { prefix: "", given: process.argv[3] ?? process.argv[2], files: renderPublished(bundle) },
];

for (const { prefix, given, files } of folders) {
  const folder = given ?? fileURLToPath(new URL(`../${prefix}`, import.meta.url));
  const { created, replaced, stale } = writeGenerated(folder, files, frozen);
  for (const name of created) console.log(`wrote ${prefix}${name}`);
  for (const name of replaced)
    console.log(`replaced ${prefix}${name}: the description has changed, commit the new file`);
  for (const name of stale) console.error(`${prefix}${name} is stale: run "pnpm generate" and commit the result`);
  if (stale.length > 0) process.exitCode = 1;
}
