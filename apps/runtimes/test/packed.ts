import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { packBuilt } from "@contact-groups/testing/projects";

const require = createRequire(import.meta.url);

/** Folder of this package, whose dependencies are linked into projects. */
export const root: string = fileURLToPath(new URL("..", import.meta.url));

/** Folders of the packages that are tried. */
export const clientFolder: string = dirname(require.resolve("@contact-groups/client/package.json"));
export const emulatorFolder: string = dirname(require.resolve("@contact-groups/emulator/package.json"));

const manifest: Manifest = JSON.parse(readFileSync(join(clientFolder, "package.json"), "utf8"));
interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, unknown>>;
  readonly peerDependencies: Readonly<Record<string, string>>;
}

/** What a program imports to get each entry of the client. */
export const entries: readonly string[] = Object.keys(manifest.exports)
  .filter((entry) => entry !== "./package.json")
  .map((entry) => `${manifest.name}${entry.slice(1)}`);

/** Packages that a user of some entries installs in addition. */
export const peers: readonly string[] = Object.keys(manifest.peerDependencies);

/** The client as it is published. */
export interface Packed {
  readonly tarball: string;
  remove(): void;
}

/** Packs the client in a temporary folder. */
export async function packClient(): Promise<Packed> {
  const folder = mkdtempSync(join(tmpdir(), "packed-"));
  return {
    tarball: await packBuilt(clientFolder, folder),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
