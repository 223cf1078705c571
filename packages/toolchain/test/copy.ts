import { cpSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { onTestFinished } from "vitest";

/** Copies a description so that it can be written to. Its rules are where they are in the repository. */
export function copy(description: string): string {
  // Inside the package, where its rules are found, and where no other tool looks.
  const copies = fileURLToPath(new URL("../.copies", import.meta.url));
  mkdirSync(copies, { recursive: true });
  const root = mkdtempSync(join(copies, "scaffold-"));
  onTestFinished(() => rmSync(root, { recursive: true }));
  const folder = join(root, "openapi");
  cpSync(description, folder, { recursive: true, filter: (path) => !/[\\/](dist|node_modules|\.turbo)$/.test(path) });
  return folder;
}
