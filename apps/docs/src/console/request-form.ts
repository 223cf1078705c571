import type { ArrayField, Field, ObjectField, UnionField } from "@contact-groups/openapi/model";
import { inlineMarkdown } from "../components/inline-markdown.ts";
import { element } from "./element.ts";
import type { ConsoleSay } from "./page-data.ts";

/** Where a value is, and how it is replaced. Undefined takes it away. */
interface Place {
  readonly name: string;
  readonly pointer: string;
  readonly required: boolean;
  /** Inside an entry of a list, where there is no room for explanations. */
  readonly brief: boolean;
  readonly set: (value: unknown) => void;
}

type Fields = Record<string, unknown>;

/** A request's body as a form, made from the description. It changes the value that it shows, in place. */
export class RequestForm {
  readonly #host: HTMLElement;
  readonly #say: ConsoleSay;
  readonly #edited: (value: unknown) => void;
  #field: Field | undefined;
  #value: unknown;

  constructor(host: HTMLElement, say: ConsoleSay, edited: (value: unknown) => void) {
    this.#host = host;
    this.#say = say;
    this.#edited = edited;
  }

  /** Shows another value, or the same one after its structure has changed. */
  show(field: Field, value: unknown): void {
    this.#field = field;
    this.#value = value;
    const set = (other: unknown): void => {
      this.#value = other;
    };
    const root = { name: "", pointer: "", required: true, brief: false, set };
    this.#host.replaceChildren(...this.#render(field, value, root));
  }

  /** Whether there is an input for the value at this pointer. */
  has(pointer: string): boolean {
    return this.#input(pointer) !== null;
  }

  focus(pointer: string): void {
    this.#input(pointer)?.focus();
  }

  /** Shows each text next to the value that it belongs to. */
  mark(texts: ReadonlyMap<string, string>): void {
    for (const holder of this.#host.querySelectorAll<HTMLElement>("[data-violation]")) {
      const text = texts.get(holder.dataset["violation"] ?? "");
      holder.hidden = text === undefined;
      holder.textContent = text ?? "";
    }
    for (const input of this.#host.querySelectorAll<HTMLElement>("input, select")) {
      if (texts.has(input.dataset["pointer"] ?? "")) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
    }
  }

  #input(pointer: string): HTMLElement | null {
    return this.#host.querySelector(`[data-pointer="${CSS.escape(pointer)}"]`);
  }

  #render(field: Field, value: unknown, place: Place): readonly HTMLElement[] {
    if (field.type === "array") return [this.#list(field, value, place)];
    if (field.type !== "object" && field.type !== "union") return [this.#scalar(field, value, place)];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return [this.#otherKind()];
    return field.type === "object"
      ? this.#fields(field, value as Fields, place)
      : this.#choice(field, value as Fields, place);
  }

  /** The fields of an object, but for the one that has been shown already. */
  #fields(field: ObjectField, value: Fields, { pointer, brief }: Place, shown?: string): readonly HTMLElement[] {
    const fields = Object.entries(field.fields).filter(([name]) => name !== shown);
    return fields.flatMap(([name, inner]) =>
      this.#render(inner, value[name], {
        name,
        pointer: `${pointer}/${name}`,
        required: field.required.includes(name),
        brief,
        set(next) {
          if (next === undefined) delete value[name];
          else value[name] = next;
        },
      }),
    );
  }

  #scalar(field: Field, value: unknown, place: Place): HTMLElement {
    const id = `field${place.pointer.replaceAll("/", "-")}`;
    const types: readonly string[] = field.type === "scalar" ? field.types : [field.type];
    const isText = types.includes("string");
    const isNumeric = types.includes("integer") || types.includes("number");
    const input = element("input", {
      id,
      "data-pointer": place.pointer,
      "aria-describedby": `${place.brief ? "" : `${id}-about `}${id}-violation`,
      autocomplete: "off",
      autocapitalize: "off",
      spellcheck: "false",
      ...(isNumeric && !isText && { inputmode: "numeric" }),
    });
    input.value = value === undefined ? "" : String(value);
    input.addEventListener("input", () => {
      const { value: text } = input;
      const isValue =
        (isNumeric && /^-?\d+(\.\d+)?$/.test(text)) || (types.includes("boolean") && /^(true|false)$/.test(text));
      const isAway = text === "" && (!isText || !place.required);
      place.set(isAway ? undefined : isValue ? JSON.parse(text) : text);
      this.#edited(this.#value);
    });
    return element(
      "div",
      { class: "field" },
      element("label", { for: id }, element("code", {}, place.name), ...this.#optional(place)),
      input,
      ...(place.brief ? [] : [about(field, `${id}-about`)]),
      violationOf(place.pointer, `${id}-violation`),
    );
  }

  #list(field: ArrayField, value: unknown, place: Place): HTMLElement {
    const { pointer, name, set } = place;
    const list: unknown[] | undefined = Array.isArray(value) ? value : undefined;
    const size = list?.length ?? 0;
    const { minItems = 0, maxItems = Infinity } = field;
    const whole = element("fieldset", { class: "list" });
    const count = Number.isFinite(maxItems) && maxItems > 1 ? this.#say("count", { count: size, max: maxItems }) : "";
    whole.append(
      element("legend", {}, element("code", {}, name), ...this.#optional(place), element("small", {}, count)),
      about(field),
      // Its entries are too narrow for it.
      ...(shapeOf(field.items) === "single" ? [about(field.items)] : []),
      violationOf(pointer),
    );
    if (value !== undefined && !list) whole.append(this.#otherKind());
    for (const [index, item] of (list ?? []).entries()) {
      const removed = (): void => {
        list?.splice(index, 1);
        if (list?.length === 0 && !place.required) set(undefined);
        this.#changed(`${pointer}/+`);
      };
      whole.append(
        this.#item(field, item, { list: list!, index, place, removed: size > minItems ? removed : undefined }),
      );
    }
    if (size < maxItems) {
      const add = element("button", { type: "button", "data-pointer": `${pointer}/+` }, this.#say("add", { name }));
      add.addEventListener("click", () => {
        set([...(list ?? []), blank(field.items)]);
        this.#changed(`${pointer}/${size}`);
      });
      whole.append(add);
    }
    return whole;
  }

  #item(
    field: ArrayField,
    value: unknown,
    at: { list: unknown[]; index: number; place: Place; removed: (() => void) | undefined },
  ): HTMLElement {
    const pointer = `${at.place.pointer}/${at.index}`;
    const name = `${at.place.name} ${at.index + 1}`;
    const shape = shapeOf(field.items);
    const set = (next: unknown): void => {
      at.list[at.index] = next;
    };
    const inside = this.#render(field.items, value, {
      name,
      pointer,
      required: true,
      brief: shape !== "block",
      set,
    });
    const item = element("div", { role: "group", "aria-label": name, class: `item ${shape}` }, ...inside);
    if (at.removed) {
      const label = this.#say("removeItem", { name });
      const remove = element("button", { type: "button", class: "remove", "aria-label": label, title: label }, "×");
      remove.addEventListener("click", at.removed);
      item.append(remove);
    }
    return item;
  }

  #choice(field: UnionField, value: Fields, place: Place): readonly HTMLElement[] {
    const { by, alternatives } = field;
    const pointer = `${place.pointer}/${by}`;
    const id = `field${pointer.replaceAll("/", "-")}`;
    const chosen = alternatives.find(({ value: tag }) => tag === value[by]);
    const select = element("select", { id, "data-pointer": pointer, "aria-describedby": `${id}-violation` });
    if (!chosen) select.append(element("option", { value: "", selected: true }, this.#say("choose")));
    for (const one of alternatives) {
      const meaning = (one.description ?? "").replace(/[.。]$/, "");
      const text = this.#say("choice", { value: String(one.value), meaning });
      select.append(element("option", { value: String(one.value), selected: one === chosen }, text));
    }
    select.addEventListener("change", () => {
      const next = alternatives.find(({ value: tag }) => String(tag) === select.value);
      if (next) place.set(blankObject(next));
      this.#changed(pointer);
    });
    const label = element("label", { for: id }, element("code", {}, by));
    return [
      element("div", { class: "field" }, label, select, violationOf(pointer, `${id}-violation`)),
      ...(chosen ? this.#fields(chosen, value, place, by) : []),
    ];
  }

  /** The structure has changed: shows it, and puts the focus where the user goes on. */
  #changed(pointer: string): void {
    if (this.#field) this.show(this.#field, this.#value);
    this.#edited(this.#value);
    const next =
      this.#input(pointer) ?? this.#host.querySelector<HTMLElement>(`[data-pointer^="${CSS.escape(pointer)}/"]`);
    next?.focus();
  }

  #optional({ required }: Place): readonly HTMLElement[] {
    return required ? [] : [element("small", {}, this.#say("optional"))];
  }

  #otherKind(): HTMLElement {
    return element("p", { class: "about" }, this.#say("notDescribed"));
  }
}

/** How an entry of a list is laid out: one value, the few values of a union in a row, or anything below each other. */
function shapeOf(field: Field): "single" | "row" | "block" {
  if (isScalar(field)) return "single";
  const isRow =
    field.type === "union" && field.alternatives.every(({ fields }) => Object.values(fields).every(isScalar));
  return isRow ? "row" : "block";
}

function isScalar({ type }: Field): boolean {
  return type !== "array" && type !== "object" && type !== "union";
}

function about(field: Field, id?: string): HTMLElement {
  const text = element("p", { class: "about", id });
  text.innerHTML = inlineMarkdown(field.description ?? "");
  return text;
}

function violationOf(pointer: string, id?: string): HTMLElement {
  return element("p", { class: "violation", id, "data-violation": pointer, hidden: true });
}

/** Returns the first value of a part that is added. */
export function blank(field: Field): unknown {
  if (field.enum) return field.enum[0];
  switch (field.type) {
    case "string":
      return "";
    case "integer":
    case "number":
      return field.minimum ?? 0;
    case "boolean":
      return false;
    case "scalar":
      return blank({ type: field.types[0] ?? "string" });
    case "array":
      return Array.from({ length: field.minItems ?? 0 }, () => blank(field.items));
    case "object":
      return blankObject(field);
    case "union":
      return field.alternatives[0] && blankObject(field.alternatives[0]);
  }
}

/** Returns an object with its required fields. An alternative has no field of the others. */
export function blankObject({ required, fields }: ObjectField): object {
  return Object.fromEntries(required.map((name) => [name, blank(fields[name]!)]));
}
