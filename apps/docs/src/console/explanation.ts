import type { Failure, ResultItem } from "@contact-groups/openapi/bodies";
import type { ErrorEntry } from "@contact-groups/openapi/model";
import { inlineMarkdown } from "../components/inline-markdown.ts";
import type { Lang } from "../locales.ts";
import type { ConsoleWord } from "../words/words.ts";
import type { ConsoleData } from "./console-data.ts";
import { idOf, type Kinds } from "./conversation.ts";
import { element } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";

/** The error catalogue by code. */
export type Catalogue = ReadonlyMap<number, ErrorEntry>;

const catalogues: Readonly<Record<Lang, () => Promise<Readonly<Record<string, ErrorEntry>>>>> = {
  en: async () => (await import("@contact-groups/openapi/model")).errors,
  "zh-CN": async () => (await import("@contact-groups/openapi/model.zh-CN")).errors,
  ja: async () => (await import("@contact-groups/openapi/model.ja")).errors,
};

/** Loads the catalogue in a language. The page does not wait for it: nothing is explained before the first response. */
export async function loadCatalogue(lang: Lang): Promise<Catalogue> {
  const entries = Object.values(await catalogues[lang]());
  return new Map(entries.map((entry) => [entry.code, entry]));
}

/** An error code in a response. */
export interface FoundCode {
  readonly code: number;
  /** The `ErrorInfo` or `ResultInfo` next to it. */
  readonly info: string | undefined;
  /** The conversation that it belongs to, counted from 1 in its list; undefined for the whole call. */
  readonly item: { readonly number: number; readonly name: string } | undefined;
}

/** Returns the `ErrorCode` of a response of the service, of any outcome; undefined if the value is none. */
export function errorCodeOf(value: unknown): number | undefined {
  return codeIn((Object(value) as Partial<Failure>).ErrorCode);
}

/** Levels of a response that are searched for codes. The service's own have five. */
const deepest = 32;

/** Returns the codes other than 0: that of the call, and that of each conversation that failed. */
export function findCodes(value: unknown, kinds: readonly Kinds[], number = 0, depth = 0): FoundCode[] {
  if (typeof value !== "object" || value === null || depth > deepest) return [];
  if (Array.isArray(value)) return value.flatMap((item, index) => findCodes(item, kinds, index + 1, depth + 1));
  const own: FoundCode[] = [];
  const { ErrorCode, ErrorInfo } = value as Partial<Failure>;
  const code = codeIn(ErrorCode);
  if (code) own.push({ code, info: ErrorInfo, item: undefined });
  const { ResultCode, ResultInfo, ContactItem } = value as Partial<ResultItem>;
  const result = codeIn(ResultCode);
  if (result) own.push({ code: result, info: ResultInfo, item: { number, name: idOf(ContactItem, kinds) ?? "?" } });
  return [...own, ...Object.values(value).flatMap((inner) => findCodes(inner, kinds, 0, depth + 1))];
}

/** A code as a number: a server may write it as text. */
function codeIn(value: unknown): number | undefined {
  const code = typeof value === "string" && /^-?\d+$/.test(value) ? Number(value) : value;
  return Number.isInteger(code) ? (code as number) : undefined;
}

/** Explains each code once, with the conversations that it belongs to. */
export function explanations(
  found: readonly FoundCode[],
  catalogue: Catalogue,
  data: ConsoleData,
  say: ConsoleSay,
): HTMLElement[] {
  const codes = [...new Set(found.map(({ code }) => code))];
  return codes.map((code) => {
    const items = found.flatMap(({ code: own, item }) => (own === code && item ? [item] : []));
    const places = items.map(({ number, name }) =>
      element("li", {}, say("partial.item", { number, conversation: name })),
    );
    const infos = new Set(found.flatMap(({ code: own, info }) => (own === code && info ? [info] : [])));
    infos.delete(catalogue.get(code)?.message ?? "");
    const card = explanation(code, catalogue, data, say);
    if (infos.size > 0) {
      const said = [...infos].map((info) => element("dd", {}, info));
      card.querySelector("dl")?.prepend(element("dt", {}, say("said")), ...said);
    }
    if (places.length > 0) card.querySelector("h3")?.after(element("ul", {}, ...places));
    return card;
  });
}

function explanation(code: number, catalogue: Catalogue, data: ConsoleData, say: ConsoleSay): HTMLElement {
  const entry = catalogue.get(code);
  if (!entry) {
    return element(
      "article",
      { class: "explanation" },
      element("h3", {}, String(code)),
      element("p", {}, say("unknownCode", { code })),
    );
  }
  const parts: readonly (readonly [ConsoleWord, string | undefined])[] = [
    ["meaning", entry.message],
    ["hint", entry.hint],
    ["cause", entry.cause],
    ["fix", entry.fix],
    ["retry", data.retries[entry.retry]],
  ];
  const list = element("dl");
  for (const [word, text] of parts) {
    if (text === undefined) continue;
    const meaning = element("dd");
    meaning.innerHTML = inlineMarkdown(text);
    list.append(element("dt", {}, say(word)), meaning);
  }
  return element(
    "article",
    { class: "explanation" },
    element("h3", {}, `${code} ${entry.name}`),
    list,
    element("p", {}, element("a", { href: `${data.errorsHref}${code}/` }, say("details", { code }))),
  );
}
