import { createHash } from "node:crypto";
import { isMap, isScalar, parseDocument, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { tokensOf, valueAt } from "./pointer.ts";
import { placeText, type ProblemLine, type Show } from "./problem.ts";
import type { SourceSnapshot } from "./sources.ts";

/** An action of an Overlay 1.0 document, as far as a translation uses it. */
export interface Action {
  target: string;
  update?: unknown;
  /** The hashes of the source texts that it translates; see `hashOf`. */
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

/** Adds its index to each update of an overlay, which shows where it was applied: Redocly does not report a target without a match. */
export function markActions(overlay: Overlay): Overlay {
  const actions = overlay.actions.map(({ target, update }, index) => ({
    target,
    update: { ...(update as object), [mark]: [index] },
  }));
  return { ...overlay, actions };
}

/** Removes the numbers from a document, as JSON, that a marked overlay was applied to, and returns what each action of the overlay matched. */
export function readMarks({ actions }: Overlay, translated: string): { applied: Applied[]; document: object } {
  const applied: Applied[] = actions.map((action) => ({ action, nodes: [] }));
  const document = JSON.parse(translated, function (this: object, key: string, value: unknown) {
    if (key !== mark) return value;
    for (const index of value as number[]) applied[index]!.nodes.push(this);
    return undefined;
  }) as object;
  return { applied, document };
}

/** The keyword of an overlay's action with the texts that it translates: the hash of the source text by the path in its `update`. */
export const sourceHashes = "x-sourceHashes";

/**
 * Returns the hash of a source text, eight letters. It includes the placeholders instead of their numbers, so that a changed limit does not make a translation
 * stale. Letters, because YAML would read some words of digits as numbers.
 *
 * @param texts The texts of all places that one translation is for.
 */
export function hashOf(texts: readonly string[]): string {
  const all = [...new Set(texts)].toSorted().join("\u0000");
  const bytes = createHash("sha256").update(all).digest().subarray(0, 8);
  return [...bytes].map((byte) => String.fromCharCode(97 + (byte % 26))).join("");
}

/** A text that needs a translation. */
export interface OpenText {
  /**
   * - `missing`: there is no translation, or it is still the source text
   * - `stale`: the translation is of an older source text
   * - `unsourced`: the translation has no hash of its source text; it is used
   */
  readonly state: "missing" | "stale" | "unsourced";
  /** JSON pointer in the bundle, of each place that the translation is for. */
  readonly at: readonly string[];
  /** The source text. */
  readonly text: string;
  /** The hash of the source text, as an action has it. */
  readonly hash: string;
  /** Index of the action that has the translation, and the path to it in its update. */
  readonly action?: { readonly index: number; readonly path: readonly string[] };
}

/** A text that needs a translation, with the message for a terminal. */
export interface ListedText extends OpenText {
  readonly message: string;
  /** Target of an action for the object that holds the text. */
  readonly target: string;
}

/** Keys by which an item of a list is known, whatever its place. */
const identities = ["code", "check", "name", "x-region"];

/**
 * Returns the text of an overlay with every text that needs a translation: in the source language, with its hash, in a new action or in the action of its
 * neighbours. An older translation is kept in a comment above. Such a text counts as translated only after it is changed.
 */
export function fillIn(overlay: string, open: readonly ListedText[]): string {
  const yaml = parseDocument(overlay);
  const actions = yaml.get("actions") as YAMLSeq<YAMLMap>;

  for (const { state, at, text, hash, action, target } of open) {
    if (action !== undefined) {
      const map = actions.items[action.index]!;
      if (state === "stale") replace(map.get("update") as YAMLMap, action.path, text);
      note(map, action.path.join("."), hash);
      continue;
    }
    const key = tokensOf(at[0]!).at(-1)!;
    let map = actions.items.find((item) => item.get("target") === target && isMap(item.get("update")));
    if (map === undefined) actions.add((map = yaml.createNode({ target, update: {} }) as YAMLMap));
    (map.get("update") as YAMLMap).set(key, text);
    note(map, key, hash);
  }
  return yaml.toString({ lineWidth: 0 });

  function note(map: YAMLMap, path: string, hash: string): void {
    if (!isMap(map.get(sourceHashes))) map.set(sourceHashes, yaml.createNode({}, { flow: true }));
    (map.get(sourceHashes) as YAMLMap).set(path, hash);
  }
}

/** Replaces an older translation by a text; the older one stays as a comment. */
function replace(update: YAMLMap, path: readonly string[], text: string): void {
  const holder = path.slice(0, -1).reduce<YAMLMap>((map, key) => map.get(key) as YAMLMap, update);
  const pair = holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))!;
  const older = String((pair.value as Scalar).value)
    .trim()
    .replaceAll(/^/gm, " ");
  (pair.key as Scalar).commentBefore = older;
  holder.set(pair.key, text);
}

/** Returns the target of an action for a node of the bundle, as JSONPath. Items of lists are found by their keys. */
export function targetOf(tokens: readonly string[], document: object): string {
  if (tokens[0] === "x-errors" && tokens.length === 3) {
    const entry = valueAt(document, tokens) as { readonly code: number };
    return `$['x-errors'].*[?@.code == ${entry.code}]`;
  }
  return tokens.reduce((path, token, index) => {
    const holder = valueAt(document, tokens.slice(0, index));
    return `${path}${Array.isArray(holder) ? itemStep(holder, Number(token)) : keyStep(token)}`;
  }, "$");
}

function keyStep(key: string): string {
  return /^[A-Za-z_]\w*$/.test(key) ? `.${key}` : `['${key}']`;
}

function itemStep(list: readonly unknown[], index: number): string {
  const item = Object(list[index]) as Record<string, unknown>;
  for (const key of identities) {
    const value = item[key];
    if (value === undefined || list.filter((other) => Object(other)[key] === value).length > 1) continue;
    const step = /^\w+$/.test(key) ? `@.${key}` : `@['${key}']`;
    return `[?${step} == ${typeof value === "number" ? value : `'${String(value)}'`}]`;
  }
  const withProperties = list.filter((other) => Object.hasOwn(Object(other), "properties"));
  return withProperties.length === 1 && withProperties[0] === item ? "[?@.properties]" : `[${index}]`;
}

/** A text that is the same in every language: its JSON pointer in the bundle, and where `untranslated.yaml` lists it. */
export interface UntranslatedText {
  readonly text: string;
  readonly at: string;
}

/** Reads `untranslated.yaml`, or returns its problems. */
export function readUntranslated(
  path: string,
  snapshot: SourceSnapshot,
  show: Show,
): { listed: UntranslatedText[]; problems: ProblemLine[] } {
  const listed: UntranslatedText[] = [];
  const problems: ProblemLine[] = [];
  const reject = (pointer: string, message: string): void => {
    problems.push(`${placeText({ source: snapshot.read(path), pointer: `#${pointer}` }, show)} ${message}`);
  };

  const groups = snapshot.parse(path);
  if (!Array.isArray(groups)) reject("/", "This is not a list. Write a list of entries with `reason` and `texts`.");
  for (const [index, group] of (Array.isArray(groups) ? groups : []).entries()) {
    const { reason, texts, ...others } = Object(group) as Record<string, unknown>;
    if (typeof reason !== "string" || !Array.isArray(texts) || Object.keys(others).length > 0) {
      reject(
        `/${index}`,
        "An entry has `reason`, a sentence, and `texts`, a list of JSON pointers, and nothing else. Write both.",
      );
      continue;
    }
    for (const [position, text] of texts.entries()) {
      const at = `/${index}/texts/${position}`;
      if (typeof text === "string" && text.startsWith("/")) listed.push({ text, at });
      else reject(at, "This is not a JSON pointer. Write the place of a text in the bundle, such as `/info/title`.");
    }
  }
  return { listed, problems };
}
