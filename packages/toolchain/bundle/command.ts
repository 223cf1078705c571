import { pipeline } from "./pipeline.ts";
import { report } from "./report.ts";
import { writeWhole } from "./write-whole.ts";

/** Texts of a language that are listed as not translated. */
const shown = 5;

/**
 * Makes `dist` from the description in a folder: the bundle as YAML and JSON and the error catalogue on its own, all in each language. Where there is a
 * problem it is shown with file, line and column, and no file is changed. A text that is not translated is a warning: until then it is in the source language.
 *
 * @param write Whether to write anything. Without it the description is only checked.
 */
export function bundle(folder: string, write: boolean): Promise<void> {
  return report("describe bundle", async () => {
    const source = await pipeline(folder)();
    if (source.problems.length > 0) return source.problems;
    const { files, open, problems, progress } = await source.translate();
    for (const texts of Object.values(open)) {
      for (const { message } of texts.slice(0, shown)) console.log(`Warning: ${message}`);
      if (texts.length > shown) console.log("`pnpm run translate` lists the others.");
    }
    for (const line of progress) console.log(line);
    if (problems.length === 0 && write) writeWhole({ ...source.files, ...files });
    return problems;
  });
}
