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
  try {
    const text = fetch(url).then(async (response) => {
      if (!response.ok) throw new Error(`HTTP ${response.status}`);
      return new Blob([await response.text()], { type: "text/plain" });
    });
    // Given as a promise, the text may come after the click. A page on plain http has no clipboard.
    await navigator.clipboard.write([new ClipboardItem({ "text/plain": text })]);
    return true;
  } catch {
    return false;
  }
}

customElements.define("page-markdown", PageMarkdown);
