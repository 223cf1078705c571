import { spawn } from "node:child_process";
import { once } from "node:events";
import { text } from "node:stream/consumers";
import { copyDescription, type Edit } from "./copy.ts";

/** How `pnpm bundle` ended, and what it printed. */
export interface Ended {
  code: number;
  output: string;
  errors: string;
}

/**
 * Makes the edits (by file) in a copy of the description and bundles it there.
 *
 * @example
 * const { code, errors } = await bundleCopy({ "overlays/ja.yaml": (overlay) => overlay.actions.pop() });
 */
export async function bundleCopy(edits: Record<string, Edit>): Promise<Ended> {
  const folder = await copyDescription(edits);
  const bundling = spawn(process.execPath, ["bundle/main.ts"], { cwd: folder, stdio: ["ignore", "pipe", "pipe"] });
  const [output, errors, [code]] = await Promise.all([
    text(bundling.stdout),
    text(bundling.stderr),
    once(bundling, "close"),
  ]);
  return { code, output, errors };
}
