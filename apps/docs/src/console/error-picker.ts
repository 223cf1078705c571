import type { ConsoleData, ConsoleOperation } from "./console-data.ts";
import { element, part } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";

/** Chooses the error code with which the emulator in the page responds. */
export class ErrorPicker {
  readonly #select: HTMLSelectElement;
  readonly #names: ConsoleData["errorNames"];
  readonly #say: ConsoleSay;
  #operation: ConsoleOperation | undefined;

  constructor(root: HTMLElement, { errorNames }: ConsoleData, say: ConsoleSay, changed: () => void) {
    this.#select = part(root, "error", HTMLSelectElement);
    this.#names = errorNames;
    this.#say = say;
    this.#select.addEventListener("change", changed);
  }

  /** The code; undefined for the response that follows from the state. */
  get code(): number | undefined {
    return Number(this.#select.value) || undefined;
  }

  /** Offers the codes of an operation. The one that is chosen stays if the operation has it. */
  offer(operation: ConsoleOperation): void {
    if (operation === this.#operation) return;
    this.#operation = operation;
    const { code } = this;
    const options = operation.errors.map((value) =>
      element("option", { value }, `${value} ${this.#names[value] ?? ""}`),
    );
    this.#select.replaceChildren(element("option", { value: "" }, this.#say("error.none")), ...options);
    this.choose(code);
  }

  /** Chooses a code. One that the operation does not have is not chosen. */
  choose(code: number | undefined): void {
    this.#select.value = code !== undefined && this.#operation?.errors.includes(code) ? String(code) : "";
  }
}
