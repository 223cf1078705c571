import { explanations, findCodes, isEnvelope, loadCatalogue } from "./explanation.ts";
import type { ConsoleData } from "./console-data.ts";
import { announce, element, part } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";
import { type Outcome, timeoutSeconds } from "./call.ts";

/** Shows the response to a call, and explains its error codes. */
export class ResponseView {
  readonly #data: ConsoleData;
  readonly #say: ConsoleSay;
  readonly #summary: HTMLElement;
  readonly #body: HTMLElement;
  readonly #explained: HTMLElement;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay) {
    this.#data = data;
    this.#say = say;
    this.#summary = part(root, "summary", HTMLElement);
    this.#body = part(root, "responseBody", HTMLElement);
    this.#explained = part(root, "explained", HTMLElement);
  }

  /** Shows that a call is running. The last response stays until it ends, so that the page does not jump. */
  wait(): void {
    this.#summary.dataset["result"] = "busy";
    announce(this.#summary, this.#say("sending"));
  }

  /** Shows what has to be done before a request can be sent. */
  reject(text: string): void {
    this.#show("failed", text);
  }

  async show(outcome: Outcome): Promise<void> {
    if (outcome.kind === "unreachable") return this.#unreachable(outcome);
    const { status, text, ms } = outcome;
    const value = parse(text);
    if (!isEnvelope(value)) {
      this.#show("failed", `HTTP ${status}`, text, element("p", {}, this.#say("notEnvelope")));
      return;
    }
    const found = findCodes(value, this.#data.kinds);
    const failed = value.ErrorCode !== 0;
    const outcomeText = this.#say(failed ? "failed" : found.length > 0 ? "partial" : "done");
    const time = ms.toLocaleString(this.#data.lang, { maximumFractionDigits: ms < 10 ? 1 : 0 });
    const line = this.#say("response.line", {
      action: outcomeText,
      status,
      code: `ErrorCode ${value.ErrorCode}`,
      time,
    });
    const shown = () =>
      this.#show(failed ? "failed" : found.length > 0 ? "partial" : "done", line, pretty(text, value));
    if (found.length === 0) return shown();
    const catalogue = await loadCatalogue(this.#data.lang);
    const note = failed ? [] : [element("p", {}, this.#say("partial.text"))];
    shown();
    this.#explained.replaceChildren(...note, ...explanations(found, catalogue, this.#data, this.#say));
  }

  #unreachable({ origin, timedOut }: Outcome & { kind: "unreachable" }): void {
    const values = { origin, seconds: timeoutSeconds };
    if (timedOut) return this.#show("failed", this.#say("unreachable.timeout", values));
    const isMixed =
      location.protocol === "https:" &&
      origin.startsWith("http:") &&
      !/^http:\/\/(localhost|127\.|\[::1\])/.test(origin);
    const reasons = isMixed ? (["unreachable.mixed"] as const) : (["unreachable.down", "unreachable.cors"] as const);
    this.#show(
      "failed",
      this.#say("unreachable", values),
      "",
      ...reasons.map((word) => element("p", {}, this.#say(word))),
    );
  }

  #show(result: "done" | "partial" | "failed", line: string, body = "", ...explained: readonly HTMLElement[]): void {
    this.#summary.dataset["result"] = result;
    announce(this.#summary, line);
    this.#body.hidden = body === "";
    this.#body.textContent = body;
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

/** Numbers that JavaScript does not hold exactly are shown as they were sent. */
function pretty(text: string, value: unknown): string {
  return /\d{16}/.test(text) ? text : JSON.stringify(value, null, 2);
}
