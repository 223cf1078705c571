import type { LocalServer, LocalServers } from "../local-servers.ts";
import { part } from "./element.ts";

/** The list of servers, and the address below it. Each follows the other. */
export class ServerList {
  readonly #list: HTMLSelectElement;
  readonly #url: HTMLInputElement;

  constructor(root: HTMLElement, localServersHref: string, changed: () => void) {
    this.#list = part(root, "region", HTMLSelectElement);
    this.#url = part(root, "url", HTMLInputElement);
    this.#list.addEventListener("change", () => {
      if (this.#list.value !== "") this.#url.value = this.#list.value;
      changed();
    });
    this.#url.addEventListener("input", () => {
      const written = this.#url.value.trim();
      this.#list.value = this.#options.find(({ value }) => value === written)?.value ?? "";
      changed();
    });
    void this.#locate(localServersHref).then(changed);
  }

  /** Address of the emulator on this machine. */
  get emulator(): string {
    return this.#local("emulator").value;
  }

  /** The address; undefined when the text is none. */
  get base(): string | undefined {
    const text = this.#url.value.trim();
    return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
  }

  focus(): void {
    this.#url.focus();
  }

  /** Takes the addresses at which the servers of this machine really listen. The page has the usual ones until then. */
  async #locate(href: string): Promise<void> {
    const found: LocalServers = await fetch(href, { cache: "no-store" })
      .then((response) => response.json())
      .catch(() => ({}));
    for (const name of Object.keys(found) as LocalServer[]) {
      const option = this.#local(name);
      if (this.#url.value === option.value) this.#url.value = found[name];
      option.value = found[name];
    }
  }

  get #options(): readonly HTMLOptionElement[] {
    return [...this.#list.options];
  }

  #local(name: LocalServer): HTMLOptionElement {
    const option = this.#options.find(({ dataset }) => dataset["local"] === name);
    if (!option) throw new Error(`The page has no server ${name}.`);
    return option;
  }
}
