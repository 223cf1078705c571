import { isMap, isScalar, parseDocument, type Scalar, type YAMLMap, type YAMLSeq } from "yaml";
import { tokensOf } from "./places.ts";
import { sourceHashes } from "./source-hash.ts";
import type { Untold } from "./translations.ts";

/** Keys by which an item of a list is known, whatever its place. */
const identities = ["code", "check", "name", "x-region"];

/**
 * The text of an overlay with everything in it that somebody has to translate: each text in the source language, with its hash, in an action of its own or
 * of its neighbours. An older translation is kept in a comment above. What is written so does not count as translated until it is.
 */
export function fillIn(overlay: string, open: readonly Untold[]): string {
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

/** Puts a text into the place of an older translation, which stays as a comment. */
function replace(update: YAMLMap, path: readonly string[], text: string): void {
  const holder = path.slice(0, -1).reduce<YAMLMap>((map, key) => map.get(key) as YAMLMap, update);
  const pair = holder.items.find(({ key }) => isScalar(key) && key.value === path.at(-1))!;
  const older = String((pair.value as Scalar).value)
    .trim()
    .replaceAll(/^/gm, " ");
  (pair.key as Scalar).commentBefore = older;
  holder.set(pair.key, text);
}

/** The target of an action for a node of the bundle, as JSONPath. Items of lists are found by what they are. */
export function targetOf(tokens: readonly string[], document: object): string {
  if (tokens[0] === "x-errors" && tokens.length === 3) {
    const entry = nodeAt(tokens, document) as { readonly code: number };
    return `$['x-errors'].*[?@.code == ${entry.code}]`;
  }
  return tokens.reduce((path, token, index) => {
    const holder = nodeAt(tokens.slice(0, index), document);
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

function nodeAt(tokens: readonly string[], document: object): unknown {
  return tokens.reduce<any>((node, token) => node[token], document);
}
