import { copyText } from "./copy-text.ts";

/** A button that copies the Markdown twin of its page, to which the link next to it leads. */
class PageMarkdown extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const link = this.querySelector("a");
    const status = this.querySelector("output");
    if (!button || !link || !status) return;
    // Without a script there is only the link.
    button.hidden = false;
    button.addEventListener("click", async () => {
      const { copied = "", notCopied = "" } = this.dataset;
      status.textContent = "";
      status.textContent = (await copy(link.href)) ? copied : notCopied;
    });
  }
}

async function copy(url: string): Promise<boolean> {
  const text = fetch(url).then((response) => {
    if (!response.ok) throw new Error(`HTTP ${response.status}`);
    return response.text();
  });
  try {
    const blob = text.then((content) => new Blob([content], { type: "text/plain" }));
    // Given as a promise, the text may come after the click.
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": blob })]);
    return true;
  } catch {
    return text.then(copyText, () => false);
  }
}

customElements.define("page-markdown", PageMarkdown);
