import { fileURLToPath } from "node:url";

// Astro bundles this module and runs it from elsewhere. astro.config.ts gives the bundle this constant.
declare const REPOSITORY: string | undefined;

/** Absolute path of the repository's root, whatever the working directory is. */
export const repository: string =
  typeof REPOSITORY === "string" ? REPOSITORY : fileURLToPath(new URL("../../..", import.meta.url));
