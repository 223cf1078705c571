import type { Bundle, BundleServer } from "./bundle.ts";
import { toKey, toSource } from "./to-source.ts";

/** Renders the base URL of each region. A legacy region is marked as deprecated. */
export function renderServers(bundle: Bundle): string {
  const lines = bundle.servers.flatMap((server) => {
    const region = server["x-region"];
    return region === undefined ? [] : [`  /** ${comment(server)} */\n  ${toKey(region)}: ${toSource(server.url)},\n`];
  });

  return `/** Base URL of the service in each region. */
export const regions = {
${lines.join("")}} as const;

/** A region of the service. An app's data is in one of them, chosen when the app was made. */
export type Region = keyof typeof regions;
`;
}

function comment(server: BundleServer): string {
  return server["x-status"] === "legacy" ? `@deprecated ${server.description}` : server.description;
}
