/** Writes `src/generated` and the published `seed.schema.json`. None of them is in git. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emulatorFiles } from "@contact-groups/emulator-generator";
import * as model from "@contact-groups/openapi/model";
import { report } from "@contact-groups/toolchain/bundle/output";
import { writeWhole } from "@contact-groups/toolchain/bundle/output";

const folder = fileURLToPath(new URL("..", import.meta.url));

await report("packages/emulator/generate", async () => {
  const { problems, files } = await emulatorFiles(model, folder);
  writeWhole(Object.fromEntries(Object.entries(files).map(([path, text]) => [join(folder, path), text])));
  return problems;
});
