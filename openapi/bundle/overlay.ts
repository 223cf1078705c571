import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse, stringify } from "yaml";
import { redocly } from "./redocly.ts";

/** An action of an Overlay 1.0 document, as far as a translation uses it. */
export interface Action {
  target: string;
  update?: unknown;
}

/** An action, and the nodes of the translated document that its target matched. */
export interface Applied {
  action: Action;
  nodes: object[];
}

const mark = "x-appliedActions";

/**
 * Applies an overlay to the bundle in `dist/openapi.yaml` and writes the result. Decorator `failure-examples` has done its part in the bundle: what
 * the service answers is in no language but its own.
 */
export function applyOverlay(overlay: string, output: string): void {
  const options = ["--overlay", overlay, "--output", output, "--skip-decorator", "contact-groups/failure-examples"];
  redocly("bundle", "dist/openapi.yaml", ...options);
}

/**
 * What each action of an overlay matches. Redocly says nothing of a target that matches nothing, so each update of a copy also leaves its number
 * where it was applied.
 */
export function appliedActions(overlay: string): Applied[] {
  const folder = mkdtempSync(join(tmpdir(), "overlay-"));
  try {
    const content = parse(readFileSync(overlay, "utf8")) as { actions: Action[] };
    const actions = content.actions.map(({ target, update }, index) => ({
      target,
      update: { ...(update as object), [mark]: [index] },
    }));
    const copy = join(folder, "overlay.yaml");
    const output = join(folder, "openapi.json");
    writeFileSync(copy, stringify({ ...content, actions }));
    applyOverlay(copy, output);

    const applied: Applied[] = content.actions.map((action) => ({ action, nodes: [] }));
    JSON.parse(readFileSync(output, "utf8"), function (this: object, key: string, value: unknown) {
      if (key !== mark) return value;
      for (const index of value as number[]) applied[index]!.nodes.push(this);
      return undefined;
    });
    return applied;
  } finally {
    rmSync(folder, { recursive: true });
  }
}
