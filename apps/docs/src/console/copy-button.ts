import { announce } from "./element.ts";

/** A button that copies a text: that of the element which it names in `aria-controls`, unless it is given another. */
export class CopyButton extends HTMLElement {
  /** Returns the text to copy; undefined when there is none, which the function has said. */
  text: () => string | undefined = () =>
    document.getElementById(this.querySelector("button")?.getAttribute("aria-controls") ?? "")?.textContent ?? "";

  connectedCallback(): void {
    this.querySelector("button")?.addEventListener("click", async () => {
      const text = this.text();
      if (text === undefined) return;
      const { copied = "", notCopied = "" } = this.dataset;
      this.say((await copy(text)) ? copied : notCopied);
    });
  }

  /** Shows a text next to the button for a while. */
  say(text: string): void {
    const status = this.querySelector("output");
    if (!status) return;
    announce(status, text);
    setTimeout(() => announce(status, ""), 4000);
  }
}

/** Copies a text. A page on plain http has no clipboard, but browsers let it copy what is selected. */
async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    const before = document.activeElement;
    const holder = document.createElement("textarea");
    holder.value = text;
    holder.readOnly = true;
    document.body.append(holder);
    holder.select();
    const isCopied = document.execCommand("copy");
    holder.remove();
    if (before instanceof HTMLElement) before.focus();
    return isCopied;
  }
}

customElements.define("copy-button", CopyButton);
