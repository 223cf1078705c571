/** Makes `dist` from the description: the bundle as YAML and JSON, and the error catalogue on its own. */
import { execFileSync } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { parse } from "yaml";

const root = new URL("..", import.meta.url);
const file = (path: string): string => fileURLToPath(new URL(path, root));

execFileSync("redocly", ["bundle", "openapi.yaml", "--output", file("dist/openapi.yaml")], {
  cwd: root,
  stdio: "inherit",
  env: { ...process.env, REDOCLY_TELEMETRY: "off" },
  shell: process.platform === "win32",
});

const bundle = parse(readFileSync(file("dist/openapi.yaml"), "utf8"));
writeJson("dist/openapi.json", bundle);
writeJson("dist/errors.json", bundle["x-errors"]);

function writeJson(path: string, value: unknown): void {
  writeFileSync(file(path), `${JSON.stringify(value, null, 2)}\n`);
}
