import { errorCodeOf, explanations, findCodes, loadCatalogue } from "./explanation.ts";
import type { ConsoleData } from "./console-data.ts";
import { announce, element, part } from "./element.ts";
import { colored, formatJson } from "./json-text.ts";
import type { ConsoleSay } from "./page-data.ts";
import { type Outcome, timeoutSeconds } from "./call.ts";
import type { ConsoleWord } from "../words/words.ts";

/** What the summary is about. */
type Result = "none" | "busy" | "done" | "partial" | "failed";

/** Shows the response to a call, and explains its error codes. */
export class ResponseView {
  readonly #data: ConsoleData;
  readonly #say: ConsoleSay;
  readonly #summary: HTMLElement;
  readonly #body: HTMLElement;
  readonly #explained: HTMLElement;
  readonly #section: HTMLElement;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay) {
    this.#data = data;
    this.#say = say;
    this.#summary = part(root, "summary", HTMLElement);
    this.#body = part(root, "responseBody", HTMLElement);
    this.#explained = part(root, "explained", HTMLElement);
    this.#section = part(root, "responseSection", HTMLElement);
  }

  /** Shows that a call is running, and nothing of the last one. The place of that stays empty until then, so that the page does not jump. */
  wait(): void {
    const { height } = this.#section.getBoundingClientRect();
    this.#show("busy", this.#say("sending"));
    this.#section.style.minHeight = `${height}px`;
  }

  /** Shows that nothing was sent yet. */
  clear(): void {
    this.#show("none", this.#say("response.none"));
  }

  /** Shows what has to be done before a request can be sent. */
  reject(text: string): void {
    this.#show("failed", text);
  }

  /**
   * Shows the outcome of a call.
   *
   * @param isCurrent Whether no other call was begun in the meantime.
   */
  async show(outcome: Outcome, isCurrent: () => boolean): Promise<void> {
    if (outcome.kind === "cancelled") return this.#show("failed", this.#say("cancelled"));
    if (outcome.kind === "unreachable") return this.#unreachable(outcome);
    const { status, text, ms } = outcome;
    const value = parse(text);
    const code = errorCodeOf(value);
    if (code === undefined) {
      this.#show("failed", `HTTP ${status}`, text, element("p", {}, this.#say("notEnvelope")));
      return;
    }
    const found = findCodes(value, this.#data.kinds);
    const failed = code !== 0;
    const outcomeText = this.#say(failed ? "failed" : found.length > 0 ? "partial" : "done");
    const time = ms.toLocaleString(this.#data.lang, { maximumFractionDigits: ms < 10 ? 1 : 0 });
    const line = this.#say("response.line", {
      action: outcomeText,
      status,
      code: `ErrorCode ${code}`,
      time,
    });
    const shown = (...explained: readonly HTMLElement[]): void =>
      this.#show(failed ? "failed" : found.length > 0 ? "partial" : "done", line, formatJson(text), ...explained);
    if (found.length === 0) return shown();
    const catalogue = await loadCatalogue(this.#data.lang);
    if (!isCurrent()) return;
    const note = failed ? [] : [element("p", {}, this.#say("partial.text"))];
    shown(...note, ...explanations(found, catalogue, this.#data, this.#say));
  }

  #unreachable({ origin, timedOut }: Outcome & { kind: "unreachable" }): void {
    const values = { origin, seconds: timeoutSeconds };
    if (timedOut) return this.#show("failed", this.#say("unreachable.timeout", values));
    const reasons = reasonsOf(origin);
    this.#show(
      "failed",
      this.#say("unreachable", values),
      "",
      ...reasons.map((word) => element("p", {}, this.#say(word, { page: location.origin, origin }))),
    );
  }

  #show(result: Result, line: string, body = "", ...explained: readonly HTMLElement[]): void {
    this.#summary.dataset["result"] = result;
    announce(this.#summary, line);
    this.#section.style.minHeight = "";
    this.#body.hidden = body === "";
    this.#body.replaceChildren(...colored(body));
    this.#explained.replaceChildren(...explained);
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Why a page gets no response from a server, as far as the two addresses tell. */
function reasonsOf(origin: string): readonly ConsoleWord[] {
  const { protocol, hostname } = new URL(origin);
  if (location.protocol === "https:" && protocol === "http:" && !isThisMachine(hostname)) return ["unreachable.mixed"];
  const reasons: readonly ConsoleWord[] = ["unreachable.down", "unreachable.cors"];
  const isBlocked = isLocalNetwork(hostname) && !isThisMachine(location.hostname);
  return isBlocked ? [...reasons, "unreachable.local"] : reasons;
}

function isThisMachine(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}

/** Browsers ask, or refuse, before a page from elsewhere calls one of these. */
function isLocalNetwork(hostname: string): boolean {
  return (
    isThisMachine(hostname) || /^(10|192\.168|172\.(1[6-9]|2\d|3[01])|169\.254)\.|\.local$|^\[f[cde]/.test(hostname)
  );
}
