import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { type ShownViolation, violationsOf } from "./violations.ts";
import { announce, element, part } from "./element.ts";
import { RequestForm } from "./request-form.ts";
import type { ConsoleSay } from "./page-data.ts";

/** The request: an operation, one of its examples, and the body as a form and as JSON, kept in step and checked. */
export class RequestEditor {
  readonly #data: ConsoleData;
  readonly #say: ConsoleSay;
  readonly #changed: () => void;
  readonly #form: RequestForm;
  readonly #parts: {
    readonly operation: HTMLSelectElement;
    readonly example: HTMLSelectElement;
    readonly json: HTMLTextAreaElement;
    readonly verdict: HTMLElement;
    readonly violations: HTMLElement;
  };
  #violations: readonly ShownViolation[] = [];
  #isJson = true;
  #lastValue: unknown;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay, changed: () => void) {
    this.#data = data;
    this.#say = say;
    this.#changed = changed;
    this.#parts = {
      operation: part(root, "operation", HTMLSelectElement),
      example: part(root, "example", HTMLSelectElement),
      json: part(root, "json", HTMLTextAreaElement),
      verdict: part(root, "verdict", HTMLElement),
      violations: part(root, "violations", HTMLElement),
    };
    this.#form = new RequestForm(part(root, "form", HTMLElement), say, (value) => this.#fromForm(value));
    this.#parts.operation.addEventListener("change", () => this.#chooseOperation());
    this.#parts.example.addEventListener("change", () => this.#chooseExample());
    this.#parts.json.addEventListener("input", () => this.#fromJson());
    this.#chooseOperation();
  }

  /** The operation that is chosen. */
  get operation(): ConsoleOperation {
    const { operations } = this.#data;
    return operations.find(({ id }) => id === this.#parts.operation.value) ?? operations[0]!;
  }

  /** The body as it is sent: the text, whether it is JSON or not. */
  get text(): string {
    return this.#parts.json.value;
  }

  /** The body's last value that was JSON. */
  get value(): unknown {
    return this.#lastValue;
  }

  /** Whether it fits the description. */
  get fits(): boolean {
    return this.#isJson && this.#violations.length === 0;
  }

  /** Chooses by the IDs that a link gives. One that is not known changes nothing. */
  choose(operation: string | null, example: string | null): void {
    const has = (select: HTMLSelectElement, value: string): boolean =>
      [...select.options].some((option) => option.value === value);
    if (operation !== null && has(this.#parts.operation, operation)) {
      this.#parts.operation.value = operation;
      this.#chooseOperation();
    }
    if (example !== null && has(this.#parts.example, example)) {
      this.#parts.example.value = example;
      this.#chooseExample();
    }
  }

  #chooseOperation(): void {
    const options = this.operation.examples.map(({ name, summary }) => element("option", { value: name }, summary));
    this.#parts.example.replaceChildren(...options);
    this.#chooseExample();
  }

  #chooseExample(): void {
    const { examples } = this.operation;
    const { value } = examples.find(({ name }) => name === this.#parts.example.value) ?? examples[0]!;
    this.#parts.json.value = JSON.stringify(value, null, 2);
    this.#fromJson();
  }

  #fromForm(value: unknown): void {
    this.#parts.json.value = JSON.stringify(value, null, 2);
    this.#validate(value);
  }

  #fromJson(): void {
    let value: unknown;
    try {
      value = JSON.parse(this.text);
    } catch (error) {
      this.#isJson = false;
      this.#parts.json.setAttribute("aria-invalid", "true");
      this.#parts.violations.replaceChildren();
      announce(this.#parts.verdict, this.#say("jsonBroken", { reason: (error as Error).message }));
      this.#parts.verdict.dataset["fits"] = "no";
      this.#changed();
      return;
    }
    this.#form.show(this.operation.body, value);
    this.#validate(value);
  }

  #validate(value: unknown): void {
    this.#isJson = true;
    this.#lastValue = value;
    this.#violations = violationsOf(this.operation.body, value);
    const { json, verdict, violations } = this.#parts;
    json.removeAttribute("aria-invalid");
    verdict.dataset["fits"] = this.#violations.length === 0 ? "yes" : "no";
    announce(
      verdict,
      this.#violations.length === 0 ? this.#say("valid") : this.#say("violations", { count: this.#violations.length }),
    );
    this.#form.mark(new Map(this.#violations.map((violation) => [violation.pointer, this.#textOf(violation)])));
    violations.replaceChildren(...this.#violations.map((violation) => this.#line(violation)));
    this.#changed();
  }

  #line(violation: ShownViolation): HTMLElement {
    const { pointer, rule, code } = violation;
    const line = element(
      "li",
      {},
      this.#place(pointer),
      " ",
      element("span", { class: "rule" }, rule),
      " ",
      this.#textOf(violation),
    );
    if (code !== undefined) {
      const [before = "", after = ""] = this.#say("violation.response", { code: "\n" }).split("\n");
      line.append(" ", before, element("a", { href: `${this.#data.errorsHref}${code}/` }, String(code)), after);
    }
    return line;
  }

  #place(pointer: string): HTMLElement {
    const name = pointer === "" ? this.#say("violation.body") : pointer;
    if (!this.#form.has(pointer)) return element("code", {}, name);
    const label = this.#say("violation.show", { pointer });
    const button = element("button", { type: "button", class: "pointer", "aria-label": label, title: label }, name);
    button.addEventListener("click", () => this.#form.focus(pointer));
    return button;
  }

  #textOf({ word, values, kinds }: ShownViolation): string {
    const said = kinds && {
      expected: this.#say(`kind.${kinds.expected}`),
      found: this.#say(`kind.${kinds.found}`),
    };
    return this.#say(word, { ...values, ...said });
  }
}
