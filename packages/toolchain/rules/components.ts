import type { Location } from "./redocly.ts";

/** Whether a place is a component: a whole file of the source, or an entry under `components` of the bundle. */
export function isComponent(location: Location): boolean {
  return location.pointer === "#/" || /^#\/components\/[^/]+\/[^/]+$/.test(location.pointer);
}
