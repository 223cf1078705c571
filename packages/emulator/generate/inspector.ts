/** Bundles the inspector's page into texts, which the emulator serves. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const page = fileURLToPath(new URL("../src/inspector/page", import.meta.url));

/** Returns the module with the files of the page, by their paths under `/__emulator/`. The same sources always give the same text. */
export async function inspectorModule(header: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: { inspector: join(page, "main.tsx"), style: join(page, "style.css") },
    bundle: true,
    minify: true,
    format: "esm",
    target: ["chrome123", "firefox128", "safari18"],
    jsx: "automatic",
    jsxImportSource: "preact",
    charset: "utf8",
    outdir: "assets",
    write: false,
  });
  const text = (end: string): string => outputFiles.find(({ path }) => path.endsWith(end))!.text;
  const licence = readFileSync(
    join(dirname(createRequire(import.meta.url).resolve("preact/package.json")), "LICENSE"),
    "utf8",
  );
  const files = {
    "": readFileSync(join(page, "index.html"), "utf8"),
    "assets/inspector.css": text("style.css"),
    "assets/inspector.js": `/*! Preact. ${licence.trim()} */\n${text("inspector.js")}`,
  };
  return `${header}/** The files of the inspector, by their paths under \`/__emulator/\`. */
export const inspectorFiles: Readonly<Record<string, string>> = ${JSON.stringify(files, undefined, 2)};
`;
}
