/** An action of an Overlay 1.0 document, as far as a translation uses it. */
export interface Action {
  target: string;
  update?: unknown;
  /** The source texts that it translates; see `source-hash.ts`. */
  "x-sourceHashes"?: Readonly<Record<string, string>>;
}

/** An Overlay 1.0 document, as far as a translation uses it. */
export interface Overlay {
  actions: Action[];
}

/** An action, and the nodes of the translated document that its target matched. */
export interface Applied {
  action: Action;
  nodes: object[];
}

const mark = "x-appliedActions";

/** An overlay whose updates also leave their number where they are applied: Redocly says nothing of a target that matches nothing. */
export function markActions(overlay: Overlay): Overlay {
  const actions = overlay.actions.map(({ target, update }, index) => ({
    target,
    update: { ...(update as object), [mark]: [index] },
  }));
  return { ...overlay, actions };
}

/** Takes the numbers out of a document, as JSON, that a marked overlay was applied to, and says what each action of the overlay matched. */
export function readMarks({ actions }: Overlay, translated: string): { applied: Applied[]; document: object } {
  const applied: Applied[] = actions.map((action) => ({ action, nodes: [] }));
  const document = JSON.parse(translated, function (this: object, key: string, value: unknown) {
    if (key !== mark) return value;
    for (const index of value as number[]) applied[index]!.nodes.push(this);
    return undefined;
  }) as object;
  return { applied, document };
}
