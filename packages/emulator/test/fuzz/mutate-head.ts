/* oxlint-disable unicorn/no-useless-spread -- a line for each kind */
import * as fc from "fast-check";
import type { Wire } from "./good-requests.ts";

/** Changes what comes before a body. */
export type HeadMutation = (wire: Wire) => Partial<Wire>;

type Pairs = readonly string[];

const oddTexts: readonly string[] = [
  "",
  "0",
  "-1",
  "1.5",
  "x",
  "json",
  "xml",
  "JSON",
  "%",
  "%z",
  "%zz",
  "%00",
  "%ff",
  "%c3%28",
  "%ed%a0%80",
  "+",
  "%2B",
  "%26",
  "&",
  "=",
  "null",
  "[x]",
  "__proto__",
  "4294967296",
  "1e9",
  "99999999999999999999",
  "administrator%00",
  "Administrator",
  "中",
  "a*b-c_d",
  "eJw",
  "*".repeat(64),
  "x".repeat(33),
  "9".repeat(2e3),
  "%25".repeat(500),
  "%f0%9f%98%80",
];
const oddText = fc.oneof(fc.constantFrom(...oddTexts), fc.string({ maxLength: 10 }).map(encodeURI));

const query =
  (change: (pairs: Pairs) => Pairs): HeadMutation =>
  (wire) => ({ query: change(wire.query.split("&")).join("&") });
const path =
  (change: (path: string) => string): HeadMutation =>
  (wire) => ({ path: change(wire.path) });
const nameOf = (pair: string | undefined): string => pair?.split("=")[0] ?? "";
const pick = (pairs: Pairs, number: number): number => number % Math.max(1, pairs.length);

/** Any one change of method, path, query or headers. */
export const headMutations: fc.Arbitrary<HeadMutation> = fc.oneof(
  place((pairs, at) => pairs.filter((_, index) => index !== at)),
  place((pairs, at) => [...pairs, pairs[at] ?? ""]),
  place((pairs, at) => [...pairs.slice(at), ...pairs.slice(0, at)]),
  place((pairs, at) => pairs.with(at, (pairs[at] ?? "").toUpperCase())),
  place((pairs, at) => pairs.with(at, percentEncoded(pairs[at] ?? ""))),
  text((pairs, at, odd) => pairs.with(at, `${nameOf(pairs[at])}=${odd}`)),
  text((pairs, at, odd) => pairs.with(at, `${pairs[at]}${odd}`)),
  text((pairs, at, odd) => pairs.with(at, `${odd}=${(pairs[at] ?? "").split("=")[1]}`)),
  text((pairs, at, odd) => [...pairs.slice(0, at), odd, ...pairs.slice(at)]),
  fc.constantFrom("", "&&&", "?", "x".repeat(5000), "a&".repeat(2000)).map((odd) => () => ({ query: odd })),
  fc.nat().map((at) => path((it) => it.slice(0, at % it.length) + it.slice((at % it.length) + 1))),
  fc
    .constantFrom("/", "//", "/..", "/%2e%2e/", ";x", "%00", "%2F", "\\", ".json", "\u4e2d", "x".repeat(3000))
    .map((end) => path((it) => it + end)),
  fc
    .constantFrom<((it: string) => string)[]>(
      (it) => it.toUpperCase(),
      (it) => `/${it}`,
      percentEncodedPath,
      () => "/",
      () => "/__emulator/reset",
      () => "*",
    )
    .map(path),
  fc.constantFrom("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "HEAD", "post", "X").map((method) => () => ({ method })),
  fc
    .record({
      name: fc.constantFrom(
        "Content-Type",
        "Content-Encoding",
        "Accept",
        "X-HTTP-Method-Override",
        "Cookie",
        "Origin",
        "X-Odd",
      ),
      value: fc.constantFrom(
        "",
        "gzip",
        "text/plain; charset=utf-16",
        "application/json; charset=x",
        "GET",
        "x".repeat(9000),
        "\u00ff",
      ),
    })
    .map(({ name, value }): HeadMutation => (wire) => ({ headers: { ...wire.headers, [name]: value } })),
);

function place(change: (pairs: Pairs, at: number) => Pairs): fc.Arbitrary<HeadMutation> {
  return fc.nat().map((at) => query((pairs) => change(pairs, pick(pairs, at))));
}

function text(change: (pairs: Pairs, at: number, odd: string) => Pairs): fc.Arbitrary<HeadMutation> {
  return fc.tuple(fc.nat(), oddText).map(([at, odd]) => query((pairs) => change(pairs, pick(pairs, at), odd)));
}

function percentEncoded(pair: string): string {
  return pair.replaceAll(/[A-Za-z0-9]/g, (letter) => `%${letter.charCodeAt(0).toString(16)}`);
}

function percentEncodedPath(it: string): string {
  return it.replace("create", "%63reate").replace("get_", "%67et_");
}
