import { localCaller, type LocalServer, type LocalServers } from "../local-servers.ts";
import { type Caller, callUrl } from "./call.ts";
import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { announce, part } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";

/** Where the calls go: the emulator in the page, or a server with its credentials. */
export class TargetPicker {
  readonly #data: ConsoleData;
  readonly #radios: readonly HTMLInputElement[];
  readonly #servers: ServerList;
  readonly #credentials: Credentials;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay, changed: () => void) {
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

  /** The app and the administrator. The emulator in the page has its own. */
  get caller(): Caller {
    if (!this.isPage) return this.#credentials.caller;
    return { sdkAppId: String(localCaller.sdkAppId), identifier: localCaller.identifier };
  }

  get userSig(): string | undefined {
    return this.#credentials.userSig;
  }

  /** Base URL of the server; undefined when the text is not a URL. For the emulator in the page it is that of the emulator on this machine. */
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

  /** Returns the URL of a call, with all its query parameters except the UserSig. */
  url(base: string, operation: ConsoleOperation): URL {
    return callUrl(base, operation, this.#data, this.caller);
  }
}

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

  /** The address; undefined when the text is not a URL. */
  get base(): string | undefined {
    const text = this.#url.value.trim();
    return URL.canParse(text) && /^https?:$/.test(new URL(text).protocol) ? text : undefined;
  }

  focus(): void {
    this.#url.focus();
  }

  /** Reads the addresses of the servers on this machine. Until then the page has the default ones. */
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

/** The app, the administrator and the UserSig of a call. Key and UserSig are removed from their inputs at once, and the key is not kept. */
export class Credentials {
  readonly #data: ConsoleData;
  readonly #say: ConsoleSay;
  readonly #sdkAppId: HTMLInputElement;
  readonly #identifier: HTMLInputElement;
  readonly #key: HTMLInputElement;
  readonly #pasted: HTMLInputElement;
  readonly #status: HTMLElement;
  readonly #delete: HTMLButtonElement;
  #userSig: string | undefined;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay, changed: () => void) {
    this.#data = data;
    this.#say = say;
    this.#sdkAppId = part(root, "sdkAppId", HTMLInputElement);
    this.#identifier = part(root, "identifier", HTMLInputElement);
    this.#key = part(root, "key", HTMLInputElement);
    this.#pasted = part(root, "userSig", HTMLInputElement);
    this.#status = part(root, "userSigStatus", HTMLElement);
    this.#delete = part(root, "delete", HTMLButtonElement);
    for (const input of [this.#sdkAppId, this.#identifier])
      input.addEventListener("input", () => {
        if (this.#userSig !== undefined) this.#keep(undefined, say("userSig.deleted"));
        changed();
      });
    onAct(part(root, "sign", HTMLButtonElement), this.#key, () => void this.#sign());
    onAct(part(root, "use", HTMLButtonElement), this.#pasted, () => this.#use());
    this.#delete.addEventListener("click", () => {
      this.#keep(undefined, say("userSig.none"));
      this.#key.focus();
    });
    this.#keep(undefined, say("userSig.none"));
  }

  get caller(): Caller {
    return { sdkAppId: this.#sdkAppId.value.trim(), identifier: this.#identifier.value.trim() };
  }

  get userSig(): string | undefined {
    return this.#userSig;
  }

  async #sign(): Promise<void> {
    const { value: secretKey } = this.#key;
    const { sdkAppId, identifier } = this.caller;
    if (secretKey === "") return this.#ask(this.#key, "userSig.noKey");
    if (!/^[1-9]\d*$/.test(sdkAppId)) return this.#ask(this.#sdkAppId, "userSig.noSdkAppId");
    if (identifier === "") return this.#ask(this.#identifier, "userSig.noIdentifier");
    this.#key.value = "";
    try {
      const { signUserSig } = await import("@contact-groups/client/usersig");
      const validitySeconds = 3600;
      const userSig = await signUserSig({
        sdkAppId: Number(sdkAppId),
        identifier,
        secretKey: secretKey.trim(),
        validitySeconds,
      });
      const until = new Date(Date.now() + validitySeconds * 1000).toLocaleTimeString(this.#data.lang, {
        timeStyle: "short",
      });
      this.#keep(userSig, this.#say("userSig.made", { identifier, sdkAppId, until }));
    } catch (error) {
      // The client's errors never show a key.
      this.#keep(undefined, this.#say("userSig.failed", { reason: (error as Error).message }));
    }
  }

  #use(): void {
    const text = this.#pasted.value.trim();
    if (!new RegExp(this.#data.userSigPattern, "u").test(text)) return this.#ask(this.#pasted, "userSig.badText");
    this.#pasted.value = "";
    this.#keep(text, this.#say("userSig.pasted"));
  }

  #ask(input: HTMLInputElement, word: Parameters<ConsoleSay>[0]): void {
    announce(this.#status, this.#say(word));
    input.focus();
  }

  #keep(userSig: string | undefined, text: string): void {
    this.#userSig = userSig;
    this.#delete.hidden = userSig === undefined;
    this.#status.dataset["ready"] = userSig === undefined ? "no" : "yes";
    announce(this.#status, text);
  }
}

/** The button, and Enter in its input. They are in no form, so that no password manager offers to store the key. */
function onAct(button: HTMLButtonElement, input: HTMLInputElement, act: () => void): void {
  button.addEventListener("click", act);
  input.addEventListener("keydown", (event) => {
    // Also while the text of an input method is being chosen, Enter is not for the page.
    if (event.key === "Enter" && !event.isComposing && !event.ctrlKey) act();
  });
}
