/** Writes `src/generated` and the published `seed.schema.json`. None of them is in git. */
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { emulatorFiles, headerOf } from "@contact-groups/emulator-generator";
import * as model from "@contact-groups/openapi/model";
import { report } from "@contact-groups/toolchain/bundle/output";
import { writeWhole } from "@contact-groups/toolchain/bundle/output";
import { inspectorModule } from "./inspector.ts";

const folder = fileURLToPath(new URL("..", import.meta.url));

await report("packages/emulator/generate", async () => {
  const { problems, files } = await emulatorFiles(model, folder);
  const write = (texts: Readonly<Record<string, string>>): readonly string[] =>
    writeWhole(Object.fromEntries(Object.entries(texts).map(([path, text]) => [join(folder, path), text])));
  write(files);
  // The page imports what was written.
  if (problems.length === 0) write({ "src/generated/inspector.ts": await inspectorModule(headerOf(model)) });
  return problems;
});
