import { announce, element } from "../console/element.ts";
import { SearchIndex } from "./search-index.ts";
import type { SearchData } from "./search-data.ts";
import type { FoundPage, FoundPlace, SearchAnswer } from "./search-worker.ts";

/** Results that are shown. */
const most = 10;
/** Start of the fragment that opens the search with words. */
const fragment = "#search=";
/** Chinese and Japanese characters. */
const eastAsian = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** The button that opens the search, and its dialog, which is made when it is opened first. */
class SiteSearch extends HTMLElement {
  #dialog: SearchDialog | undefined;

  connectedCallback(): void {
    const button = this.querySelector("button")!;
    const open = (words?: string): void => {
      this.#dialog ??= new SearchDialog(this, JSON.parse(this.dataset["search"] ?? "{}") as SearchData);
      this.#dialog.open(words);
    };
    button.disabled = false;
    button.addEventListener("click", () => open());
    addEventListener("keydown", (event) => {
      if (event.key.toLowerCase() !== "k" || !(event.ctrlKey || event.metaKey)) return;
      event.preventDefault();
      if (this.#dialog?.isOpen === true) this.#dialog.close();
      else open();
    });
    const openFragment = (): void => {
      if (!location.hash.startsWith(fragment)) return;
      const words = decodeURIComponent(location.hash.slice(fragment.length));
      history.replaceState(history.state, "", location.pathname + location.search);
      open(words);
    };
    addEventListener("hashchange", openFragment);
    openFragment();
  }
}

class SearchDialog {
  readonly #data: SearchData;
  readonly #indexes: readonly SearchIndex[];
  readonly #dialog: HTMLDialogElement;
  readonly #input: HTMLInputElement;
  readonly #status = element("p", { class: "search-status", role: "status" });
  readonly #again: HTMLButtonElement;
  readonly #others = element("p", { class: "search-others", hidden: true });
  readonly #list: HTMLOListElement;
  #words = "";
  /** Whether Enter was pressed before the results were there. */
  #entered = false;

  constructor(host: HTMLElement, data: SearchData) {
    this.#data = data;
    this.#indexes = data.languages.map(
      ({ lang }) => new SearchIndex({ bundle: data.bundle, language: lang.toLowerCase() }),
    );
    const { words } = data;
    this.#input = element("input", {
      type: "text",
      role: "searchbox",
      "aria-label": words.label,
      "aria-describedby": "search-keys",
      placeholder: words.label,
      enterkeyhint: "search",
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
    });
    this.#again = element("button", { type: "button", class: "search-again", hidden: true }, words.again);
    this.#list = element("ol", { class: "search-results", "aria-label": words.label });
    const close = element("button", { type: "button", class: "search-close" }, words.close);
    this.#dialog = element(
      "dialog",
      { "aria-label": words.label },
      element("div", { class: "search-line" }, this.#input, close),
      element("div", { class: "search-body" }, this.#status, this.#again, this.#others, this.#list),
      element("p", { class: "search-keys", id: "search-keys" }, words.keys),
    );
    host.append(this.#dialog);
    close.addEventListener("click", () => this.close());
    this.#again.addEventListener("click", () => {
      this.#input.focus();
      void this.#search();
    });
    this.#input.addEventListener("input", (event) => {
      if (!(event as InputEvent).isComposing) void this.#search();
    });
    // Chrome sends the last input event before the composition ends.
    this.#input.addEventListener("compositionend", () => void this.#search());
    this.#dialog.addEventListener("keydown", (event) => this.#move(event));
    this.#dialog.addEventListener("click", ({ target }) => {
      // The dialog itself is only hit where its backdrop is. A link to a place of this page leads there behind the dialog.
      if (target === this.#dialog || (target instanceof Element && target.closest("a"))) this.close();
    });
    addEventListener("online", () => {
      if (this.isOpen && !this.#again.hidden) void this.#search();
    });
    this.#show([]);
    announce(this.#status, words.hint);
  }

  get isOpen(): boolean {
    return this.#dialog.open;
  }

  open(words?: string): void {
    this.#indexes[0]!.open();
    if (!this.isOpen) this.#dialog.showModal();
    if (words !== undefined) this.#input.value = words;
    this.#input.focus();
    this.#input.select();
    if (words !== undefined) void this.#search();
  }

  close(): void {
    this.#dialog.close();
  }

  async #search(): Promise<void> {
    const words = this.#input.value.trim();
    this.#words = words;
    this.#entered = false;
    this.#again.hidden = true;
    this.#others.hidden = true;
    if (words === "") {
      this.#show([]);
      announce(this.#status, this.#data.words.hint);
      return;
    }
    announce(this.#status, this.#data.words.searching);
    const answer = await this.#indexes[0]!.ask({ words, most });
    if (this.#words !== words) return;
    this.#show("failed" in answer ? [] : answer.pages);
    if ("failed" in answer) {
      announce(this.#status, navigator.onLine ? this.#data.words.failed : this.#data.words.offline);
      this.#again.hidden = false;
      return;
    }
    announce(this.#status, this.#summary(answer.count, words));
    if (this.#entered) this.#links()[0]?.click();
    if (answer.count === 0 || (this.#data.languages[0]!.lang === "en" && eastAsian.test(words)))
      await this.#look(words);
  }

  /** Looks for the words in the other languages, and links to the search there. */
  async #look(words: string): Promise<void> {
    const others = this.#data.languages.slice(1);
    const answers = await Promise.all(this.#indexes.slice(1).map((index) => index.ask({ words, most: 0 })));
    const links = others.flatMap(({ lang, label, home }, index) => {
      const count = countOf(answers[index]!);
      if (count === 0) return [];
      const text = fill(this.#data.words.other, { count: this.#summary(count, words), language: label });
      return [element("a", { href: `${home}${fragment}${encodeURIComponent(words)}`, hreflang: lang }, text)];
    });
    if (this.#words !== words || links.length === 0) return;
    this.#others.replaceChildren(...links);
    this.#others.hidden = false;
  }

  #summary(count: number, words: string): string {
    const { none, one, many } = this.#data.words;
    return fill(count === 0 ? none : count === 1 ? one : many, { count, words });
  }

  #show(pages: readonly FoundPage[]): void {
    this.#list.replaceChildren(
      ...pages.map((page) =>
        element(
          "li",
          {},
          place(page),
          ...(page.parts.length === 0
            ? []
            : [element("ul", {}, ...page.parts.map((part) => element("li", {}, place(part))))]),
        ),
      ),
    );
    this.#list.scrollTop = 0;
  }

  #links(): HTMLAnchorElement[] {
    return [...this.#dialog.querySelectorAll<HTMLAnchorElement>(".search-body a")];
  }

  #move(event: KeyboardEvent): void {
    // Enter and arrows belong to the input method while it composes.
    if (event.isComposing) return;
    const links = this.#links();
    const at = links.findIndex((link) => link === document.activeElement);
    if (event.key === "Enter" && document.activeElement === this.#input) {
      event.preventDefault();
      if (this.#status.textContent === this.#data.words.searching) this.#entered = true;
      else links[0]?.click();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const to = at + (event.key === "ArrowDown" ? 1 : -1);
      (to < 0 ? this.#input : links[Math.min(to, links.length - 1)])?.focus();
    }
  }
}

function place({ title, url, excerpt }: FoundPlace): HTMLAnchorElement {
  // What was found is between marks, and the page's own signs are entities.
  const pieces = excerpt
    .split(/<\/?mark>/)
    .map((piece) => piece.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&"));
  return element(
    "a",
    { href: url },
    element("strong", {}, title),
    element("span", {}, ...pieces.map((piece, index) => (index % 2 === 1 ? element("mark", {}, piece) : piece))),
  );
}

function countOf(answer: SearchAnswer): number {
  return "failed" in answer ? 0 : answer.count;
}

function fill(text: string, values: Readonly<Record<string, unknown>>): string {
  return text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name]));
}

customElements.define("site-search", SiteSearch);
