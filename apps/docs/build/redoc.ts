import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { icon } from "./icon.ts";

/** Started by its path: as a command it is a batch file on Windows, which only a shell can run. */
const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
const template = fileURLToPath(new URL("template.hbs", import.meta.url));

const redocOptions = {
  disableTelemetry: true,
  // The table of known error codes is worth its length.
  maxDisplayedEnumValues: 100,
  jsonSamplesExpandLevel: "all",
};

/** What a page says around the reference. Addresses are relative to the page. */
export interface RedocPage {
  readonly title: string;
  readonly description: string;
  readonly lang: string;
  /** Link to the site. */
  readonly back: { readonly href: string; readonly text: string };
  readonly downloads: readonly { readonly title: string; readonly url: string }[];
}

/** Runs `redocly build-docs` and returns the page, with Redoc and the bundle inside it. */
export function buildRedoc(bundle: object, { title, description, lang, back, downloads }: RedocPage): string {
  // A folder without redocly.yaml: the linter's configuration is not the page's.
  const folder = mkdtempSync(join(tmpdir(), "contact-groups-docs-"));
  const page = join(folder, "index.html");
  const bundlePath = join(folder, "openapi.json");
  writeFileSync(bundlePath, JSON.stringify(bundle));
  const options = [
    `--title=${title}`,
    `--template=${template}`,
    `--templateOptions.description=${description}`,
    `--templateOptions.icon=${icon}`,
    `--templateOptions.lang=${lang}`,
    `--templateOptions.backHref=${back.href}`,
    `--templateOptions.backText=${back.text}`,
    `--openapi=${JSON.stringify({ ...redocOptions, downloadUrls: downloads })}`,
  ];
  try {
    execFileSync(process.execPath, [cli, "build-docs", bundlePath, "--inlineBundle", `--output=${page}`, ...options], {
      cwd: folder,
      stdio: ["ignore", "ignore", "pipe"],
      env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
    });
    return readFileSync(page, "utf8");
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
