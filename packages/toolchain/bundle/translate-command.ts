import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fillIn } from "./fill-in.ts";
import { pipeline } from "./pipeline.ts";
import { report } from "./report.ts";
import { writeWhole } from "./write-whole.ts";

/**
 * Lists what has to be translated, each with its place, and says how far each language is.
 *
 * @param write Whether to write the actions to fill in into the overlays.
 */
export function translate(folder: string, write: boolean): Promise<void> {
  return report("describe translate", async () => {
    const source = await pipeline(folder)();
    if (source.problems.length > 0) return source.problems;
    const { open, problems, progress } = await source.translate();
    if (problems.length > 0) return problems;
    for (const { message } of Object.values(open).flat()) console.log(message);
    for (const line of progress) console.log(line);
    if (!write) return [];
    const overlays = Object.entries(open).map(([language, texts]) => {
      const path = join(folder, "overlays", `${language}.yaml`);
      return [path, texts.length === 0 ? readFileSync(path, "utf8") : fillIn(readFileSync(path, "utf8"), texts)];
    });
    for (const path of writeWhole(Object.fromEntries(overlays)))
      console.log(
        `Wrote what is to be translated into ${path}. Translate each text in its place, then run \`pnpm run format\`.`,
      );
    return [];
  });
}
