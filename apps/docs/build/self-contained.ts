import { redoclyName } from "./icon.ts";
import { inlineHashes } from "./security-policy.ts";

const remoteLogos = ["https://cdn.redoc.ly/redoc/logo-mini-full.svg", "https://cdn.redoc.ly/redoc/logo-mini.svg"];

/**
 * Takes the last requests to other origins out of a page made by Redoc, and closes it with a Content Security Policy, so that a
 * request that is overlooked here, or added by a later Redoc, is refused by the browser.
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
      `The page that Redoc made does not hold ${search}: adjust apps/docs/build to this version of Redoc.`,
    );
  }
  return text.replaceAll(search, replacement);
}
