import { type Caller, callUrl } from "./call-url.ts";
import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { Credentials, defaultCaller } from "./credentials.ts";
import { part } from "./element.ts";
import type { Say } from "./say.ts";

/** Where an emulator on the user's machine listens in the guides. */
export const localUrl = "http://127.0.0.1:4020";

/** Where the calls go: the emulator in the page, or a server with its credentials. */
export class TargetPicker {
  readonly #data: ConsoleData;
  readonly #radios: readonly HTMLInputElement[];
  readonly #url: HTMLInputElement;
  readonly #credentials: Credentials;

  constructor(root: HTMLElement, data: ConsoleData, say: Say, changed: () => void) {
    this.#data = data;
    this.#radios = [...root.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    this.#url = part(root, "url", HTMLInputElement);
    this.#credentials = new Credentials(root, data, say, changed);
    const details = part(root, "server", HTMLElement);
    const region = part(root, "region", HTMLSelectElement);
    const follow = (): void => {
      details.hidden = this.isPage;
      changed();
    };
    for (const radio of this.#radios) radio.addEventListener("change", follow);
    region.addEventListener("change", () => {
      this.#url.value = region.value || localUrl;
      changed();
    });
    this.#url.addEventListener("input", () => {
      region.value = data.servers.find(({ url }) => url === this.#url.value.trim())?.url ?? "";
      changed();
    });
    details.hidden = this.isPage;
  }

  get isPage(): boolean {
    return this.#radios.find(({ checked }) => checked)?.value !== "server";
  }

  /** Who calls. The emulator in the page has an administrator of its own. */
  get caller(): Caller {
    return this.isPage ? defaultCaller : this.#credentials.caller;
  }

  get userSig(): string | undefined {
    return this.#credentials.userSig;
  }

  /** Base URL of the server; undefined when the text is none. */
  get base(): string | undefined {
    if (this.isPage) return localUrl;
    const text = this.#url.value.trim();
    return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
  }

  focusUrl(): void {
    this.#url.focus();
  }

  /** The call's address, with all its query parameters but the UserSig. */
  url(base: string, operation: ConsoleOperation): URL {
    return callUrl(base, operation, this.#data, this.caller);
  }
}
