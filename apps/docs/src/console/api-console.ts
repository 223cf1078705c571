import { localCaller } from "../local-servers.ts";
import { ResponseView } from "./response-view.ts";
import type { ConsoleData } from "./console-data.ts";
import { announce, part } from "./element.ts";
import { PageEmulator } from "./page-emulator.ts";
import { type Preset, presets } from "./presets.ts";
import { pageData, type ConsoleSay, consoleSay } from "./page-data.ts";
import { RequestEditor } from "./request-editor.ts";
import { asClientCode, asCurl, type Outcome, send } from "./call.ts";
import { StateView } from "./state-view.ts";
import { TargetPicker } from "./target.ts";

/** The console: a request, its target, the response, and the state of the emulator in the page. */
class ApiConsole extends HTMLElement {
  readonly #data: ConsoleData = pageData();
  readonly #say: ConsoleSay = consoleSay(this.#data.words);
  readonly #emulator: PageEmulator = new PageEmulator(this.#data, presets[0]);
  #editor!: RequestEditor;
  #target!: TargetPicker;
  #response!: ResponseView;
  #state!: StateView;
  #sends = 0;

  connectedCallback(): void {
    this.#response = new ResponseView(this, this.#data, this.#say);
    this.#state = new StateView(this, this.#say, this.#data.kinds);
    this.#target = new TargetPicker(this, this.#data, this.#say, () => this.#follow());
    this.#editor = new RequestEditor(this, this.#data, this.#say, () => this.#follow());
    const { searchParams } = new URL(location.href);
    this.#editor.choose(searchParams.get("operation"), searchParams.get("example"));
    if (searchParams.has("operation")) this.#start(this.#editor.operation.preset);
    part(this, "send", HTMLButtonElement).addEventListener("click", () => void this.#send());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) void this.#send();
    });
    part(this, "reset", HTMLButtonElement).addEventListener("click", () => this.#reset());
    this.#follow();
    void this.#showState();
  }

  /** Updates what depends on the request or the target. */
  #follow(): void {
    // Target and editor call this while they are being created, too.
    if (!this.#editor || !this.#target) return;
    const { operation, text, value } = this.#editor;
    const { caller, isPage } = this.#target;
    const base = this.#target.base ?? this.#target.emulator;
    const call = { operation, url: this.#target.url(base, operation), base, ...caller, text, value };
    part(this, "curl", HTMLElement).textContent = asCurl(call, this.#data);
    part(this, "client", HTMLElement).textContent = asClientCode(call, this.#data);
    part(this, "path", HTMLElement).textContent = `POST ${operation.path}`;
    part(this, "stateSection", HTMLElement).hidden = !isPage;
    part(this, "send", HTMLButtonElement).textContent = this.#say(this.#editor.fits ? "send" : "sendAnyway");
  }

  async #send(): Promise<void> {
    const number = ++this.#sends;
    const outcome = this.#call();
    if (!outcome) return;
    this.#response.wait();
    const result = await outcome;
    // Another call was sent in the meantime.
    if (number !== this.#sends) return;
    await this.#response.show(result);
    await this.#showState();
  }

  /** Begins the call. Shows what is missing, and returns undefined, when it cannot begin. */
  #call(): Promise<Outcome> | undefined {
    const { operation, text } = this.#editor;
    const { base, isPage } = this.#target;
    if (base === undefined) {
      this.#response.reject(this.#say("badUrl"));
      this.#target.focusUrl();
      return undefined;
    }
    // The emulator in the page has no key.
    const userSig = isPage ? localCaller.userSig : this.#target.userSig;
    if (userSig === undefined) {
      this.#response.reject(this.#say("noUserSig"));
      part(this, "key", HTMLInputElement).focus();
      return undefined;
    }
    const url = this.#target.url(isPage ? this.#emulator.origin : base, operation);
    url.searchParams.set(this.#data.credentials.userSig, userSig);
    return send(isPage ? (...request) => this.#emulator.fetch(...request) : fetch.bind(window), url, text);
  }

  async #showState(): Promise<void> {
    if (!this.#target.isPage) return;
    try {
      const { apps } = await this.#emulator.state();
      this.#state.show(apps[0] ?? {});
    } catch (error) {
      this.#state.fail(this.#say("state.failed", { reason: (error as Error).message }));
    }
  }

  /** Starts the emulator with a preset, which the reader has not chosen. */
  #start(preset: Preset): void {
    part(this, "preset", HTMLSelectElement).value = preset;
    this.#emulator.reset(preset);
  }

  #reset(): void {
    const { value } = part(this, "preset", HTMLSelectElement);
    const preset: Preset = presets.find((name) => name === value) ?? presets[0];
    this.#emulator.reset(preset);
    announce(
      part(this, "wasReset", HTMLElement),
      this.#say("state.wasReset", { preset: this.#say(`preset.${preset}`) }),
    );
    void this.#showState();
  }
}

customElements.define("api-console", ApiConsole);
