/* oxlint-disable unicorn/no-useless-spread -- a line for each kind */
import * as fc from "fast-check";

/** Changes the bytes of a body. */
export type BodyMutation = (body: Uint8Array) => Uint8Array;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Values as JSON text, so that there can be some that no program would write. */
const oddValues: readonly string[] = [
  ...[
    "null",
    "true",
    "false",
    "0",
    "-0",
    "-1",
    "1",
    "2",
    "3",
    "1.0",
    "1E0",
    "0.5",
    "1e308",
    "1e999",
    "-1e999",
    "5e-324",
  ],
  ...["9007199254740993", "18446744073709551616", "4294967296", "01", "+1", "NaN", "Infinity", "undefined", "0x1"],
  ...[
    '""',
    '" "',
    '"1"',
    '"2"',
    '"\\u0000"',
    '"\\ud800"',
    '"\\udc00\\ud800"',
    '"\ufeff"',
    '"\u202e"',
    '"__proto__"',
    '"constructor"',
  ],
  ...[
    '"\\x"',
    '"\n"',
    "'x'",
    "[]",
    "{}",
    "[null]",
    "[[]]",
    "[1,]",
    "{,}",
    '{"__proto__":{"Type":1}}',
    '{"toString":1}',
  ],
  ...['{"Type":1,"To_Account":"user_0002","ToGroupId":"@TGS#1"}', '{"Type":"1","To_Account":"user_0002"}'],
  `"${"x".repeat(33)}"`,
  `"${"\u00e9".repeat(32)}"`,
  `"${"\u{1f469}\u200d".repeat(20)}"`,
  `"${"y".repeat(70_000)}"`,
  `${"[".repeat(5000)}${"]".repeat(5000)}`,
  `${'{"a":'.repeat(3000)}1${"}".repeat(3000)}`,
  "[".repeat(100_000),
  `[${"1,".repeat(20_000)}1]`,
  "9".repeat(5000),
];

const oddNames: readonly string[] = [
  "__proto__",
  "constructor",
  "prototype",
  "toString",
  "hasOwnProperty",
  "",
  "\0",
  "\ud800",
  "$ref",
  "from_account",
  "From_Account",
  "fromAccount",
  "From_Account ",
  "GroupName",
  "ContactItem",
  "Type",
  "type",
  "x".repeat(1e3),
];

const oddBodies: readonly string[] = [
  "",
  " ",
  "\u0000",
  "\ufeff{}",
  "null",
  "[]",
  "{}{}",
  '"',
  "{",
  "%7B%7D",
  "<x/>",
  "a=b",
];

const oddValue = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...oddValues) },
  { weight: 1, arbitrary: fc.json({ maxDepth: 3 }) },
);

/** Any one change of a body. */
export const bodyMutations: fc.Arbitrary<BodyMutation> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.tuple(fc.nat(), fc.nat(6), fc.uint8Array({ maxLength: 6 })).map(([...it]) => spliced(...it)),
  },
  { weight: 6, arbitrary: fc.tuple(fc.nat(), oddValue).map(([...it]) => replaced(...it)) },
  { weight: 2, arbitrary: fc.nat().map((place) => structured(place, (holder, key) => delete holder[key])) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(...oddNames)).map(([...it]) => renamed(...it)) },
  { weight: 2, arbitrary: fc.tuple(fc.nat(), oddValue).map(([...it]) => doubled(...it)) },
  { weight: 1, arbitrary: fc.tuple(fc.nat(), fc.constantFrom(2, 101, 301)).map(([...it]) => repeated(...it)) },
  {
    weight: 1,
    arbitrary: fc.constantFrom(...oddBodies).map(
      (text): BodyMutation =>
        () =>
          encoder.encode(text),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom("utf-16le", "latin1").map(
      (form): BodyMutation =>
        (body) =>
          recoded(body, form),
    ),
  },
);

function spliced(place: number, removed: number, added: Uint8Array): BodyMutation {
  return (body) => {
    const at = place % (body.length + 1);
    return Buffer.concat([body.subarray(0, at), added, body.subarray(at + removed)]);
  };
}

/** Puts JSON text in the place of one value. */
function replaced(place: number, text: string): BodyMutation {
  const mark = "\u0001here";
  const marked = structured(place, (holder, key) => (holder[key] = mark));
  return (body) => encoder.encode(decoder.decode(marked(body)).replace(JSON.stringify(mark), () => text));
}

function renamed(place: number, name: string): BodyMutation {
  return structured(place, (holder, key) => {
    const value = holder[key];
    delete holder[key];
    Object.defineProperty(holder, name, { value, enumerable: true, configurable: true, writable: true });
  });
}

/** Gives one field a second value in front. */
function doubled(place: number, text: string): BodyMutation {
  return (body) => {
    const json = decoder.decode(body);
    const fields = [...json.matchAll(/"[A-Za-z_]+":/g)];
    const field = fields[place % Math.max(1, fields.length)];
    if (!field) return body;
    return encoder.encode(`${json.slice(0, field.index)}${field[0]}${text},${json.slice(field.index)}`);
  };
}

function repeated(place: number, times: number): BodyMutation {
  return structured(place, (holder, key) => (holder[key] = Array.from({ length: times }, () => holder[key])));
}

function recoded(body: Uint8Array, form: string): Uint8Array {
  return Buffer.from(decoder.decode(body), form as BufferEncoding);
}

type Holder = Record<string, unknown>;

/** Changes one value of a body that is JSON, the whole one included; leaves any other, and one that is nested too deeply, as it is. */
function structured(place: number, change: (holder: Holder, key: string) => unknown): BodyMutation {
  return (body) => {
    try {
      const root: Holder = { body: JSON.parse(decoder.decode(body)) as unknown };
      const places = placesOf(root);
      const [holder, key] = places[place % places.length] ?? [root, "body"];
      change(holder, key);
      return encoder.encode(JSON.stringify(root["body"]) ?? "");
    } catch {
      return body;
    }
  };
}

/** Few places, whatever was put into the body before. */
function placesOf(root: Holder): (readonly [holder: Holder, key: string])[] {
  const places: (readonly [Holder, string])[] = [];
  const queue: Holder[] = [root];
  for (let holder = queue.shift(); holder && places.length < 200; holder = queue.shift()) {
    for (const [key, value] of Object.entries(holder)) {
      places.push([holder, key]);
      if (typeof value === "object" && value !== null) queue.push(value as Holder);
    }
  }
  return places;
}
