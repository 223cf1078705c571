import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, relative } from "node:path";
import {
  type BaseResolver,
  getLineColLocation,
  isRef,
  type LocationObject,
  type NormalizedProblem,
  type Source,
} from "@redocly/openapi-core";
import { didYouMean } from "../rules/nearest.ts";
import { escape, tokensOf } from "./pointer.ts";

/** A mistake in the description, as the terminal shows it: `openapi/servers.yaml:3:5 message (rule)`. */
export type ProblemLine = string;

/** The name that messages give a file, from its absolute path. */
export type Show = (path: string) => string;

/** Names the files of a description `openapi/…`, from the root of the repository, so that a terminal can open them. */
export function showWithin(folder: string): Show {
  return (path) => `openapi/${relative(folder, path).replaceAll("\\", "/")}`;
}

/** Returns the problems that Redocly found, each once. Without `locate`, the place is Redocly's own. */
export async function toProblems(
  found: readonly NormalizedProblem[],
  show: Show,
  locate: (place: LocationObject) => Promise<LocationObject> | LocationObject = (place) => place,
): Promise<ProblemLine[]> {
  const problems: ProblemLine[] = [];
  for (const problem of found) {
    const { ignored, location, message, ruleId, suggest } = problem;
    if (ignored || found.some((other) => causes(other, problem))) continue;
    const hint = suggest.length > 0 ? ` Did you mean ${suggest.join(", ")}?` : "";
    const text = `${missingFile(message, show) ?? message.trim().replaceAll(/\s*\n\s*/g, " ")}${hint} (${ruleId})`;
    const [place] = location;
    problems.push(place === undefined ? text : `${placeText(await locate(place), show)} ${text}`);
  }
  return [...new Set(problems)];
}

/** Problems that only follow from another one: the rule that reports the cause, the rule that follows, and where both are. */
const followers: readonly (readonly [cause: string, follower: string, at: "line" | "file" | "anywhere"])[] = [
  ["contact-groups/reference-names-file", "no-unresolved-refs", "file"],
  ["contact-groups/operation-id-matches-path", "operation-operationId-unique", "line"],
  ["contact-groups/known-keywords", "contact-groups/operation-complete", "file"],
  ["contact-groups/catalogue-complete", "contact-groups/error-codes-known", "anywhere"],
];

function causes(one: NormalizedProblem, other: NormalizedProblem): boolean {
  return followers.some(([cause, follower, where]) => {
    if (one.ruleId !== cause || other.ruleId !== follower) return false;
    const [here, there] = [one.location[0], other.location[0]];
    if (where === "anywhere" || here === undefined || there === undefined) return where === "anywhere";
    if (here.source.absoluteRef !== there.source.absoluteRef) return false;
    return where === "file" || getLineColLocation(here).start.line === getLineColLocation(there).start.line;
  });
}

/** Returns Redocly's message for a `$ref` to a missing file, without the path of the machine, and with the file that was probably meant. */
function missingFile(message: string, show: Show): string | undefined {
  const [, path] = /^Can't resolve \$ref: ENOENT.*'(.+)'$/.exec(message) ?? [];
  if (path === undefined) return undefined;
  const folder = dirname(path);
  const meant = existsSync(folder) ? didYouMean(basename(path), readdirSync(folder)) : "";
  return `The file \`${show(path)}\` does not exist. Correct the path of the $ref, or add the file.${meant}`;
}

/** Returns a place as `openapi/servers.yaml:3:5`. */
export function placeText(place: LocationObject, show: Show): string {
  const { line, col } = getLineColLocation(place).start;
  return `${show(place.source.absoluteRef)}:${line}:${col}`;
}

/** Returns the place of a character of a text, as `openapi/servers.yaml:3:5`. */
export function at(name: string, text: string, index: number): string {
  const before = text.slice(0, index).split("\n");
  return `${name}:${before.length}:${before.at(-1)!.length + 1}`;
}

interface Position {
  source: Source;
  parsed: unknown;
  node: unknown;
  path: readonly string[];
}

/**
 * Returns where a place of the bundle, as a JSON pointer, comes from: the file and the place in it. What the bundler itself adds comes from the nearest
 * place around it that is in a file.
 *
 * @param root Absolute path of `openapi.yaml`.
 */
export async function sourceOf(pointer: string, root: string, resolver: BaseResolver): Promise<LocationObject> {
  const tokens = tokensOf(pointer);
  // The bundler names a component after its file, and the root does not list each of them.
  const [, kind, name, ...inside] = tokens;
  const component = `./components/${kind}/${name}.yaml`;
  if (tokens[0] === "components" && name !== undefined) {
    const found = await walkFile(component, root, resolver);
    if (found !== undefined) return placeOf(await walk(found, inside, resolver));
  }
  return placeOf(await walk((await walkFile(root, null, resolver))!, tokens, resolver));
}

function placeOf({ source, path }: Position): LocationObject {
  return { source, pointer: `#/${path.map((token) => escape(token)).join("/")}` };
}

async function walk(start: Position, tokens: readonly string[], resolver: BaseResolver): Promise<Position> {
  let here = start;
  for (const token of tokens) {
    // What stands next to a `$ref` is where it stands, and not where the `$ref` leads.
    if (!has(here.node, token)) here = await follow(here, resolver);
    if (!has(here.node, token)) return here;
    here = { ...here, node: here.node[token], path: [...here.path, token] };
  }
  return await follow(here, resolver);
}

function has(node: unknown, token: string): node is Readonly<Record<string, unknown>> {
  return typeof node === "object" && node !== null && Object.hasOwn(node, token);
}

async function follow(here: Position, resolver: BaseResolver): Promise<Position> {
  if (!isRef(here.node)) return here;
  const [file = "", pointer = ""] = here.node.$ref.split("#");
  const start =
    file === "" ? { ...here, node: here.parsed, path: [] } : await walkFile(file, here.source.absoluteRef, resolver);
  return start === undefined ? here : await walk(start, tokensOf(pointer), resolver);
}

async function walkFile(file: string, base: string | null, resolver: BaseResolver): Promise<Position | undefined> {
  const document = await resolver.resolveDocument(base, file, base === null).catch(() => undefined);
  if (document === undefined || document instanceof Error) return undefined;
  return { source: document.source, parsed: document.parsed, node: document.parsed, path: [] };
}
