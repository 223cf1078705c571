/** Finds what a JSON text says and `JSON.parse` does not: names that an object has twice, and how a number is written. */
import { pointerTo } from "./json-pointer.ts";

/** A string or a number, or a sign. The text is valid JSON, so nothing else matters but where they are. */
const tokens = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\d[\d.eE+-]*|[[\]{},:]/g;

/** An object or array that is open at this place. */
interface Open {
  readonly names: Set<string> | undefined;
  /** Name or index of the present member. */
  key: string | number;
}

/** What was found, by JSON pointer. */
export interface JsonScan {
  /** Members whose name an earlier one of the same object has. */
  readonly duplicates: readonly string[];
  /** Integers that are written with a fraction or an exponent, which loses digits, and which many parsers do not read as an integer. */
  readonly integers: readonly { readonly pointer: string; readonly token: string }[];
  /** Texts with half of a surrogate pair, which no UTF-8 text can have: a text that was cut within a character. */
  readonly halfCharacters: readonly string[];
}

/** Maximum number that is listed of each. */
const most = 100;

/** No message of the description is nested deeper, and a pointer to what is deeper would be as long as the text. */
const deepest = 32;

/**
 * Scans a JSON text in linear time.
 *
 * @param text A text that `JSON.parse` accepts.
 */
export function scanJson(text: string): JsonScan {
  const duplicates = new Set<string>();
  const integers: { pointer: string; token: string }[] = [];
  const halfCharacters: string[] = [];
  const open: Open[] = [];
  let isName = false;
  for (const [token] of text.matchAll(tokens)) {
    const inner = open.at(-1);
    switch (token) {
      case "{":
        open.push({ names: new Set(), key: "" });
        isName = true;
        continue;
      case "[":
        open.push({ names: undefined, key: 0 });
        isName = false;
        continue;
      case "}":
      case "]":
        open.pop();
        isName = false;
        continue;
      case ",":
        if (typeof inner?.key === "number") inner.key += 1;
        isName = inner?.names !== undefined;
        continue;
      case ":":
        isName = false;
        continue;
    }
    if (open.length > deepest) continue;
    if (isName && inner?.names) {
      inner.key = JSON.parse(token) as string;
      if (inner.names.has(inner.key) && duplicates.size < most) duplicates.add(pointerTo(open.map(({ key }) => key)));
      inner.names.add(inner.key);
    } else if (token[0] !== '"' && /[.eE]/.test(token) && Number.isInteger(Number(token)) && integers.length < most) {
      integers.push({ pointer: pointerTo(open.map(({ key }) => key)), token });
    } else if (/\\ud[89a-f]/i.test(token) && halfCharacters.length < most && /\p{Surrogate}/u.test(JSON.parse(token))) {
      halfCharacters.push(pointerTo(open.map(({ key }) => key)));
    }
  }
  return { duplicates: [...duplicates], integers, halfCharacters };
}
