import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { icon } from "./icon.ts";

const template = fileURLToPath(new URL("template.hbs", import.meta.url));

const redocOptions = {
  disableTelemetry: true,
  // The table of known error codes is worth its length.
  maxDisplayedEnumValues: 100,
  jsonSamplesExpandLevel: "all",
  downloadUrls: [
    { title: "YAML", url: "openapi.yaml" },
    { title: "JSON", url: "openapi.json" },
  ],
};

/** Runs `redocly build-docs` and returns the page, with Redoc and the description inside it. */
export function buildRedoc(bundlePath: string, title: string, description: string): string {
  // A folder without redocly.yaml: the linter's configuration is not the page's.
  const folder = mkdtempSync(join(tmpdir(), "contact-groups-docs-"));
  const page = join(folder, "index.html");
  const options = [
    `--title=${title}`,
    `--template=${template}`,
    `--templateOptions.description=${description}`,
    `--templateOptions.icon=${icon}`,
    `--openapi=${JSON.stringify(redocOptions)}`,
  ];
  try {
    execFileSync("redocly", ["build-docs", bundlePath, "--inlineBundle", `--output=${page}`, ...options], {
      cwd: folder,
      stdio: ["ignore", "ignore", "inherit"],
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    return readFileSync(page, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
