import { type LocalCaller, localCaller, localServers, type LocalServer, type LocalServers } from "../local-servers.ts";
import { type Caller, callUrl } from "./call.ts";
import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { announce, part } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";
import { baseUrlIn, type SharedCall } from "./permalink.ts";

/** Where the calls go: the emulator in the page, or a server with its credentials. */
export class TargetPicker {
  readonly #data: ConsoleData;
  readonly #say: ConsoleSay;
  readonly #radios: readonly HTMLInputElement[];
  readonly #servers: ServerList;
  readonly #credentials: Credentials;
  readonly #details: HTMLElement;
  readonly #linked: HTMLElement;
  readonly #changed: () => void;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay, changed: () => void) {
    this.#data = data;
    this.#say = say;
    this.#changed = changed;
    this.#details = part(root, "server", HTMLElement);
    this.#linked = part(root, "linked", HTMLElement);
    this.#radios = [...root.querySelectorAll<HTMLInputElement>('input[name="target"]')];
    this.#servers = new ServerList(root, data.localServersHref, {
      changed: () => this.#follow(),
      found: (caller) => this.#credentials.suggest(caller),
    });
    this.#credentials = new Credentials(root, data, say, () => this.#follow());
    for (const radio of this.#radios) radio.addEventListener("change", () => this.#follow());
    this.#follow();
  }

  get isPage(): boolean {
    return this.#radios.find(({ checked }) => checked)?.value !== "server";
  }

  /** The app and the administrator. The emulator in the page has its own. */
  get caller(): Caller {
    if (!this.isPage) return this.#credentials.caller;
    return { sdkAppId: String(localCaller.sdkAppId), identifier: localCaller.identifier };
  }

  /** The UserSig of the next call; undefined when the server requires one that is missing. */
  get userSig(): string | undefined {
    return this.isPage ? localCaller.userSig : this.#credentials.userSig;
  }

  /** The UserSig that the servers on this machine accept. */
  get localUserSig(): string {
    return this.#servers.caller.userSig;
  }

  /** Base URL of the server; undefined when the text is not one. For the emulator in the page it is that of the emulator on this machine. */
  get base(): string | undefined {
    return this.isPage ? this.#servers.emulator : this.#servers.base;
  }

  focusUrl(): void {
    this.#servers.focus();
  }

  /** Returns the URL of a call, with all its query parameters except the UserSig. */
  url(base: string, operation: ConsoleOperation): URL {
    return callUrl(base, operation, this.#data, this.caller);
  }

  /** The target of a call that is shared or kept. */
  get shared(): Pick<SharedCall, "server" | "sdkAppId" | "identifier"> {
    return this.isPage ? {} : { server: this.#servers.base, ...this.#credentials.caller };
  }

  /**
   * Shows the target of a call that was shared or kept.
   *
   * @param isLink Whether someone else may have chosen the server: the reader's UserSig is not for it.
   */
  restore({ server, sdkAppId, identifier }: SharedCall, isLink: boolean): void {
    const kind = server === undefined ? "page" : "server";
    for (const radio of this.#radios) radio.checked = radio.value === kind;
    if (server !== undefined) {
      this.#servers.choose(server);
      this.#credentials.restore(sdkAppId, identifier, isLink);
    }
    announce(this.#linked, isLink && server !== undefined ? this.#say("server.linked", { server }) : "");
    this.#follow();
  }

  #follow(): void {
    // The list and the credentials call this while they are being created, too.
    if (!this.#servers || !this.#credentials) return;
    this.#details.hidden = this.isPage;
    this.#credentials.accept(this.#servers.isLocal ? this.#servers.caller.userSig : undefined);
    this.#changed();
  }
}

/** The list of servers, and the address below it. Each follows the other. */
class ServerList {
  readonly #list: HTMLSelectElement;
  readonly #url: HTMLInputElement;
  #caller: LocalCaller = localCaller;

  constructor(
    root: HTMLElement,
    localServersHref: string,
    on: { readonly changed: () => void; readonly found: (caller: LocalCaller) => void },
  ) {
    this.#list = part(root, "region", HTMLSelectElement);
    this.#url = part(root, "url", HTMLInputElement);
    this.#list.addEventListener("change", () => {
      if (this.#list.value !== "") this.#url.value = this.#list.value;
      on.changed();
    });
    this.#url.addEventListener("input", () => {
      this.#select();
      on.changed();
    });
    void this.#locate(localServersHref).then(() => {
      on.found(this.#caller);
      on.changed();
    });
  }

  /** Address of the emulator on this machine. */
  get emulator(): string {
    return this.#local("emulator").value;
  }

  /** The credentials that the servers on this machine accept. */
  get caller(): LocalCaller {
    return this.#caller;
  }

  /** Whether a server on this machine is chosen. */
  get isLocal(): boolean {
    return this.#list.selectedOptions[0]?.dataset["local"] !== undefined;
  }

  /** The address; undefined when the text is not one, or has more than a base URL has. Such a text can have a password or a UserSig, which no code may show. */
  get base(): string | undefined {
    const text = this.#url.value.trim();
    const base = baseUrlIn(text);
    return base !== undefined && new URL(text).href.replace(/\/+$/, "") === base ? base : undefined;
  }

  choose(url: string): void {
    this.#url.value = url;
    this.#select();
  }

  focus(): void {
    this.#url.focus();
  }

  /** Selects the server with the address that is written. */
  #select(): void {
    const written = this.#url.value.trim();
    this.#list.value = this.#options.find(({ value }) => value === written)?.value ?? "";
  }

  /** Reads the addresses of the servers on this machine. Until then the page has the default ones. */
  async #locate(href: string): Promise<void> {
    const found: LocalServers = await fetch(href, { cache: "no-store" })
      .then((response) => response.json())
      .catch(() => localServers);
    this.#caller = found.caller;
    for (const name of ["emulator", "contract"] satisfies LocalServer[]) {
      const option = this.#local(name);
      const isChosen = this.#url.value === option.value;
      option.value = found[name];
      if (isChosen) this.choose(found[name]);
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
class Credentials {
  readonly #data: ConsoleData;
  readonly #say: ConsoleSay;
  readonly #sdkAppId: HTMLInputElement;
  readonly #identifier: HTMLInputElement;
  readonly #key: HTMLInputElement;
  readonly #pasted: HTMLInputElement;
  readonly #status: HTMLElement;
  readonly #delete: HTMLButtonElement;
  /** The UserSig that was signed or pasted. */
  #userSig: string | undefined;
  /** The one that the chosen server accepts without the reader's doing. */
  #accepted: string | undefined;

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
    const sign = part(root, "sign", HTMLButtonElement);
    // A page on plain http has none.
    const canSign = globalThis.crypto?.subtle !== undefined;
    part(root, "insecure", HTMLElement).hidden = canSign;
    sign.disabled = this.#key.disabled = !canSign;
    onAct(sign, this.#key, () => void this.#sign());
    onAct(part(root, "use", HTMLButtonElement), this.#pasted, () => this.#use());
    this.#delete.addEventListener("click", () => {
      this.#keep(undefined);
      this.#pasted.focus();
    });
  }

  get caller(): Caller {
    return { sdkAppId: this.#sdkAppId.value.trim(), identifier: this.#identifier.value.trim() };
  }

  get userSig(): string | undefined {
    return this.#userSig ?? this.#accepted;
  }

  /** Says which UserSig the chosen server accepts anyway. */
  accept(userSig: string | undefined): void {
    if (userSig === this.#accepted && this.#status.textContent !== "") return;
    this.#accepted = userSig;
    if (this.#userSig === undefined) this.#keep(undefined);
  }

  /** Puts the credentials of the servers on this machine into the inputs, unless the reader has been there. */
  suggest({ sdkAppId, identifier, userSig }: LocalCaller): void {
    for (const [input, value] of [
      [this.#sdkAppId, String(sdkAppId)],
      [this.#identifier, identifier],
    ] as const)
      if (input.value === input.defaultValue) input.value = input.defaultValue = value;
    this.#pasted.placeholder = userSig;
  }

  /** Shows the app and the administrator of a call. */
  restore(sdkAppId: string | undefined, identifier: string | undefined, isLink: boolean): void {
    const { caller } = this;
    this.#sdkAppId.value = sdkAppId ?? caller.sdkAppId;
    this.#identifier.value = identifier ?? caller.identifier;
    const isSame = this.#sdkAppId.value === caller.sdkAppId && this.#identifier.value === caller.identifier;
    if (isLink || !isSame) this.#keep(undefined);
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

  #keep(userSig: string | undefined, text: string = this.#without()): void {
    this.#userSig = userSig;
    this.#delete.hidden = userSig === undefined;
    this.#status.dataset["ready"] = this.userSig === undefined ? "no" : "yes";
    announce(this.#status, text);
  }

  #without(): string {
    return this.#accepted === undefined
      ? this.#say("userSig.none")
      : this.#say("userSig.accepted", { example: this.#accepted });
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
