import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { type ShownViolation, violationsOf } from "./violations.ts";
import { announce, element, part } from "./element.ts";
import { colored, syntaxProblem, type SyntaxProblem } from "./json-text.ts";
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
    /** The text in colours, behind the transparent text of the input. */
    readonly colors: HTMLElement;
    readonly asForm: HTMLInputElement;
    readonly asJson: HTMLInputElement;
    readonly verdict: HTMLElement;
    readonly violations: HTMLElement;
  };
  #violations: readonly ShownViolation[] = [];
  #problem: SyntaxProblem | undefined;
  #lastValue: unknown;

  constructor(root: HTMLElement, data: ConsoleData, say: ConsoleSay, changed: () => void) {
    this.#data = data;
    this.#say = say;
    this.#changed = changed;
    this.#parts = {
      operation: part(root, "operation", HTMLSelectElement),
      example: part(root, "example", HTMLSelectElement),
      json: part(root, "json", HTMLTextAreaElement),
      colors: part(root, "jsonColors", HTMLElement),
      asForm: part(root, "asForm", HTMLInputElement),
      asJson: part(root, "asJson", HTMLInputElement),
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
    return !this.#problem && this.#violations.length === 0;
  }

  /** Where the text is not JSON any more; undefined when it is JSON. */
  get problem(): SyntaxProblem | undefined {
    return this.#problem;
  }

  /** Puts the focus where the text is not JSON any more. */
  showProblem({ offset, length }: SyntaxProblem): void {
    const { asJson, json, colors } = this.#parts;
    asJson.checked = true;
    json.focus();
    json.setSelectionRange(offset, offset + length);
    colors.querySelector(".problem")?.scrollIntoView({ block: "nearest" });
  }

  /** Shows a request that was shared or kept. Returns whether there is such an operation. */
  restore(slug: string, body: string): boolean {
    const operation = this.#data.operations.find((one) => one.slug === slug);
    if (!operation) return false;
    this.#parts.operation.value = operation.id;
    this.#chooseOperation();
    this.#parts.json.value = body;
    this.#fromJson();
    return true;
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
    // It is selected while the text differs from every example, so that each of them can be chosen again.
    const own = element("option", { value: "", hidden: true }, this.#say("example.own"));
    this.#parts.example.replaceChildren(...options, own);
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
    this.#problem = undefined;
    this.#validate(value);
  }

  #fromJson(): void {
    this.#problem = syntaxProblem(this.text);
    if (this.#problem) return this.#showBroken(this.#problem);
    const value: unknown = JSON.parse(this.text);
    this.#form.show(this.operation.body, value);
    this.#validate(value);
  }

  #showBroken({ line, column, offset, length, expected }: SyntaxProblem): void {
    const { json, verdict, violations, colors } = this.#parts;
    json.setAttribute("aria-invalid", "true");
    violations.replaceChildren();
    announce(verdict, this.#say("jsonBroken", { line, column, reason: this.#say(`expected.${expected}`) }));
    verdict.dataset["fits"] = "no";
    const problem = element("span", { class: "problem" }, this.text.slice(offset, offset + length) || " ");
    const [before, after] = [this.text.slice(0, offset), this.text.slice(offset + length)];
    colors.replaceChildren(...colored(before), problem, ...colored(after), "\n");
    this.#followText();
  }

  #validate(value: unknown): void {
    this.#lastValue = value;
    this.#violations = violationsOf(this.operation.body, value);
    const { json, verdict, violations, colors } = this.#parts;
    colors.replaceChildren(...colored(this.text), "\n");
    json.removeAttribute("aria-invalid");
    verdict.dataset["fits"] = this.#violations.length === 0 ? "yes" : "no";
    announce(
      verdict,
      this.#violations.length === 0 ? this.#say("valid") : this.#say("violations", { count: this.#violations.length }),
    );
    this.#form.mark(new Map(this.#violations.map((violation) => [violation.pointer, this.#textOf(violation)])));
    violations.replaceChildren(...this.#violations.map((violation) => this.#line(violation)));
    this.#followText();
  }

  #followText(): void {
    const { example } = this.#parts;
    const shown = this.operation.examples.find(({ value }) => JSON.stringify(value, null, 2) === this.text);
    example.value = shown?.name ?? "";
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
    button.addEventListener("click", () => {
      this.#parts.asForm.checked = true;
      this.#form.focus(pointer);
    });
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
