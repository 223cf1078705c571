/**
 * Makes `src/generated`, or the folder given as an argument, from the bundle and `control.openapi.yaml`, and the published
 * `seed.schema.json`, in the folder of the package or that of the second argument.
 *
 * With the environment variable `CI` set it replaces no file: a stale one has to be generated and committed first.
 */
import { fileURLToPath } from "node:url";
import { readBundle } from "./bundle.ts";
import { controlProblems } from "./control-problems.ts";
import { render, renderPublished } from "./render.ts";
import { withPlace } from "./with-place.ts";
import { writeGenerated } from "./write-generated.ts";
import { report } from "@contact-groups/toolchain/bundle/report";

const frozen = Boolean(process.env["CI"]);

async function generate(): Promise<string[]> {
  const problems = await controlProblems();
  if (problems.length > 0) return problems;
  const bundle = readBundle();
  const folders = [
    { prefix: "src/generated/", given: process.argv[2], files: await render(bundle) },
    { prefix: "", given: process.argv[3] ?? process.argv[2], files: renderPublished(bundle) },
  ];
  return folders.flatMap(({ prefix, given, files }) => {
    const folder = given ?? fileURLToPath(new URL(`../${prefix}`, import.meta.url));
    const { created, replaced, stale } = writeGenerated(folder, files, frozen);
    for (const name of created) console.log(`wrote ${prefix}${name}`);
    for (const name of replaced)
      console.log(`replaced ${prefix}${name}: the description has changed, commit the new file`);
    return stale.map((name) => `${prefix}${name} is stale: run "pnpm generate" and commit the result`);
  });
}

await report("packages/emulator/generate", () => withPlace(generate));
