import { inlineMarkdown } from "../components/inline-markdown.ts";
import type { ConsoleWord } from "../words/console/words.ts";
import type { Catalogue } from "./catalogue.ts";
import type { ConsoleData } from "./console-data.ts";
import { element } from "./element.ts";
import type { FoundCode } from "./find-codes.ts";
import type { Say } from "./say.ts";

/** Explains each code once, with the conversations that it is about. */
export function explanations(
  found: readonly FoundCode[],
  catalogue: Catalogue,
  data: ConsoleData,
  say: Say,
): HTMLElement[] {
  const codes = [...new Set(found.map(({ code }) => code))];
  return codes.map((code) => {
    const items = found.flatMap(({ code: own, item }) => (own === code && item ? [item] : []));
    const places = items.map(({ number, name }) =>
      element("li", {}, say("partial.item", { number, conversation: name })),
    );
    const infos = new Set(found.flatMap(({ code: own, info }) => (own === code && info ? [info] : [])));
    const card = explanation(code, catalogue, data, say);
    if (infos.size > 0) {
      const said = [...infos].map((info) => element("dd", {}, info));
      card.querySelector("dl")?.prepend(element("dt", {}, say("said")), ...said);
    }
    if (places.length > 0) card.querySelector("h3")?.after(element("ul", {}, ...places));
    return card;
  });
}

function explanation(code: number, catalogue: Catalogue, data: ConsoleData, say: Say): HTMLElement {
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
