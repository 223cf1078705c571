import { dirname, extname, join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import defaults from "../site.config.ts";
import type { Lang } from "./locales.ts";
import { repository } from "./repository.ts";

/** What a host can set. Paths of files are relative to the file that has the options. */
export interface SiteOptions {
  /**
   * Origin of the host, for canonical links, `hreflang`, the sitemap and JSON-LD. The environment variable `DOCS_SITE` replaces it.
   * @default "http://localhost:8080"
   */
  readonly site?: string;
  /**
   * Path under which the site is, such as `/chat/`. The environment variable `DOCS_BASE` replaces it.
   * @default "/"
   */
  readonly base?: string;
  /**
   * Name of the site in the header and after the title of each page: one for all languages, or one for each.
   * @default The name of the API.
   */
  readonly title?: string | Readonly<Record<Lang, string>>;
  /**
   * Image in the header: one file, or one for each colour scheme. An SVG keeps its size small.
   * @default The site's own.
   */
  readonly logo?: Logo;
  /**
   * Icon of the site in the browser, an SVG, PNG or ICO file.
   * @default The site's own.
   */
  readonly favicon?: string;
  /** Colour of links, buttons and the current entry of the menu, as `#` and six hexadecimal digits. Each needs a contrast of 4.5 with the background. */
  readonly accent?: Accent;
  /** CSS file that is loaded after `src/styles/theme.css`, to set any of its tokens. */
  readonly theme?: string;
  /**
   * Address of the repository, for the link in the header. The environment variable `DOCS_REPOSITORY` replaces it.
   * @example "https://github.com/example/contact-groups"
   */
  readonly repository?: string;
  /**
   * What stands before the path of a file of the repository in the address at which it is edited.
   * @default "REPOSITORY/edit/main/" if the repository is on GitHub.
   */
  readonly editLink?: string;
  /**
   * Address at which a reader reports an error of a page. `{title}` and `{url}` are replaced by those of the page.
   * @default A new issue if the repository is on GitHub.
   */
  readonly feedback?: string;
  /** Image that is shown where a page is shared, a PNG or JPEG file of 1200 × 630 pixels. */
  readonly socialImage?: string;
}

/** Image in the header. */
export type Logo = { readonly alt?: string; readonly replacesTitle?: boolean } & (
  | { readonly src: string }
  | { readonly light: string; readonly dark: string }
);

/** A colour for each colour scheme. */
export interface Accent {
  readonly light: string;
  readonly dark: string;
}

/** Options with their defaults and absolute paths. */
export type ResolvedOptions = SiteOptions & Required<Pick<SiteOptions, "site" | "base">>;

/** Colours of the page behind the accent, as in `src/styles/theme.css`. */
export const backgrounds: Accent = { light: "#ffffff", dark: "#0f1517" };

const known: Readonly<Record<keyof SiteOptions, true>> = {
  site: true,
  base: true,
  title: true,
  logo: true,
  favicon: true,
  accent: true,
  theme: true,
  repository: true,
  editLink: true,
  feedback: true,
  socialImage: true,
};

/**
 * Checks options and fills in the defaults.
 * @param folder Folder to which the paths of files are relative.
 * @param replaced Values that replace those of the options, where they are given.
 * @throws {Error} If an option is unknown or unusable.
 */
export function resolveOptions(
  options: SiteOptions,
  folder: string,
  replaced: { readonly [Name in "site" | "base" | "repository"]?: string | undefined } = {},
): ResolvedOptions {
  for (const name of Object.keys(options))
    if (!(name in known)) throw new Error(`The option ${name} is unknown. Known are ${Object.keys(known).join(", ")}.`);
  const { logo, favicon, theme, socialImage, accent } = options;
  if (accent) for (const scheme of ["light", "dark"] as const) checkContrast(scheme, accent[scheme]);
  const file = (path: string): string => resolve(folder, path);
  const site = replaced.site ?? options.site ?? "http://localhost:8080";
  const base = replaced.base ?? options.base ?? "/";
  const address = (replaced.repository ?? options.repository)?.replace(/\/$/, "");
  const isOnGitHub = address?.startsWith("https://github.com/");
  const editLink = options.editLink ?? (isOnGitHub ? `${address}/edit/main/` : undefined);
  const feedback = options.feedback ?? (isOnGitHub ? `${address}/issues/new?title={title}&body={url}` : undefined);
  for (const [name, url] of Object.entries({ site, repository: address, editLink, feedback }))
    if (url !== undefined && !URL.canParse(url)) throw new Error(`The option ${name} must be a URL, but is ${url}.`);
  return {
    ...options,
    site,
    base,
    ...(address !== undefined && { repository: address }),
    ...(editLink !== undefined && { editLink: editLink.replace(/\/?$/, "/") }),
    ...(feedback !== undefined && { feedback }),
    ...(favicon !== undefined && { favicon: file(favicon) }),
    ...(theme !== undefined && { theme: file(theme) }),
    ...(socialImage !== undefined && { socialImage: file(socialImage) }),
    ...(logo && {
      logo:
        "src" in logo ? { ...logo, src: file(logo.src) } : { ...logo, light: file(logo.light), dark: file(logo.dark) },
    }),
  };
}

/** Name of the social image's file on the site. */
export function socialImageName(image: string): string {
  return `social-image${extname(image)}`;
}

/** Name of the icon's file on the site. */
export function faviconName(icon: string | undefined): string {
  return `favicon${icon === undefined ? ".svg" : extname(icon)}`;
}

function checkContrast(scheme: keyof Accent, color: string): void {
  const contrast = contrastOf(color, backgrounds[scheme]);
  if (contrast < 4.5)
    throw new Error(
      `accent.${scheme} is ${color}, which has a contrast of ${contrast.toFixed(2)} with the background ${backgrounds[scheme]}. WCAG AA needs 4.5.`,
    );
}

/** Returns the contrast of two colours as WCAG defines it. */
export function contrastOf(one: string, other: string): number {
  const [darker = 0, lighter = 0] = [luminance(one), luminance(other)].toSorted((a, b) => a - b);
  return (lighter + 0.05) / (darker + 0.05);
}

function luminance(color: string): number {
  if (!/^#[\da-f]{6}$/i.test(color))
    throw new Error(`A colour must be written as # and six hexadecimal digits, but is ${color}.`);
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((index) => {
    const part = Number.parseInt(color.slice(index, index + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

// Astro bundles this module and runs it from elsewhere. astro.config.ts gives the bundle this constant.
declare const SITE_OPTIONS: ResolvedOptions | undefined;

/** The options of this build. */
export const siteOptions: ResolvedOptions = typeof SITE_OPTIONS === "object" ? SITE_OPTIONS : await readOptions();

async function readOptions(): Promise<ResolvedOptions> {
  const { DOCS_CONFIG: own, DOCS_SITE: site, DOCS_BASE: base, DOCS_REPOSITORY } = process.env;
  const replaced = { site, base, repository: DOCS_REPOSITORY };
  if (own === undefined) return resolveOptions(defaults, join(repository, "apps/docs"), replaced);
  const file = resolve(repository, own);
  const module = (await import(/* @vite-ignore */ pathToFileURL(file).href)) as { default?: SiteOptions };
  if (typeof module.default !== "object")
    throw new Error(`DOCS_CONFIG names ${file}, which must export the options as default.`);
  return resolveOptions(module.default, dirname(file), replaced);
}
