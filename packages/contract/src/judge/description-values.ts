/** Finds the values of a request by the schema that the description gives them, so that no rule names the fields of an operation. */
import { isObject } from "@contact-groups/core/json";
import type { Field } from "@contact-groups/openapi/model";
import { pointerTo } from "../json-pointer.ts";
import { operationOf } from "./identity.ts";
import type { Exchange } from "../record/exchange.ts";

/** A text of a request, and where it is. */
export interface Place {
  readonly pointer: string;
  readonly text: string;
}

/** Returns the texts of a valid request that have a schema, object by object. */
export function textsOf(exchange: Exchange, schema: string): readonly (readonly Place[])[] {
  const known = texts.get(exchange) ?? new Map<string, readonly (readonly Place[])[]>();
  texts.set(exchange, known);
  const operation = operationOf(exchange);
  const found = known.get(schema) ?? (operation ? inField(operation.request, exchange.request.body, schema, "") : []);
  known.set(schema, found);
  return found;
}

/** The texts of each call, which several rules read. */
const texts = new WeakMap<Exchange, Map<string, readonly (readonly Place[])[]>>();

function inField(field: Field, value: unknown, schema: string, pointer: string): readonly (readonly Place[])[] {
  switch (field.type) {
    case "array":
      if (!Array.isArray(value)) return [];
      return value.flatMap((item, index) => inField(field.items, item, schema, `${pointer}/${index}`));
    case "union": {
      const chosen = isObject(value) ? field.alternatives.find((one) => one.value === value[field.by]) : undefined;
      return chosen ? inField(chosen, value, schema, pointer) : [];
    }
    case "object": {
      if (!isObject(value)) return [];
      const own: Place[] = [];
      const inner = Object.entries(field.fields).flatMap(([name, one]) => {
        const found = inField(one, value[name], schema, pointer + pointerTo([name]));
        if (one.type !== "string") return found;
        own.push(...found.flat());
        return [];
      });
      return own.length > 0 ? [own, ...inner] : inner;
    }
    case "string":
      return typeof value === "string" && field.schema === schema ? [[{ pointer, text: value }]] : [];
  }
  return [];
}

/** An item of a list, and where it is. */
export interface ItemPlace {
  readonly pointer: string;
  readonly value: unknown;
}

/** Returns the items at a path of the model, in which `*` stands for each item of a list. */
export function itemsAt(value: unknown, path: string): readonly ItemPlace[] {
  const found = path
    .split("/")
    .slice(1)
    .reduce<readonly ItemPlace[]>(
      (places, token) =>
        places.flatMap((place): readonly ItemPlace[] => {
          if (token === "*") return listed(place);
          const member = isObject(place.value) ? place.value[token] : undefined;
          return [{ pointer: place.pointer + pointerTo([token]), value: member }];
        }),
      [{ pointer: "", value }],
    );
  return found.flatMap(listed);
}

function listed({ pointer, value }: ItemPlace): readonly ItemPlace[] {
  return Array.isArray(value) ? value.map((item, index) => ({ pointer: `${pointer}/${index}`, value: item })) : [];
}

/** Returns the conversation that an item is about: a part of it, or itself. */
export function conversationOf(item: unknown): unknown {
  return isObject(item) ? (Object.values(item).find(isObject) ?? item) : item;
}

/** Returns a value as text that is the same in whatever order its fields were written. */
export function keyOf(value: unknown): string {
  return JSON.stringify(value, (_, inner: unknown) =>
    isObject(inner)
      ? Object.fromEntries(Object.entries(inner).toSorted(([one], [other]) => (one < other ? -1 : 1)))
      : inner,
  );
}
