/** Default responses: an example, with the request's values in the places where the example has those of its own request. */
import { isObject } from "@contact-groups/core/json";
import { isDeepStrictEqual } from "node:util";
import type { ApiOperation } from "./operations.ts";

/** A body of the description, and the name of the example that it is made of. */
export interface DefaultResponse {
  readonly body: unknown;
  readonly example: string;
}

/**
 * Returns the response to a valid request. It has a result for each item that was sent, in the lists that the model pairs (`itemResults`
 * and `batch`), and no others.
 */
export function defaultResponse(operation: ApiOperation, request: unknown): DefaultResponse {
  const { requests, successes, itemResults, batch } = operation;
  const names = Object.keys(successes).filter((name) => name in requests);
  const [first = ""] = names;
  const example = names.find((name) => shapeOf(requests[name]) === shapeOf(request)) ?? first;
  const lists = itemResults ?? batch;
  const levels = lists ? levelsOf(lists.request, lists.response) : [];
  const filling = { sample: requests[example], request, levels, isDistinct: itemResults === undefined };
  return { body: fill(successes[example], filling), example };
}

/** A list of the request, and the list of the response with a result for each of its items. */
interface Level {
  readonly request: readonly string[];
  readonly response: readonly string[];
}

/** Splits paths at the lists that they go through, which `*` marks. */
function levelsOf(request: string, response: string): readonly Level[] {
  const split = (path: string): string[][] => path.split("/*").map((part) => part.split("/").slice(1));
  const responses = split(response);
  return split(request).map((part, index) => ({ request: part, response: responses[index] ?? [] }));
}

interface Filling {
  /** The request of the example, or an item of it. */
  readonly sample: unknown;
  /** The same part of the request that was sent. */
  readonly request: unknown;
  readonly levels: readonly Level[];
  /** Whether the same item twice has one result: a conversation that is searched for is found once. */
  readonly isDistinct: boolean;
}

function fill(template: unknown, filling: Filling, path: readonly string[] = []): unknown {
  const { sample, request, levels, isDistinct } = filling;
  const [level, ...inner] = levels;
  if (level && Array.isArray(template) && isDeepStrictEqual(level.response, path)) {
    const samples = listAt(sample, level.request);
    const results = listAt(request, level.request).map((item) => {
      const same = samples.findIndex((one) => shapeOf(one) === shapeOf(item));
      const index = Math.max(0, same);
      return fill(template[index], { sample: samples[index], request: item, levels: inner, isDistinct });
    });
    return isDistinct ? [...new Map(results.map((result) => [JSON.stringify(result), result])).values()] : results;
  }
  const source = sourceOf(template, path.at(-1), sample);
  if (source) return at(request, source);
  if (Array.isArray(template)) return template.map((item, index) => fill(item, filling, [...path, String(index)]));
  if (!isObject(template)) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) => [name, fill(value, filling, [...path, name])]),
  );
}

/**
 * Finds the part of the example's request that a part of its response repeats: an object, a text, or a number of the same name. Returns its
 * path.
 */
function sourceOf(template: unknown, name: string | undefined, sample: unknown): readonly string[] | undefined {
  if (Array.isArray(template)) return undefined;
  const equal = partsOf(sample).filter(({ value }) => isDeepStrictEqual(value, template));
  const sameName = equal.find(({ path }) => path.at(-1) === name);
  const isTelling = isObject(template) || (typeof template === "string" && template !== "");
  return (sameName ?? (isTelling ? equal[0] : undefined))?.path;
}

interface Part {
  readonly path: readonly string[];
  readonly value: unknown;
}

/** Returns a value and everything in it. */
function partsOf(value: unknown, path: readonly string[] = []): readonly Part[] {
  const members = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return [{ path, value }, ...members.flatMap(([name, member]) => partsOf(member, [...path, name]))];
}

function at(value: unknown, path: readonly string[]): unknown {
  return path.reduce((part, name) => (Object(part) as Readonly<Record<string, unknown>>)[name], value);
}

function listAt(value: unknown, path: readonly string[]): readonly unknown[] {
  const list = at(value, path);
  return Array.isArray(list) ? list : [];
}

/** Returns the names of an object's members at all depths; those of items of lists do not count. */
function shapeOf(value: unknown): string {
  if (!isObject(value)) return Array.isArray(value) ? "[]" : "";
  return `{${Object.keys(value)
    .toSorted()
    .map((name) => name + shapeOf(value[name]))
    .join()}}`;
}
