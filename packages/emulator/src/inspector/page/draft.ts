/** What is typed into a form, and the value that it stands for. */
import type { Field } from "@contact-groups/openapi/model";

/** What a form edits: texts as they were typed, by the names of the fields. A part that is empty is not sent. */
export type Draft = string | boolean | readonly Draft[] | { readonly [name: string]: Draft } | undefined;

/** Returns the parts of a draft of an object. */
export function partsOf(draft: Draft): { readonly [name: string]: Draft } {
  return typeof draft === "object" && !isList(draft) ? draft : {};
}

/** Returns the entries of a draft of a list. */
export function entriesOf(draft: Draft): readonly Draft[] {
  return isList(draft) ? draft : [];
}

function isList(draft: Draft): draft is readonly Draft[] {
  return Array.isArray(draft);
}

/** Returns the value of a draft; undefined when nothing was typed. What has another type than the field stays a text, so that the emulator says what it must be. */
export function toValue(field: Field, draft: Draft): unknown {
  if (draft === undefined || draft === "") return undefined;
  if (field.type === "object") {
    const given = partsOf(draft);
    const entries = Object.entries(field.fields)
      .map(([name, inner]) => [name, toValue(inner, given[name])] as const)
      .filter(([, value]) => value !== undefined);
    return entries.length === 0 ? undefined : Object.fromEntries(entries);
  }
  if (field.type === "array" && isList(draft)) {
    const entries = draft.map((entry) => toValue(field.items, entry) ?? {});
    return entries.length === 0 ? undefined : entries;
  }
  if (typeof draft !== "string") return draft;
  switch (field.type) {
    case "integer":
    case "number":
      return toNumber(draft);
    case "boolean":
      return draft === "true";
    case "scalar":
      return field.types.includes("string") && !/^-?\d+$/.test(draft) ? draft : toNumber(draft);
    case "array":
      return draft
        .split("\n")
        .filter(Boolean)
        .map((line) => toValue(field.items, line));
    case "union":
      return fromJson(draft);
    case "string":
      return draft;
  }
}

function toNumber(text: string): number | string {
  const number = Number(text);
  return text.trim() === "" || Number.isNaN(number) ? text : number;
}

function fromJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
