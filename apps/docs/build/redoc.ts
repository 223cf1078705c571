import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { inlineHashes } from "./security-policy.ts";

const speechBubble =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0f4c81"/>' +
  '<path d="M7 9h18v11H15l-5 4v-4H7z" fill="#fff"/><circle cx="12.5" cy="14.5" r="1.8" fill="#0f4c81"/><circle cx="19.5" cy="14.5" r="1.8" fill="#0f4c81"/></svg>';

const redocly =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 52 14"><text x="0" y="11" font-family="sans-serif" font-size="12" font-weight="600" fill="#0f4c81">Redocly</text></svg>';

/** The page's icon as a `data:` URL, which needs no request. */
export const icon: string = dataUrl(speechBubble);

/** Replaces Redoc's logo, which the page would fetch from another host, with its name. */
export const redoclyName: string = dataUrl(redocly);

function dataUrl(image: string): string {
  return `data:image/svg+xml;base64,${Buffer.from(image).toString("base64")}`;
}

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

const remoteLogos = ["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];

/**
 * Removes the last requests to other origins from a page of Redoc, and adds a Content Security Policy, so that the browser blocks a
 * request that is missed here or added by a later Redoc.
 */
export function selfContained(page: string): string {
  const local = remoteLogos.reduce((text, logo) => replace(text, logo, redoclyName), page);
  return replace(local, "CONTENT_SECURITY_POLICY", policy(local));
}

function policy(page: string): string {
  return [
    "default-src 'none'",
    `script-src ${inlineHashes(page, "script").join(" ")}`,
    // Redoc sets styles from its scripts.
    "style-src 'unsafe-inline'",
    "img-src data:",
    "font-src data:",
    "connect-src 'none'",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}

function replace(text: string, search: string, replacement: string): string {
  if (!text.includes(search)) {
    throw new Error(
      `The page of Redoc must contain ${search}, but does not. Adapt apps/docs/build/redoc.ts to this version of Redoc.`,
    );
  }
  return text.replaceAll(search, replacement);
}
