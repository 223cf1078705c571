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
    const text = readFileSync(overlay, "utf8");
    const copy = join(folder, "overlay.yaml");
    const output = join(folder, "openapi.json");
    writeFileSync(copy, markActions(text));
    applyOverlay(copy, output);
    return readMarks(text, readFileSync(output, "utf8")).applied;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The text of an overlay whose updates also leave their number where they are applied. */
export function markActions(overlay: string): string {
  const content = parse(overlay) as { actions: Action[] };
  const actions = content.actions.map(({ target, update }, index) => ({
    target,
    update: { ...(update as object), [mark]: [index] },
  }));
  return stringify({ ...content, actions });
}

/** Takes the numbers out of a document, as JSON, that a marked overlay was applied to, and says what each action of the overlay matched. */
export function readMarks(overlay: string, translated: string): { applied: Applied[]; document: object } {
  const { actions } = parse(overlay) as { actions: Action[] };
  const applied: Applied[] = actions.map((action) => ({ action, nodes: [] }));
  const document = JSON.parse(translated, function (this: object, key: string, value: unknown) {
    if (key !== mark) return value;
    for (const index of value as number[]) applied[index]!.nodes.push(this);
    return undefined;
  }) as object;
  return { applied, document };
}
