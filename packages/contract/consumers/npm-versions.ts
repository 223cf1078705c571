import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { installPinned } from "@contact-groups/testing/install";
import manifest from "../package.json" with { type: "json" };
import runtimes from "@contact-groups/testing/runtimes.json" with { type: "json" };

const folder = fileURLToPath(new URL("../.runtimes/", import.meta.url));

/** The npm that comes with each Node.js that the package runs on: for 24 an early one, since later ones are less strict. */
export const npmVersions: Readonly<Record<string, string>> = {
  "node-20": "10.8.2",
  "node-22": "10.9.4",
  "node-24": "11.4.2",
};

const lowest = manifest.engines.node.replace(/^>=/, "");

/** The versions of Node.js that the client's package is tried in, and the lowest that this package allows, by the names of their packages. */
const dependencies: Readonly<Record<string, string>> = {
  [`node-${lowest}`]: `npm:node@${lowest}`,
  ...runtimes.dependencies,
};
export const nodes: readonly string[] = Object.keys(dependencies).filter((name) => name.startsWith("node-"));

/** Installs each npm and each Node.js, unless they are there. */
export async function installNpmVersions(): Promise<void> {
  const pins = {
    private: true,
    dependencies: {
      ...Object.fromEntries(nodes.map((name) => [name, dependencies[name]])),
      ...Object.fromEntries(
        Object.entries(npmVersions).map(([node, version]) => [`npm-of-${node}`, `npm:npm@${version}`]),
      ),
    },
    // Puts the binary in place.
    allowScripts: { node: true },
  };
  await installPinned(JSON.stringify(pins, null, 2), folder);
}

/** The script of the npm that comes with a Node.js. */
export function npmOf(node: string): string {
  return join(folder, "node_modules", `npm-of-${node}`, "bin/npm-cli.js");
}

export function binaryOf(node: string): string {
  return join(folder, "node_modules", node, "bin", process.platform === "win32" ? "node.exe" : "node");
}
