import { copyText } from "../components/copy-text.ts";
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
      this.say((await copyText(text)) ? copied : notCopied);
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

customElements.define("copy-button", CopyButton);
