import { readFileSync } from "node:fs";
import { join } from "node:path";
import { report, writeWhole } from "./output.ts";
import { fillIn } from "./overlay.ts";
import { pipeline } from "./pipeline.ts";

/** Texts of a language that are listed as not translated. */
const shown = 5;

/**
 * Generates `dist` from the description in a folder: the bundle as YAML and JSON, the error catalogue and the model, each in every language. A problem is
 * printed with file, line and column, and then no file is changed. A text that is not translated is a warning: until then it is in the source language.
 *
 * @param write The parts to write: `source`, the description in its own language, and `translations`, the others. Without any, the description is only
 * checked. For `source` alone, files that only the translations need are not read.
 */
export function bundle(folder: string, write: readonly string[]): Promise<void> {
  return report("describe bundle", async () => {
    const source = await pipeline(folder)();
    if (source.problems.length > 0) return source.problems;
    if (write.join() === "source") {
      writeWhole(source.files);
      return [];
    }
    const { files, open, problems, progress } = await source.translate();
    for (const texts of Object.values(open)) {
      for (const { message } of texts.slice(0, shown)) console.log(`Warning: ${message}`);
      if (texts.length > shown) console.log("`pnpm run translate` lists the others.");
    }
    for (const line of progress) console.log(line);
    const made = { ...(write.includes("source") && source.files), ...(write.includes("translations") && files) };
    if (problems.length === 0) writeWhole(made);
    return problems;
  });
}

/**
 * Lists each text that has to be translated with its place, and prints the progress of each language.
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
        `Wrote the texts to translate to ${path}. Translate each in its place, then run \`pnpm run format\`.`,
      );
    return [];
  });
}
