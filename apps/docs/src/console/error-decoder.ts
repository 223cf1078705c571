import { type Catalogue, errorCodeOf, explanations, findCodes, type FoundCode, loadCatalogue } from "./explanation.ts";
import type { Kinds } from "./conversation.ts";
import { announce, part } from "./element.ts";
import { pageData, type ConsoleSay, consoleSay } from "./page-data.ts";

/** Explains what is pasted into it: a whole response, a line with one, or only a code. */
class ErrorDecoder extends HTMLElement {
  connectedCallback(): void {
    const data = pageData();
    const say = consoleSay(data.words);
    const input = part(this, "pasted", HTMLTextAreaElement);
    const status = part(this, "decoded", HTMLElement);
    const result = part(this, "explanations", HTMLElement);
    const decode = async (): Promise<void> => {
      const text = input.value.trim();
      const catalogue = await loadCatalogue(data.lang);
      // The text has changed while the catalogue was loaded.
      if (text !== input.value.trim()) return;
      const found = codesIn(text, catalogue, data.kinds);
      const cards = explanations(found, catalogue, data, say);
      result.replaceChildren(...cards);
      // The cards are visible: only a screen reader needs the list of their headings.
      status.classList.toggle("sr-only", cards.length > 0);
      announce(
        status,
        cards.length > 0
          ? cards.map((card) => card.querySelector("h3")?.textContent).join(", ")
          : textWithoutCodes(text, catalogue, say),
      );
    };
    input.addEventListener("input", () => void decode());
    announce(status, say("decoder.empty"));
  }
}

function textWithoutCodes(text: string, catalogue: Catalogue, say: ConsoleSay): string {
  if (text === "") return say("decoder.empty");
  if (errorCodeOf(jsonIn(text)) !== undefined) return say("decoder.success");
  return say("decoder.nothing", { code: Math.min(...catalogue.keys()) });
}

/** Returns the codes of the response in a text. Without a response: every number that is a known code, or the text if it is a number. */
function codesIn(text: string, catalogue: Catalogue, kinds: readonly Kinds[]): FoundCode[] {
  const response = jsonIn(text);
  const found = findCodes(response, kinds);
  if (found.length > 0 || errorCodeOf(response) !== undefined) return found;
  const numbers = (text.match(/(?<![\w.])-?\d+(?![\w.]*\w)/g) ?? []).map(Number);
  const codes = numbers.filter(
    (number) => catalogue.has(number) || (number !== 0 && numbers.length === 1 && /^-?\d+$/.test(text)),
  );
  return [...new Set(codes)].map((code) => ({ code, info: undefined, item: undefined }));
}

/** The JSON in a text that may have something around it. */
function jsonIn(text: string): unknown {
  const json = text.slice(text.indexOf("{"), text.lastIndexOf("}") + 1);
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

customElements.define("error-decoder", ErrorDecoder);
