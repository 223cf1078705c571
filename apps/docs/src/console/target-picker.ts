import { localCaller } from "../local-servers.ts";
import { type Caller, callUrl } from "./call-url.ts";
import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { Credentials } from "./credentials.ts";
import { part } from "./element.ts";
import type { Say } from "./say.ts";
import { ServerList } from "./server-list.ts";

/** Where the calls go: the emulator in the page, or a server with its credentials. */
export class TargetPicker {
  readonly #data: ConsoleData;
  readonly #radios: readonly HTMLInputElement[];
  readonly #servers: ServerList;
  readonly #credentials: Credentials;

  constructor(root: HTMLElement, data: ConsoleData, say: Say, changed: () => void) {
    this.#data = data;
    this.#radios = [...root.querySelectorAll<HTMLInputElement>('input[type="radio"]')];
    this.#servers = new ServerList(root, data.localServersHref, changed);
    this.#credentials = new Credentials(root, data, say, changed);
    const details = part(root, "server", HTMLElement);
    const follow = (): void => {
      details.hidden = this.isPage;
      changed();
    };
    for (const radio of this.#radios) radio.addEventListener("change", follow);
    details.hidden = this.isPage;
  }

  get isPage(): boolean {
    return this.#radios.find(({ checked }) => checked)?.value !== "server";
  }

  /** Who calls. The emulator in the page has an administrator of its own. */
  get caller(): Caller {
    if (!this.isPage) return this.#credentials.caller;
    return { sdkAppId: String(localCaller.sdkAppId), identifier: localCaller.identifier };
  }

  get userSig(): string | undefined {
    return this.#credentials.userSig;
  }

  /** Base URL of the server; undefined when the text is none. The emulator in the page stands for the one on this machine. */
  get base(): string | undefined {
    return this.isPage ? this.emulator : this.#servers.base;
  }

  /** Base URL of the emulator on this machine. */
  get emulator(): string {
    return this.#servers.emulator;
  }

  focusUrl(): void {
    this.#servers.focus();
  }

  /** The call's address, with all its query parameters but the UserSig. */
  url(base: string, operation: ConsoleOperation): URL {
    return callUrl(base, operation, this.#data, this.caller);
  }
}
