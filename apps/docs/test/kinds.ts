import { globSync } from "node:fs";
import { sep } from "node:path";
import { dist } from "./site.ts";

/** Paths of all pages of the built site, in all languages. */
export const builtPages: readonly string[] = globSync("**/*.html", { cwd: dist })
  .map((file) => file.replaceAll(sep, "/").replace(/(^|\/)index\.html$/, "$1"))
  .toSorted();

/** Widths of a phone, a tablet and a desktop, in CSS pixels. */
export const widths = [360, 768, 1440] as const;

/** Matches what may be scrolled sideways on a phone, the tabs of a block of code, or shortens its texts, which Redoc does with the hosts of servers. */
export const exempt = ".tablist-wrapper, .tablist-wrapper *, #redoc *";

/** A kind of pages: all that one template makes. The guides share theirs, and each has content of its own. */
export interface Kind {
  readonly name: string;
  /** Matches the English paths of the kind. */
  readonly pattern: RegExp;
  /** The page that stands for the kind in tests. */
  readonly sample: string;
  /** The score that Lighthouse gives at least, from 0 to 100, in each category but performance. */
  readonly lighthouse: number;
  /** Whether a search engine is to list its pages. */
  readonly listed: boolean;
}

/** Every kind of pages. `kinds.test.ts` fails for a page that is of none. */
export const kinds: readonly Kind[] = [
  { name: "home", pattern: /^$/ },
  { name: "guides", pattern: /^guides\/$/ },
  { name: "guide", pattern: /^guides\/[^/]+\/$/, sample: "guides/limits-and-partial-failure/" },
  { name: "operation", pattern: /^reference\/[^/]+\/$/, sample: "reference/create_contact_group/" },
  { name: "Redoc", pattern: /^reference\/$/ },
  { name: "errors", pattern: /^errors\/$/ },
  { name: "error", pattern: /^errors\/\d+\/$/, sample: "errors/51008/" },
  { name: "console", pattern: /^console\/$/ },
  { name: "downloads", pattern: /^downloads\/$/ },
  { name: "contract-tests", pattern: /^contract-tests\/$/ },
  { name: "404", pattern: /^404\.html$/, listed: false },
].map((kind) => ({
  lighthouse: 95,
  listed: true,
  sample: builtPages.find((page) => kind.pattern.test(page)) ?? kind.name,
  ...kind,
}));

/** The kinds whose pages are this site's own from the first element to the last. That of Redoc has tests of its own, and those of pictures, policy and scores. */
export const ownKinds: readonly Kind[] = kinds.filter(({ name }) => name !== "Redoc");

/** Matches the pages that only a site with released versions has. `base-and-releases.test.ts` opens them. */
export const ofReleases: RegExp = /^(?:changes|versions\/[^/]+)\/$/;

/** Splits a path into the folder of its language, such as `ja/`, and the rest. */
export function languageOf(path: string): { readonly folder: string; readonly page: string } {
  const [folder = ""] = /^(?:zh-cn|ja)\//.exec(path) ?? [];
  return { folder, page: path.slice(folder.length) };
}
