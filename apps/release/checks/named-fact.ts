import { unknownCodes } from "@contact-groups/toolchain/bundle/numbers";
import type { RepositoryViolation } from "./violation.ts";

/** The facts of the description that other files name. */
export interface Facts {
  /** The names of the error codes. */
  readonly codes: ReadonlyMap<number, string>;
  /** The names of the examples. */
  readonly examples: ReadonlySet<string>;
  readonly regions: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
}

/** A name in CamelCase, where a file names an entry of the catalogue or an example: as an error, after its code, before its advice, or as what is preferred. */
const namedIn = new RegExp(
  [
    String.raw`\b(?:error|fieldsWith)["']?: ["'\`]`,
    String.raw`\{ (?:\w+: [\w-]+, )*\$?error: (?=\w+(?:,| \}))`,
    String.raw`\berror: \[(?:\w+, )*(?=\w+[,\]])`,
    String.raw`\bentryName === ["']`,
    String.raw`\berrorCodes\.`,
    String.raw`\bprefer\(["']`,
    String.raw`\bexample=`,
    String.raw`\bstepId: `,
    String.raw`(?<![/\d])\d{5} `,
  ]
    .map((before) => `(?<=${before})[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b`)
    .join("|") + String.raw`|\b[A-Z]\w+(?= (?:never|backoff|throttle|refresh-usersig)$)`,
  "gm",
);
const paired = /(?<![/\d])(\d{5}) ([A-Z][a-z]+(?:[A-Z][a-z]+)+)\b/g;
const regionIn = /\bregion: ["']([\w-]+)["']/g;
const hostIn = /\b[\w-]+\.(?:im\.qcloud|tim\.qq|my-imcloud)\.com\b/g;

/** Finds each error code, error name, region and host of the service that a text names and the description does not have. */
export function checkFacts(
  path: string,
  text: string,
  { codes, examples, regions, hosts }: Facts,
): readonly RepositoryViolation[] {
  const names = new Set(["OK", ...codes.values(), ...examples]);
  // A placeholder names a value of a code: `{errors.70050.retryAfterSeconds}`.
  const withCodes = text.replaceAll(/\berrors\.(?=\d)/g, "errors ");
  const found = [
    ...unknownCodes(withCodes, new Set(codes.keys())).map(({ code, index }) => ({ index, what: `error code ${code}` })),
    ...[...text.matchAll(namedIn)]
      .filter(([name]) => !names.has(name))
      .map(({ 0: name, index }) => ({ index, what: `error or example ${name}` })),
    ...[...text.matchAll(paired)]
      .filter(([, code, name]) => codes.get(Number(code)) !== name && names.has(name!))
      .map(({ 0: pair, index }) => ({ index, what: `error ${pair}` })),
    ...[...text.matchAll(regionIn)]
      .filter(([, region]) => !regions.has(region!))
      .map(({ 1: region, index }) => ({ index, what: `region ${region}` })),
    ...[...text.matchAll(hostIn)]
      .filter(([host]) => !hosts.has(host))
      .map(({ 0: host, index }) => ({ index, what: `host ${host}` })),
  ];
  return found.map(({ index, what }) => ({
    where: `${path}:${text.slice(0, index).split("\n").length}`,
    what: `The description has no ${what}. Write one that it has.`,
  }));
}
