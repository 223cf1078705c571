/**
 * Makes `dist` from the description: the bundle as YAML and JSON and the error catalogue on its own, all in each language. With `--check` nothing is
 * written. Where there is a problem it is shown with file, line and column, and no file is changed.
 */
import { file } from "./redocly.ts";
import { pipeline } from "./pipeline.ts";
import { report } from "./report.ts";
import { writeWhole } from "./write-whole.ts";

await report("openapi/bundle", async () => {
  const source = await pipeline(file("."))();
  if (source.problems.length > 0) return source.problems;
  const { files, problems, progress } = await source.translate();
  for (const line of progress) console.log(line);
  if (problems.length === 0 && !process.argv.includes("--check")) writeWhole({ ...source.files, ...files });
  return problems;
});
