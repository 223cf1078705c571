/** Addresses within the page: `#/calls/12?app=1400000000`. */

/** The views, with their titles. */
export const views = {
  calls: "Calls",
  state: "State",
  faults: "Faults",
  clock: "Clock",
  settings: "Settings",
  apps: "Apps",
} as const;

/** Name of a view. */
export type View = keyof typeof views;

/** What an address shows. */
export interface Route {
  readonly view: View;
  /** What the view shows: the number of a call, a UserID, a setting; `""` for nothing. */
  readonly rest: string;
  /** The app that is shown alone; undefined for all. */
  readonly sdkAppId: number | undefined;
}

/** Reads the part of an address after `#`. */
export function readRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#?\/?/, "").split("?", 2);
  const [view = "", ...rest] = path.split("/");
  const sdkAppId = Number(new URLSearchParams(query).get("app"));
  return {
    view: Object.hasOwn(views, view) ? (view as View) : "calls",
    rest: decode(rest.join("/")),
    sdkAppId: Number.isSafeInteger(sdkAppId) && sdkAppId > 0 ? sdkAppId : undefined,
  };
}

/** Returns the address of a view. */
export function hrefOf({ view, rest, sdkAppId }: Route): string {
  const part = rest === "" ? "" : `/${encodeURIComponent(rest)}`;
  return `#/${view}${part}${sdkAppId === undefined ? "" : `?app=${sdkAppId}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
