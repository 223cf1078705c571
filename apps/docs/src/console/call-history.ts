import type { Outcome } from "./call.ts";
import { element, part } from "./element.ts";
import { errorCodeOf } from "./explanation.ts";
import type { ConsoleSay } from "./page-data.ts";
import { sharedCall, type SharedCall } from "./permalink.ts";

/** A call that was sent, and what came of it. */
export interface KeptCall {
  readonly call: SharedCall;
  readonly outcome: Outcome;
  /** Milliseconds since 1970. */
  readonly time: number;
}

/** Calls that are kept. */
const most = 20;
/** Characters of all of them. A browser keeps a few million for a whole origin. */
const largest = 500_000;
const storageKey = "contact-groups/console/calls";

/** The last calls, newest first, also those before the page was reloaded. None of them has a secret. */
export class CallHistory {
  readonly #lang: string;
  readonly #say: ConsoleSay;
  readonly #restore: (kept: KeptCall) => void;
  readonly #section: HTMLDetailsElement;
  readonly #list: HTMLElement;
  readonly #count: HTMLElement;
  /** What is shown where the browser keeps nothing. */
  #calls: readonly KeptCall[] = [];

  constructor(root: HTMLElement, lang: string, say: ConsoleSay, restore: (kept: KeptCall) => void) {
    this.#lang = lang;
    this.#say = say;
    this.#restore = restore;
    this.#section = part(root, "history", HTMLDetailsElement);
    this.#list = part(root, "calls", HTMLElement);
    this.#count = part(root, "callCount", HTMLElement);
    part(root, "clear", HTMLButtonElement).addEventListener("click", () => {
      this.#keep([]);
      this.#count.focus();
    });
    this.#calls = readCalls();
    this.#show();
  }

  add(kept: KeptCall): void {
    // Another tab may have added some.
    const before = readCalls();
    this.#keep([kept, ...(before.length > 0 ? before : this.#calls)]);
  }

  #keep(calls: readonly KeptCall[]): void {
    const kept = calls.slice(0, most);
    while (JSON.stringify(kept).length > largest) kept.pop();
    this.#calls = kept;
    try {
      if (kept.length === 0) localStorage.removeItem(storageKey);
      else localStorage.setItem(storageKey, JSON.stringify(kept));
    } catch {
      // The browser keeps nothing for this page, or no more of it. The list lasts until the page is closed.
    }
    this.#show();
  }

  #show(): void {
    this.#count.textContent = this.#say("history", { count: this.#calls.length });
    this.#section.hidden = this.#calls.length === 0;
    this.#list.replaceChildren(
      ...this.#calls.map((kept) => {
        const { call, outcome, time } = kept;
        const date = new Date(time);
        const when = date.toLocaleString(this.#lang, {
          timeStyle: "medium",
          ...(date.toDateString() !== new Date().toDateString() && { dateStyle: "short" }),
        });
        const where = call.server === undefined ? [] : [new URL(call.server).host];
        const text = [call.operation, resultOf(outcome), ...where, when].join(" · ");
        const button = element("button", { type: "button", title: this.#say("history.restore") }, text);
        button.addEventListener("click", () => this.#restore(kept));
        return element("li", {}, button);
      }),
    );
  }
}

function resultOf(outcome: Outcome): string {
  if (outcome.kind !== "response") return "–";
  let value: unknown;
  try {
    value = JSON.parse(outcome.text);
  } catch {
    return `HTTP ${outcome.status}`;
  }
  const code = errorCodeOf(value);
  return code === undefined ? `HTTP ${outcome.status}` : `ErrorCode ${code}`;
}

/** Reads what the browser has kept, of which another page of the origin may have written anything. */
function readCalls(): readonly KeptCall[] {
  try {
    const calls: unknown = JSON.parse(localStorage.getItem(storageKey) ?? "[]");
    return Array.isArray(calls) ? calls.flatMap(keptCall) : [];
  } catch {
    return [];
  }
}

function keptCall(value: unknown): readonly KeptCall[] {
  const { call: given, outcome, time } = Object(value) as Partial<KeptCall>;
  const call = sharedCall(Object(given) as Readonly<Record<string, unknown>>);
  const isDate = typeof time === "number" && !Number.isNaN(new Date(time).getTime());
  return call && isDate && isOutcome(outcome) ? [{ call, outcome, time }] : [];
}

function isOutcome(value: unknown): value is Outcome {
  const { kind, text, status, ms, origin } = Object(value) as Readonly<Record<string, unknown>>;
  if (kind === "response") return typeof text === "string" && Number.isInteger(status) && Number.isFinite(ms);
  return kind === "unreachable" && typeof origin === "string" && URL.canParse(origin);
}
