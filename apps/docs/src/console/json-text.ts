import { element } from "./element.ts";

/** Kind of a token, which is its class in the page as well. Everything else that is not JSON is `broken`. */
type TokenKind = "name" | "text" | "number" | "word" | "mark" | "blank" | "broken";

interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly offset: number;
}

const pattern = new RegExp(
  [
    /(?<blank>[ \t\n\r]+)/,
    /(?<text>"[ !#-[\]-\u{10ffff}]*(?:\\(?:["b\\f/nrt]|u[\da-fA-F]{4})[ !#-[\]-\u{10ffff}]*)*")/u,
    /(?<number>-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?(?![\w.+-]))/,
    /(?<word>(?:true|false|null)(?!\w))/,
    /(?<mark>[{}[\],:])/,
    // A text that is not closed ends with its line.
    /(?<broken>"[^"\\\n]*(?:\\.[^"\\\n]*)*"?|[^\s{}[\],:"]+|[^])/,
  ]
    .map(({ source }) => source)
    .join("|"),
  "gu",
);

/** Splits a text into the tokens of JSON. Nothing of the text is lost. */
function tokensOf(text: string): readonly Token[] {
  const found = Array.from(text.matchAll(pattern), ({ 0: token, index: offset, groups = {} }): Token => {
    const kind = Object.keys(groups).find((name) => groups[name] !== undefined) as TokenKind;
    return { kind, text: token, offset };
  });
  const solid = found.filter(({ kind }) => kind !== "blank");
  const names = new Set(
    solid.filter(({ kind }, index) => kind === "text" && solid[index + 1]?.text === ":").map(({ offset }) => offset),
  );
  return found.map((token) => (names.has(token.offset) ? { ...token, kind: "name" } : token));
}

/** What JSON must have at a place. */
export type Expected = "value" | "name" | "colon" | "comma" | "end" | "text";

/** Where a text is not JSON any more. */
export interface SyntaxProblem {
  /** From 1 on. */
  readonly line: number;
  /** From 1 on, in characters. */
  readonly column: number;
  /** Place of the token in the text. */
  readonly offset: number;
  readonly length: number;
  readonly expected: Expected;
}

/** Returns the first place at which a text is not JSON, which no browser's own message names in the same way. */
export function syntaxProblem(text: string): SyntaxProblem | undefined {
  const open: string[] = [];
  let expected: Expected = "value";
  // After the beginning of a list or an object, which may end at once.
  let isFirst = false;
  for (const { kind, text: token, offset } of tokensOf(text)) {
    if (kind === "blank") continue;
    const closes = token === "}" || token === "]";
    const mayClose: boolean = closes && open.at(-1) === token && (expected === "comma" || isFirst);
    const fits = {
      value: kind === "text" || kind === "number" || kind === "word" || token === "{" || token === "[",
      name: kind === "name" || kind === "text",
      colon: token === ":",
      comma: token === "," && open.length > 0,
      end: false,
      text: false,
    }[expected];
    if (!fits && !mayClose)
      return problemAt(text, offset, token.length, kind === "broken" && token.startsWith('"') ? "text" : expected);
    if (mayClose) open.pop();
    const begins: boolean = !mayClose && (token === "{" || token === "[");
    if (begins) open.push(token === "{" ? "}" : "]");
    isFirst = begins;
    expected = next(expected, token, mayClose, open);
  }
  return expected === "end" ? undefined : problemAt(text, text.length, 0, expected);
}

function next(expected: Expected, token: string, closed: boolean, open: readonly string[]): Expected {
  if (closed) return open.length > 0 ? "comma" : "end";
  if (token === "{") return "name";
  if (token === "[" || expected === "colon") return "value";
  if (expected === "comma") return open.at(-1) === "}" ? "name" : "value";
  if (expected === "name") return "colon";
  return open.length > 0 ? "comma" : "end";
}

function problemAt(text: string, offset: number, length: number, expected: Expected): SyntaxProblem {
  const lines = text.slice(0, offset).split("\n");
  return { line: lines.length, column: [...(lines.at(-1) ?? "")].length + 1, offset, length, expected };
}

/** Levels that are indented. Nesting of any depth would make a text of any size. */
const deepestIndent = 50;

/** Returns JSON with line breaks. Each value stays as it was written: a number beyond 2^53 would not survive being read. */
export function formatJson(text: string): string {
  let depth = 0;
  let formatted = "";
  let before = "";
  for (const { kind, text: token } of tokensOf(text)) {
    if (kind === "blank") continue;
    const closes = token === "}" || token === "]";
    if (closes) depth--;
    const begun = before === "{" || before === "[";
    if ((begun && !closes) || (closes && !begun) || before === ",")
      formatted += `\n${"  ".repeat(Math.min(depth, deepestIndent))}`;
    formatted += token === ":" ? ": " : token;
    if (token === "{" || token === "[") depth++;
    before = token;
  }
  return formatted;
}

/** Returns JSON in one line, with each value as it was written. */
export function compactJson(text: string): string {
  return tokensOf(text)
    .filter(({ kind }) => kind !== "blank")
    .map(({ text: token }) => token)
    .join("");
}

/** Longest text that gets colours, so that typing stays fast. */
const longestColored = 30_000;

/** Returns a text as nodes, in which each token has its kind as its class. */
export function colored(text: string): readonly (Node | string)[] {
  if (text.length > longestColored) return [text];
  return tokensOf(text).map(({ kind, text: token }) =>
    kind === "blank" || kind === "mark" ? token : element("span", { class: `json-${kind}` }, token),
  );
}
