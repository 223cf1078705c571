/** What changed between two bundles of the description, who breaks and what to do. For the gate, and for a page of changes. */
export { compareDescriptions, largestBump, type Change } from "./compare.ts";
export { lastReleased, releasedVersions, type Released } from "./released.ts";
export { renderChanges, renderChangeset } from "./render.ts";
export { rows, type Bump, type Row } from "./rows.ts";
export type { Kind } from "./kinds.ts";
