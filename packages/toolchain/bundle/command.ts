import { pipeline } from "./pipeline.ts";
import { report } from "./report.ts";
import { writeWhole } from "./write-whole.ts";

/** Texts of a language that are listed as not translated. */
const shown = 5;

/**
 * Makes `dist` from the description in a folder: the bundle as YAML and JSON, the error catalogue on its own, and the model, all in each language. Where
 * there is a problem it is shown with file, line and column, and no file is changed. A text that is not translated is a warning: until then it is in the
 * source language.
 *
 * @param write The parts to write: `source`, the description in its own language, and `translations`, the others. Without any the description is only
 * checked. For `source` alone nothing is read that only the translations are made of.
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
