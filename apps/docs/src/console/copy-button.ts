import { announce } from "./element.ts";

/** A button that copies the text of the element which it names in `aria-controls`. */
class CopyButton extends HTMLElement {
  connectedCallback(): void {
    const button = this.querySelector("button");
    const status = this.querySelector("output");
    if (!button || !status) return;
    button.addEventListener("click", async () => {
      const text = document.getElementById(button.getAttribute("aria-controls") ?? "")?.textContent ?? "";
      const { copied = "", notCopied = "" } = this.dataset;
      // A page on plain http has no clipboard.
      const isCopied = await (navigator.clipboard?.writeText(text).then(
        () => true,
        () => false,
      ) ?? false);
      announce(status, isCopied ? copied : notCopied);
      setTimeout(() => announce(status, ""), 4000);
    });
  }
}

customElements.define("copy-button", CopyButton);
