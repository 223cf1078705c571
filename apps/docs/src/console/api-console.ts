import { realClock } from "@contact-groups/core/real-clock";
import { redaction } from "@contact-groups/core/redact";
import { asClientCode, asCurl, type Outcome, send } from "./call.ts";
import { CallHistory, type KeptCall } from "./call-history.ts";
import type { ConsoleData } from "./console-data.ts";
import { CopyButton } from "./copy-button.ts";
import { announce, part } from "./element.ts";
import { ErrorPicker } from "./error-picker.ts";
import { PageEmulator } from "./page-emulator.ts";
import { fromFragment, sharedCall, type SharedCall, toFragment } from "./permalink.ts";
import { type Preset, presets } from "./presets.ts";
import { pageData, type ConsoleSay, consoleSay } from "./page-data.ts";
import { RequestEditor } from "./request-editor.ts";
import { ResponseView } from "./response-view.ts";
import { StateView } from "./state-view.ts";
import { TargetPicker } from "./target.ts";

/** Where the request is kept while the page is reloaded. */
const draftKey = "contact-groups/console/draft";

/** The console: a request, its target, the response, and the state of the emulator in the page. */
class ApiConsole extends HTMLElement {
  readonly #data: ConsoleData = pageData();
  readonly #say: ConsoleSay = consoleSay(this.#data.words);
  readonly #emulator: PageEmulator = new PageEmulator(this.#data, presets[0]);
  #editor!: RequestEditor;
  #target!: TargetPicker;
  #errors!: ErrorPicker;
  #response!: ResponseView;
  #state!: StateView;
  #history!: CallHistory;
  /** The call that is running. */
  #running: AbortController | undefined;

  connectedCallback(): void {
    this.#response = new ResponseView(this, this.#data, this.#say);
    this.#state = new StateView(this, this.#say, this.#data.kinds);
    this.#errors = new ErrorPicker(this, this.#data, this.#say, () => this.#follow());
    this.#target = new TargetPicker(this, this.#data, this.#say, () => this.#follow());
    this.#editor = new RequestEditor(this, this.#data, this.#say, () => this.#follow());
    this.#history = new CallHistory(this, this.#data.lang, this.#say, (kept) => void this.#restoreKept(kept));
    this.#listen();
    this.#begin();
    this.#follow();
    void this.#showState();
  }

  #listen(): void {
    part(this, "send", HTMLButtonElement).addEventListener("click", () => this.#sendOrShowProblem());
    part(this, "sendText", HTMLButtonElement).addEventListener("click", () => void this.#send());
    part(this, "cancel", HTMLButtonElement).addEventListener("click", () => this.#cancel());
    part(this, "reset", HTMLButtonElement).addEventListener("click", () => this.#reset());
    this.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && !event.isComposing) this.#sendOrShowProblem();
    });
    document.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && !event.isComposing && !event.defaultPrevented) this.#cancel();
    });
    const link = part(this, "link", CopyButton);
    link.text = () => {
      const fragment = toFragment(this.#shared());
      if (fragment === "") link.say(this.#say("link.tooLong"));
      return fragment === "" ? undefined : new URL(`?${fragment}`, location.href).href.replace("?#", "#");
    };
    addEventListener("hashchange", () => this.#openLink());
    addEventListener("pagehide", () => {
      try {
        sessionStorage.setItem(draftKey, JSON.stringify(this.#shared()));
      } catch {
        // The browser keeps nothing for this page.
      }
    });
  }

  /** Shows the request that a reload interrupted, or the one that the address names. */
  #begin(): void {
    const [visit] = performance.getEntriesByType("navigation") as PerformanceNavigationTiming[];
    const draft = visit?.type === "navigate" ? undefined : readDraft();
    if (draft) return this.#restore(draft, false);
    const { searchParams, hash } = new URL(location.href);
    this.#editor.choose(searchParams.get("operation"), searchParams.get("example"));
    if (searchParams.has("operation")) this.#start(this.#editor.operation.preset);
    if (hash.startsWith("#call=")) this.#openLink();
  }

  /** Shows the call of a link. It is not sent. */
  #openLink(): void {
    if (!location.hash.startsWith("#call=")) return;
    this.#stop();
    const call = fromFragment(location.hash);
    if (call && this.#data.operations.some(({ slug }) => slug === call.operation)) this.#restore(call, true);
    else this.#response.reject(this.#say("link.broken"));
  }

  #restore(call: SharedCall, isLink: boolean): void {
    this.#stop();
    this.#editor.restore(call.operation, call.body);
    this.#target.restore(call, isLink);
    this.#errors.offer(this.#editor.operation);
    this.#errors.choose(call.error);
    const preset = presets.find((name) => name === call.state) ?? (isLink ? this.#editor.operation.preset : undefined);
    if (preset) {
      this.#start(preset);
      void this.#showState();
    }
    this.#response.clear();
    this.#follow();
  }

  /** Shows a call and what it got then. The emulator in the page keeps the state that it has now. */
  async #restoreKept({ call, outcome }: KeptCall): Promise<void> {
    this.#restore({ ...call, state: undefined }, false);
    this.#running = new AbortController();
    await this.#show(outcome, this.#running);
  }

  /** Returns the call as it is shared or kept, without a secret. */
  #shared(): SharedCall {
    const { operation, text } = this.#editor;
    const { isPage, shared } = this.#target;
    return {
      operation: operation.slug,
      body: this.#redact(text),
      ...shared,
      ...(isPage && { error: this.#errors.code, state: part(this, "preset", HTMLSelectElement).value }),
    };
  }

  #redact(text: string): string {
    const { userSig, isPage, localUserSig } = this.#target;
    const isSecret = userSig !== undefined && !isPage && userSig !== localUserSig;
    return redaction(isSecret ? [userSig] : [])(text);
  }

  /** Updates what depends on the request or the target. */
  #follow(): void {
    // Target and editor call this while they are being created, too.
    if (!this.#editor || !this.#target) return;
    const { operation, text, value, problem, fits } = this.#editor;
    const { caller, isPage, localUserSig, base } = this.#target;
    for (const [name, write] of [
      ["curl", asCurl],
      ["client", asClientCode],
    ] as const)
      part(this, name, HTMLElement).textContent =
        base === undefined
          ? this.#say("badUrl")
          : write(
              { operation, url: this.#target.url(base, operation), base, ...caller, localUserSig, text, value },
              this.#data,
            );
    this.#errors.offer(operation);
    this.#emulator.respondWith(this.#errors.code);
    part(this, "path", HTMLElement).textContent = `POST ${operation.path}`;
    part(this, "stateSection", HTMLElement).hidden = part(this, "errorField", HTMLElement).hidden = !isPage;
    part(this, "sendText", HTMLElement).hidden = !problem;
    part(this, "send", HTMLElement).textContent = problem
      ? this.#say("showProblem", { line: problem.line })
      : this.#say(fits ? "send" : "sendAnyway");
  }

  #sendOrShowProblem(): void {
    const { problem } = this.#editor;
    if (problem) this.#editor.showProblem(problem);
    else void this.#send();
  }

  async #send(): Promise<void> {
    const call = this.#shared();
    const running = new AbortController();
    const outcome = this.#call(running.signal);
    if (!outcome) return;
    // It replaces one that is still running.
    this.#running?.abort();
    this.#running = running;
    this.#response.wait();
    part(this, "cancel", HTMLElement).hidden = false;
    const result = await outcome;
    // A secret does not come back in the response of the service, but it may in the page of a proxy.
    const clean = result.kind === "response" ? { ...result, text: this.#redact(result.text) } : result;
    if (this.#running !== running) return;
    this.#hideCancel();
    if (clean.kind !== "cancelled") this.#history.add({ call, outcome: clean, time: realClock.now() });
    await this.#show(clean, running);
    await this.#showState();
  }

  async #show(outcome: Outcome, running: AbortController): Promise<void> {
    await this.#response.show(outcome, () => this.#running === running);
    // Below the request, on a narrow screen, it would be out of sight.
    if (this.#running === running) part(this, "summary", HTMLElement).scrollIntoView({ block: "nearest" });
  }

  #cancel(): void {
    this.#running?.abort();
  }

  /** Cancels a call that is running, and forgets it. */
  #stop(): void {
    this.#cancel();
    this.#hideCancel();
    this.#running = undefined;
  }

  #hideCancel(): void {
    const cancel = part(this, "cancel", HTMLElement);
    if (document.activeElement === cancel) part(this, "send", HTMLElement).focus();
    cancel.hidden = true;
  }

  /** Begins the call. Shows what is missing, and returns undefined, when it cannot begin. */
  #call(cancelled: AbortSignal): Promise<Outcome> | undefined {
    const { operation, text } = this.#editor;
    const { base, isPage, userSig } = this.#target;
    if (base === undefined) {
      this.#response.reject(this.#say("badUrl"));
      this.#target.focusUrl();
      return undefined;
    }
    if (userSig === undefined) {
      this.#response.reject(this.#say("noUserSig"));
      part(this, "userSig", HTMLInputElement).focus();
      return undefined;
    }
    const url = this.#target.url(isPage ? this.#emulator.origin : base, operation);
    url.searchParams.set(this.#data.credentials.userSig, userSig);
    const fetcher: typeof fetch = isPage ? (...request) => this.#emulator.fetch(...request) : fetch.bind(window);
    return send(fetcher, url, text, cancelled);
  }

  async #showState(): Promise<void> {
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

function readDraft(): SharedCall | undefined {
  try {
    return sharedCall(Object(JSON.parse(sessionStorage.getItem(draftKey) ?? "null")));
  } catch {
    return undefined;
  }
}

customElements.define("api-console", ApiConsole);
