import { readFileSync } from "node:fs";
import { join } from "node:path";
import { compareDescriptions, type Change } from "@contact-groups/toolchain/breaking/compare";
import { releasedVersions } from "@contact-groups/toolchain/breaking/released";
import { repository } from "../repository.ts";
import { type Bundle, bundleOf } from "./bundle.ts";

/** A released version of the description. */
export interface Release {
  readonly version: string;
  /** The bundle as it was released. */
  readonly bundle: Bundle;
  /** What it changed; undefined for the first. */
  readonly changes: readonly Change[] | undefined;
}

// Tests name a folder of their own.
const folder = process.env["DOCS_RELEASED"] ?? join(repository, "openapi/released");

/** Every release, the newest first. */
export const releases: readonly Release[] = read();

/** What the description of today changes since the last release; undefined when nothing was released. */
export const unreleased: readonly Change[] | undefined =
  releases[0] && compareDescriptions(releases[0].bundle, bundleOf("en"));

/** Path of a release's Redoc page. */
export function releasePage(version: string): string {
  return `versions/${version}/`;
}

function read(): Release[] {
  const bundles = releasedVersions(folder).map((version) => ({
    version,
    bundle: JSON.parse(readFileSync(join(folder, version, "openapi.json"), "utf8")) as Bundle,
  }));
  return bundles
    .map(({ version, bundle }, index) => {
      const before = bundles[index - 1];
      return { version, bundle, changes: before && compareDescriptions(before.bundle, bundle) };
    })
    .toReversed();
}
