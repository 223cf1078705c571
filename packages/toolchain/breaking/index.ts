/** What changed between two bundles of the description, who breaks and what to do, for the site's page of changes. */
export { compareDescriptions, type Change } from "./compare.ts";
export { releasedVersions } from "./released.ts";
