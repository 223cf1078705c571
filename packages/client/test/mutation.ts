/** Changes that a new version of the service, or a faulty gateway in front of it, can make to a response. */
import * as fc from "fast-check";

/** One change of a JSON body. `at` chooses the field: it is counted through all of them, and starts over past the last. */
export interface Mutation {
  readonly kind: "add" | "remove" | "replace" | "toText" | "toNumber" | "wrap" | "unwrap" | "repeat";
  readonly at: number;
  readonly key: string;
  readonly value: unknown;
}

/** Stands for a number that JSON can write and a double can't hold. */
const infinite = "1e999";

/** Values that are close to valid ones, and any others. */
const anyValue: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom(
    null,
    "",
    "0",
    "1",
    " 0",
    "0x0",
    "OK",
    "FAIL",
    "ok",
    infinite,
    true,
    false,
    0,
    1,
    2,
    3,
    -1,
    0.5,
    1e21,
    2 ** 53,
  ),
  fc.constantFrom<unknown>([], {}, [null], [[]], [{}], { length: 3 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

const anyKey = fc.oneof(
  fc.constantFrom("ErrorDisplay", "__proto__", "constructor", "toJSON", "then", "RequestId"),
  fc.string(),
);

const mutation: fc.Arbitrary<Mutation> = fc.record({
  kind: fc.constantFrom("add", "remove", "replace", "toText", "toNumber", "wrap", "unwrap", "repeat"),
  at: fc.nat(10_000),
  key: anyKey,
  value: anyValue,
});

/** One to four changes. */
export const mutations: fc.Arbitrary<Mutation[]> = fc.array(mutation, { minLength: 1, maxLength: 4 });

/** How the text changes on its way. */
export interface Transmission {
  readonly head: string;
  /** The part of the text that arrives. */
  readonly part: number;
  readonly tail: string;
  /** Arrives in place of the text. */
  readonly instead?: string | undefined;
}

/** Usually no change; otherwise the text is truncated, has something before or after it, or is replaced. */
export const transmission: fc.Arbitrary<Transmission> = fc.oneof(
  { weight: 6, arbitrary: fc.constant({ head: "", part: 1, tail: "" }) },
  {
    weight: 4,
    arbitrary: fc.record({
      head: fc.constantFrom("", "\uFEFF", "\0", ")]}',\n"),
      part: fc.oneof(fc.constant(1), fc.double({ min: 0, max: 1, noNaN: true })),
      tail: fc.constantFrom("", " ", "\n<!-- gateway -->", "{}"),
      instead: fc.option(fc.oneof(fc.string(), fc.json(), fc.constant("<html>502 Bad Gateway</html>")), {
        nil: undefined,
      }),
    }),
  },
);

/** Returns the text that arrives. */
export function transmit(text: string, { head, part, tail, instead }: Transmission): string {
  const written = text.replaceAll(`"${infinite}"`, infinite);
  return instead ?? head + written.slice(0, part * written.length) + tail;
}

/** Returns a copy of the body with the changes. */
export function mutate(body: unknown, changes: readonly Mutation[]): unknown {
  // The holder lets the body itself be changed as a field is.
  const holder = { body: structuredClone(body) };
  for (const change of changes) apply(fieldsOf(holder), change);
  return holder.body;
}

type Field = readonly [holder: Record<string, unknown>, key: string];

function apply(fields: readonly Field[], { kind, at, key, value }: Mutation): void {
  const [holder, name] = fields[at % fields.length] ?? [{}, ""];
  const old = holder[name];
  if (kind === "remove") delete holder[name];
  if (kind === "replace") set(holder, name, value);
  if (kind === "toText") set(holder, name, typeof old === "object" ? JSON.stringify(old) : String(old));
  if (kind === "toNumber") set(holder, name, Number(old));
  if (kind === "wrap") set(holder, name, [old]);
  if (kind === "unwrap" && Array.isArray(old)) set(holder, name, old[0]);
  if (kind === "repeat" && Array.isArray(old)) set(holder, name, [...old, ...old]);
  if (kind !== "add") return;
  if (Array.isArray(holder)) holder.push(value);
  else set(holder, key, value);
}

/** Assigning to `__proto__` would set the prototype: JSON can hold such a field, so it has to be a field here as well. */
function set(holder: object, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, writable: true, enumerable: true, configurable: true });
}

function fieldsOf(value: unknown): Field[] {
  if (typeof value !== "object" || value === null) return [];
  const holder = value as Record<string, unknown>;
  return Object.keys(holder).flatMap((name): Field[] => [[holder, name], ...fieldsOf(holder[name])]);
}
