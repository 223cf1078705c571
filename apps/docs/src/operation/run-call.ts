import { copyText } from "../components/copy-text.ts";
import { fromFragment, toFragment } from "../console/permalink.ts";

/** Runs a call on the page of its operation. The emulator in the page responds; it is loaded with the first call. */
class RunCall extends HTMLElement {
  readonly #body: HTMLTextAreaElement = this.querySelector("textarea")!;
  readonly #status: HTMLElement = this.querySelector("output")!;
  readonly #response: HTMLElement = this.querySelector("pre")!;
  #runs = 0;

  connectedCallback(): void {
    const { operation = "" } = this.dataset;
    this.#on("run", () => void this.#run());
    this.#on("reset", () => void this.#reset());
    this.#on("link", () => void this.#copyLink());
    const link = this.querySelector<HTMLAnchorElement>("a[data-part=console]");
    link?.addEventListener("click", () => {
      link.hash = this.#fragment();
    });
    this.#body.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) void this.#run();
    });
    const shared = fromFragment(location.hash);
    if (shared?.operation !== operation) return;
    this.#body.value = shared.body;
    this.querySelector("details")!.open = true;
    this.scrollIntoView();
    void this.#run();
  }

  #on(part: string, act: () => void): void {
    this.querySelector(`[data-part=${part}]`)?.addEventListener("click", act);
  }

  async #run(): Promise<void> {
    const {
      running = "",
      ok = "",
      partial = "",
      failed = "",
      lost = "",
      url = "",
      preset = "",
      errors = "",
    } = this.dataset;
    const run = ++this.#runs;
    this.#say(running);
    try {
      const { callInPage } = await import("./page-call.ts");
      const result = await callInPage(url, this.#body.value, preset);
      // Another call was begun in the meantime.
      if (run !== this.#runs) return;
      const { codes } = result;
      const word = result.failed ? failed : codes.length > 0 ? partial : ok;
      this.#say(word, result.failed ? "failed" : codes.length > 0 ? "partial" : "ok");
      for (const code of codes) this.#status.append(" ", anchorTo(`${errors}${code}/`, String(code)));
      this.#response.replaceChildren(...result.nodes);
      this.#response.hidden = false;
    } catch {
      if (run === this.#runs) this.#say(lost, "failed");
    }
  }

  async #reset(): Promise<void> {
    const { restarted = "" } = this.dataset;
    this.#runs++;
    const { resetPage } = await import("./page-call.ts");
    resetPage();
    this.#say(restarted);
  }

  async #copyLink(): Promise<void> {
    const { copied = "", notCopied = "" } = this.dataset;
    const url = new URL(location.href);
    url.hash = this.#fragment();
    history.replaceState(history.state, "", url);
    this.#say((await copyText(url.href)) ? copied : notCopied);
  }

  #fragment(): string {
    return toFragment({ operation: this.dataset["operation"] ?? "", body: this.#body.value });
  }

  /** Shows a text in place of the last response. */
  #say(text: string, result = ""): void {
    const label = document.createElement("span");
    label.className = `result ${result}`;
    label.textContent = text;
    this.#status.replaceChildren(result === "" ? text : label);
    this.#response.hidden = true;
  }
}

function anchorTo(href: string, text: string): HTMLAnchorElement {
  const anchor = document.createElement("a");
  anchor.href = href;
  anchor.textContent = text;
  return anchor;
}

customElements.define("run-call", RunCall);
