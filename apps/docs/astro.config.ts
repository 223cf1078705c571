import starlight from "@astrojs/starlight";
import type { AstroUserConfig } from "astro";
import { markdownTwins } from "./build/markdown-twins.ts";
import { redocPages } from "./build/redoc-pages.ts";
import { securityPolicy } from "./build/security-policy.ts";
import { codeBlocks } from "./src/code-blocks.ts";
import { locales } from "./src/locales.ts";
import { repository } from "./src/repository.ts";
import { sidebar } from "./src/sidebar.ts";

// Every program that builds or serves the site loads this file first. Without these, Astro reports each build and looks for newer versions.
process.env["ASTRO_TELEMETRY_DISABLED"] = "1";
process.env["ASTRO_DISABLE_UPDATE_CHECK"] = "true";

/** Where the site will be. Only canonical links, hreflang and the sitemap need to know; the rest is the same anywhere. */
const site = process.env["DOCS_SITE"] ?? "http://localhost:8080";
const base = process.env["DOCS_BASE"] ?? "/";

const config: AstroUserConfig = {
  site,
  base,
  trailingSlash: "always",
  // A page is painted when its styles are there: in a file of their own they are one more round trip before the first page can be read.
  build: { inlineStylesheets: "always" },
  vite: {
    define: { REPOSITORY: JSON.stringify(repository) },
    // Astro writes directives of its own into modules, which the bundler does not know.
    build: { rolldownOptions: { checks: { moduleLevelDirective: false } } },
  },
  devToolbar: { enabled: false },
  integrations: [
    starlight({
      title: { en: "Contact Groups", "zh-CN": "Contact Groups", ja: "Contact Groups" },
      defaultLocale: "root",
      locales,
      favicon: "/favicon.svg",
      pagination: false,
      disable404Route: true,
      expressiveCode: codeBlocks,
      credits: false,
      customCss: ["./src/styles/site.css"],
      components: { Head: "./src/components/Head.astro" },
      sidebar,
    }),
    securityPolicy(),
    redocPages(),
    markdownTwins(),
  ],
};

export default config;
