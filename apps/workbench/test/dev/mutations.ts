import { isMap, isPair, isScalar, parse, parseDocument, visit } from "yaml";

/** Random numbers from 0 to 1 that are the same each time. */
export type Random = () => number;

/** Changes a file as somebody who slips would, or gives `undefined` where the file has no place for that slip. */
export type Mutation = (text: string, random: Random) => Uint8Array | string | undefined;

/** Slips of the keyboard or of an editor. */
const ofText: Readonly<Record<string, Mutation>> = {
  "a tab for indentation": (text, random) =>
    changeLine(text, random, /^ +\S/, (line) => line.replace(/^ +/, (spaces) => "\t".repeat(spaces.length / 2))),
  "a line that is cut off, and all after it": (text, random) =>
    text.slice(0, 1 + Math.floor(random() * (text.length - 2))),
  "a key twice": (text, random) => changeLine(text, random, /^ *[\w-]+: \S/, (line) => `${line}\n${line}`),
  "an indentation that is too deep": (text, random) => changeLine(text, random, /^ *\S/, (line) => `  ${line}`),
  "an indentation that is too small": (text, random) => changeLine(text, random, /^ +\S/, (line) => line.slice(1)),
  "a quote without an end": (text, random) =>
    changeLine(text, random, /^ *[\w-]+: \w/, (line) => line.replace(": ", ': "')),
  "no content": () => "",
  "only a comment": () => "# Nothing\n",
  "a byte that is not UTF-8": (text, random) => {
    const bytes = Buffer.from(text);
    const at = Math.floor(random() * bytes.length);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from([0xff]), bytes.subarray(at)]);
  },
  "UTF-16": (text) => Buffer.concat([Buffer.from([0xff, 0xfe]), Buffer.from(text, "utf16le")]),
};

/** Slips that change nothing: the file means the same. */
export const harmless: Readonly<Record<string, Mutation>> = {
  "a byte order mark": (text) => Buffer.concat([Buffer.from([0xef, 0xbb, 0xbf]), Buffer.from(text)]),
  "line ends of Windows": (text) => text.replaceAll("\n", "\r\n"),
};

/** Values of the wrong kind, keys that are missing, and references that lead nowhere. */
const ofContent: Readonly<Record<string, Mutation>> = {
  "a key removed": (text, random) =>
    changePair(
      text,
      random,
      () => true,
      () => undefined,
    ),
  "a list for a map": (text, random) => changePair(text, random, isObject, (value) => [value]),
  "a map for a list": (text, random) => changePair(text, random, Array.isArray, (value) => ({ inside: value })),
  "an empty list": (text, random) => changePair(text, random, Array.isArray, () => []),
  "an empty map": (text, random) => changePair(text, random, isObject, () => ({})),
  "nothing for a value": (text, random) =>
    changePair(
      text,
      random,
      () => true,
      () => null,
    ),
  "nothing in a list": (text, random) => changePair(text, random, Array.isArray, (list) => [null, ...(list as [])]),
  "a map for a text": (text, random) => changePair(text, random, isText, (value) => ({ text: value })),
  "a number for a text": (text, random) => changePair(text, random, isText, () => 7),
  "an empty text": (text, random) => changePair(text, random, isText, () => ""),
  "a number in quotes": (text, random) => changePair(text, random, isNumber, (value) => String(value)),
  "a text for a number": (text, random) => changePair(text, random, isNumber, () => "many"),
  "a reference that leads nowhere": (text, random) =>
    changePair(
      text,
      random,
      (value, key) => key === "$ref" && isText(value),
      (value) => `${String(value)}x`,
    ),
};

export const mutations: Readonly<Record<string, Mutation>> = { ...ofText, ...ofContent };

/** A generator of random numbers with a seed (mulberry32). */
export function seeded(seed: number): Random {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

function changeLine(text: string, random: Random, where: RegExp, change: (line: string) => string): string | undefined {
  const lines = text.split("\n");
  const fitting = lines.flatMap((line, index) => (where.test(line) && !line.trim().startsWith("#") ? [index] : []));
  if (fitting.length === 0) return undefined;
  const index = pick(fitting, random);
  return lines.with(index, change(lines[index]!)).join("\n");
}

/** Changes the value of one key; `undefined` removes it. The rest of the file stays as it is. */
function changePair(
  text: string,
  random: Random,
  where: (value: unknown, key: unknown) => boolean,
  change: (value: unknown) => unknown,
): string | undefined {
  const document = parseDocument(text);
  const found: (readonly [path: readonly unknown[], value: unknown])[] = [];
  visit(document, {
    Pair(_, pair, ancestors) {
      if (!isScalar(pair.key)) return;
      const value = JSON.parse(JSON.stringify(pair.value ?? null)) as unknown;
      if (!where(value, pair.key.value)) return;
      const path = [...ancestors, pair].flatMap((node, index, nodes) => {
        if (isPair(node)) return isScalar(node.key) ? [node.key.value] : [];
        const next = nodes[index + 1];
        return isMap(node) || next === undefined || !("items" in node) ? [] : [node.items.indexOf(next as never)];
      });
      found.push([path, value]);
    },
  });
  if (found.length === 0) return undefined;
  const [path, value] = pick(found, random);
  const changed = change(value);
  if (changed === undefined) document.deleteIn(path);
  else document.setIn(path, document.createNode(changed));
  return JSON.stringify(parse(text)) === JSON.stringify(document.toJS()) ? undefined : String(document);
}

function pick<Value>(values: readonly Value[], random: Random): Value {
  return values[Math.floor(random() * values.length)]!;
}

function isObject(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isText(value: unknown): boolean {
  return typeof value === "string";
}

function isNumber(value: unknown): boolean {
  return typeof value === "number";
}
