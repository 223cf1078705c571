import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { installPinned } from "@contact-groups/testing/install";

/** Peers that nothing but these comparisons needs. */
export interface Peers {
  /** The folder that holds their packages. */
  readonly modules: string;
  readonly versions: Readonly<Record<string, string>>;
}

/** Installs the packages of `peers/package.json`, unless they are there. */
export async function installPeers(): Promise<Peers> {
  const pins = readFileSync(new URL("../peers/package.json", import.meta.url), "utf8");
  const folder = fileURLToPath(new URL("../node_modules/.cache/peers/", import.meta.url));
  await installPinned(pins, folder);
  const { dependencies: versions } = JSON.parse(pins) as { readonly dependencies: Peers["versions"] };
  return { modules: `${folder}node_modules`, versions };
}
