import { copyFileSync } from "node:fs";
import type { AstroIntegration } from "astro";
import { faviconName, siteOptions, socialImageName } from "../src/site-options.ts";

/** Copies the files that the host's options name into the built site. */
export function hostFiles(): AstroIntegration {
  return {
    name: "host-files",
    hooks: {
      "astro:build:done": ({ dir }) => {
        const { favicon, socialImage } = siteOptions;
        if (favicon !== undefined) copyFileSync(favicon, new URL(faviconName(favicon), dir));
        if (socialImage !== undefined) copyFileSync(socialImage, new URL(socialImageName(socialImage), dir));
      },
    },
  };
}
