/** Random requests that are valid or nearly so: bodies, tricks in their JSON, in the query, in the header fields and in the path. */
import * as fc from "fast-check";
import { mutations } from "../../src/verify/broken-values.ts";
import { arbitraryOf } from "../../src/verify/random-checks.ts";
import { userSig } from "../calls.ts";
import { testedOperations } from "../tested-operations.ts";

export interface FuzzedRequest {
  readonly method: string;
  /** Path and query. */
  readonly target: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Empty when there is none. */
  readonly body: Uint8Array;
}

/** Changes the text of a JSON body; `at` selects a place. */
type Trick = (text: string, at: number) => string | Uint8Array;

const cut = (text: string, at: number): number => at % (text.length + 1);
const insert = (text: string, at: number, more: string): string =>
  text.slice(0, cut(text, at)) + more + text.slice(cut(text, at));
/** Adds members at the end of an object. */
const member = (text: string, more: string): string =>
  text.endsWith("}") ? `${text.slice(0, -1)}${text === "{}" ? "" : ","}${more}}` : text;

const tricks: readonly Trick[] = [
  (text) => text,
  (text) => `\uFEFF${text}`,
  (text) => ` \r\n\t${text}\n`,
  (text) => text.replace(/"(\w+)":/, '"$1":null,"$1":'),
  (text) => text.replace(/"StartIndex":(\d+)/, '"StartIndex":$1.0'),
  (text) => text.replace(/"Type":1/, '"Type":1e0'),
  (text) => text.replace(/:(\d+)/, ":9007199254740993"),
  (text) => text.replace(/:(\d+)/, ":1e400"),
  (text) => text.replace(/:(\d+)/, ":-0"),
  (text) => text.replace(/:(\d+)/, ':"$1"'),
  (text) =>
    text.replace(
      /"(\w)(\w*)":/,
      (_, first: string, rest: string) => `"\\u00${first.charCodeAt(0).toString(16)}${rest}":`,
    ),
  (text) => text.replace(/:"([^"]*)"/, ':"$1\\ud800"'),
  (text) => text.replace(/:"([^"]*)"/, ':"$1\\u0000"'),
  (text) => text.replace(/:"([^"]*)"/, ':"群$1"'),
  (text) => text.replace(/:"([^"]*)"/, `:"${userSig}"`),
  (text) => member(text, '"__proto__":{"a":1}'),
  (text) => member(text, '"constructor":1,"toString":2'),
  (text) => member(text, `"${userSig}":0`),
  (text) => member(text, '"usersig":"x"'),
  (text) => `${text},`,
  (text) => `${text}//`,
  (text) => text.replaceAll('"', "'"),
  (text) => text.replace("}", ",}"),
  (text, at) => text.slice(0, cut(text, at)),
  (text, at) => insert(text, at, " "),
  (text, at) => insert(text, at, "\u0000"),
  (text, at) => insert(text, at, '"'),
  (text, at) =>
    Buffer.concat([
      Buffer.from(text.slice(0, cut(text, at))),
      Buffer.from([0xff]),
      Buffer.from(text.slice(cut(text, at))),
    ]),
  () => "",
  () => "NaN",
  () => "null",
  (_, at) => "[".repeat(at % 500) + "]".repeat(at % 500),
];

const someValue = fc.oneof(
  fc.constantFrom(
    "",
    "0",
    "1",
    "-1",
    "1.0",
    "1e3",
    "0x10",
    " 1",
    "+1",
    "4294967295",
    "4294967296",
    "json",
    "JSON",
    "xml",
  ),
  fc.constantFrom("administrator", "群", "a b", "a%20b", userSig, "x".repeat(33)),
  fc.string({ maxLength: 12 }),
);
const names = ["sdkappid", "identifier", "usersig", "random", "contenttype"] as const;
const someName = fc.constantFrom(...names);

type Change = (pairs: readonly (readonly [string, string])[]) => readonly (readonly [string, string])[];
const someQueryChange: fc.Arbitrary<Change> = fc.oneof(
  { weight: 12, arbitrary: fc.constant<Change>((pairs) => pairs) },
  someName.map(
    (name): Change =>
      (pairs) =>
        pairs.filter(([one]) => one !== name),
  ),
  fc.tuple(someName, someValue).map(
    ([name, value]): Change =>
      (pairs) =>
        pairs.map((pair) => (pair[0] === name ? [name, value] : pair)),
  ),
  fc.tuple(someName, someValue).map(([name, value]): Change => (pairs) => [...pairs, [name, value]]),
  someName.map(
    (name): Change =>
      (pairs) =>
        pairs.map((pair) => (pair[0] === name ? [name.toUpperCase(), pair[1]] : pair)),
  ),
  fc.tuple(fc.constantFrom("extra", "__proto__", "", "a[]"), someValue).map((pair): Change => (pairs) => [
    pair,
    ...pairs,
  ]),
);

const someType = fc.oneof(
  { weight: 12, arbitrary: fc.constant("application/json") },
  fc.constantFrom(
    "",
    "application/json; charset=utf-8",
    'application/json;charset="UTF-8"',
    "Application/JSON",
    "application/json; charset=gbk",
  ),
  fc.constantFrom(
    "application/json; charset=nothing",
    "application/vnd.a+json",
    "text/plain;charset=UTF-8",
    "text/html",
    "json",
    "*/*",
  ),
  fc.constantFrom(
    "application/x-www-form-urlencoded",
    "multipart/form-data",
    "multipart/form-data; boundary=a",
    "application/json;",
    "application/json;a",
  ),
);
const someFields = fc.oneof(
  { weight: 8, arbitrary: fc.constant({}) },
  fc.constantFrom<Record<string, string>>(
    { Accept: "text/html" },
    { Authorization: `Bearer ${userSig}` },
    { "X-Note": `usersig=${userSig}` },
    { Prefer: "example=OnlyPage" },
    { Prefer: "error=51007" },
    { Prefer: "example=Nothing" },
    { Prefer: "code=500, dynamic=true" },
    { "Accept-Language": "zh" },
  ),
);
const somePath = fc.oneof(
  { weight: 20, arbitrary: fc.constant((path: string) => path) },
  fc.constantFrom(
    (path: string) => `${path}/`,
    (path: string) => path.toUpperCase(),
    (path: string) => `${path}s`,
    (path: string) => path.replace("v4", "v3"),
    (path: string) => path.replace("/v4/", "/v4//"),
    (path: string) => `${path}/${userSig}`,
  ),
);

/** Any request to any operation. */
export const someRequest: fc.Arbitrary<FuzzedRequest> = fc
  .constantFrom(...testedOperations)
  .chain(({ path, requests, request }) => {
    const example = fc.constantFrom(...requests.map(({ value }) => value));
    const someBody = fc.oneof(
      example,
      arbitraryOf(request),
      fc.tuple(fc.oneof(example, arbitraryOf(request)), fc.nat()).map(([body, number]) => {
        const found = mutations(request, body);
        return found[number % found.length]?.value;
      }),
      fc.tuple(example, fc.jsonValue()).map(([body, more]) => Object.assign({}, body, more)),
      fc.jsonValue(),
    );
    const someTrick = fc.oneof({ weight: 3, arbitrary: fc.constant(tricks[0]!) }, fc.constantFrom(...tricks));
    return fc
      .record({
        random: fc.nat(),
        path: somePath,
        method: fc.oneof({ weight: 30, arbitrary: fc.constant("POST") }, fc.constantFrom("PUT", "DELETE", "GET")),
        body: someBody,
        trick: someTrick,
        at: fc.nat(),
        change: someQueryChange,
        type: someType,
        fields: someFields,
      })
      .map(({ random, path: changed, method, body, trick, at, change, type, fields }) => {
        const pairs = change([
          ["sdkappid", "1400000000"],
          ["identifier", "administrator"],
          ["usersig", userSig],
          ["random", String(random)],
          ["contenttype", "json"],
        ]);
        const url = new URL(
          `http://fuzz.test${changed(path)}?${new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]))}`,
        );
        return {
          method,
          target: url.pathname + url.search,
          headers: { ...(type !== "" && { "Content-Type": type }), ...fields },
          body: method === "GET" ? new Uint8Array() : Buffer.from(trick(JSON.stringify(body) ?? "", at) as string),
        };
      });
  });
