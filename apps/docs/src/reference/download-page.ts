import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { type Lang, linkTo } from "../locales.ts";
import { siteOptions } from "../site-options.ts";
import { bundleFile, bundleName, downloads, type Format } from "./bundle.ts";

/** What the page of the downloads and its Markdown twin say. */
export interface DownloadPage {
  readonly files: readonly DownloadFile[];
  /** Commands that use the description in a language, by the word that says what for. */
  readonly uses: readonly { readonly word: "useClient" | "useLint"; readonly code: string }[];
  /** A checksum of each file, as `sha256sum` writes and reads them. */
  readonly checksums: string;
}

/** A file of the description. */
export interface DownloadFile {
  readonly lang: Lang;
  readonly label: string;
  readonly format: Format;
  readonly name: string;
  readonly bytes: number;
}

/** Returns what can be downloaded, and what to do with it. */
export function downloadPage(lang: Lang): DownloadPage {
  const files = downloads.map((download) => ({
    ...download,
    name: bundleName(download.lang, download.format),
    content: readFileSync(bundleFile(download.lang, download.format)),
  }));
  const url = new URL(linkTo(undefined, `downloads/${bundleName(lang, "yaml")}`), siteOptions.site).href;
  return {
    files: files.map(({ content, ...file }) => ({ ...file, bytes: content.length })),
    uses: [
      { word: "useClient", code: `npx openapi-typescript ${url} --output api.ts` },
      { word: "useLint", code: `npx @redocly/cli lint ${url}` },
    ],
    checksums: files
      .map(({ content, name }) => `${createHash("sha256").update(content).digest("hex")}  ${name}`)
      .join("\n"),
  };
}
