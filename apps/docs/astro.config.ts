import starlight from "@astrojs/starlight";
import type { AstroUserConfig } from "astro";
import { hostFiles } from "./build/host-files.ts";
import { inlineCodeFiles } from "./build/inline-code-files.ts";
import { redocScript } from "./build/redoc-script.ts";
import { securityPolicy } from "./build/security-policy.ts";
import { hasHistory } from "./src/last-updated.ts";
import { languages, locales } from "./src/locales.ts";
import { repository } from "./src/repository.ts";
import { sidebar } from "./src/sidebar.ts";
import { faviconName, siteOptions } from "./src/site-options.ts";
import { wordsOf } from "./src/words/words.ts";

// Every program that builds or serves the site loads this file first. Without these, Astro reports each build and looks for newer versions.
process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
process.env["ASTRO_DISABLE_UPDATE_CHECK"] = "true";

const { site, base, title, logo, favicon, theme, editLink } = siteOptions;

// Small modules that the scripts of most pages share: in one file, they are one request.
const sharedByScripts = /\/src\/(?:components\/copy-text|console\/(?:element|permalink))\.ts$|preload-helper/;

const config: AstroUserConfig = {
  site,
  base,
  trailingSlash: "always",
  // A page is painted when its styles are there: in a file of their own they are one more round trip before the first page can be read.
  build: { inlineStylesheets: "always" },
  vite: {
    plugins: [redocScript()],
    define: { REPOSITORY: JSON.stringify(repository), SITE_OPTIONS: JSON.stringify(siteOptions) },
    // A native module, which the tabs of Starlight parse HTML with.
    ssr: { external: ["satteri"] },
    // Astro writes directives of its own into modules, which the bundler does not know.
    // Redoc is one file of 2.3 MB.
    build: {
      chunkSizeWarningLimit: 2500,
      rolldownOptions: {
        checks: { moduleLevelDirective: false },
        output: { codeSplitting: { groups: [{ name: "shared", test: sharedByScripts }] } },
      },
    },
  },
  // The head has rules for the browser to do this, which need no script.
  prefetch: false,
  devToolbar: { enabled: false },
  integrations: [
    starlight({
      title: title ?? Object.fromEntries(languages.map(({ lang }) => [lang, wordsOf(lang)("site")])),
      ...(logo && { logo }),
      defaultLocale: "root",
      locales,
      favicon: `/${faviconName(favicon)}`,
      lastUpdated: hasHistory(repository),
      ...(editLink !== undefined && { editLink: { baseUrl: `${editLink}apps/docs/` } }),
      ...(siteOptions.repository !== undefined && { social: [repositoryLink(siteOptions.repository)] }),
      disable404Route: true,
      credits: false,
      customCss: ["./src/styles/theme.css", "./src/styles/site.css", ...(theme === undefined ? [] : [theme])],
      components: {
        EditLink: "./src/components/EditLink.astro",
        Footer: "./src/components/Footer.astro",
        Head: "./src/components/Head.astro",
        PageTitle: "./src/components/PageTitle.astro",
        Search: "./src/components/Search.astro",
        SiteTitle: "./src/components/SiteTitle.astro",
      },
      routeMiddleware: "./src/route-data.ts",
      sidebar,
    }),
    hostFiles(),
    inlineCodeFiles(),
    securityPolicy(),
  ],
};

function repositoryLink(href: string): { icon: "github" | "gitlab" | "seti:git"; label: string; href: string } {
  const { hostname } = new URL(href);
  const icon = hostname === "github.com" ? "github" : hostname.includes("gitlab") ? "gitlab" : "seti:git";
  return { icon, label: hostname, href };
}

export default config;
