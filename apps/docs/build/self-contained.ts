import { createHash } from "node:crypto";
import { redoclyName } from "./icon.ts";

const remoteLogos = ["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];

/**
 * Takes the last requests to other origins out of a page made by Redoc, and closes it with a Content Security Policy, so that a
 * request that is overlooked here, or added by a later Redoc, is refused by the browser.
 */
export function selfContained(page: string): string {
  const local = remoteLogos.reduce((text, logo) => replace(text, logo, redoclyName), page);
  return replace(local, "CONTENT_SECURITY_POLICY", contentSecurityPolicy(local));
}

function contentSecurityPolicy(page: string): string {
  const scripts = [...page.matchAll(/<script(?<attributes>[^>]*)>(?<code>[\s\S]*?)<\/script>/g)];
  const hashes = scripts.map(
    ({ groups }) => `'sha256-${createHash("sha256").update(groups!["code"]!).digest("base64")}'`,
  );
  return [
    "default-src 'none'",
    `script-src ${hashes.join(" ")}`,
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
      `The page that Redoc made does not hold ${search}: adjust apps/docs/build to this version of Redoc.`,
    );
  }
  return text.replaceAll(search, replacement);
}
