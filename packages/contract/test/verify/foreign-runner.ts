/** Runs exported scenarios as a test in another language would: it knows the JSON and nothing of `src`. */
import { isDeepStrictEqual } from "node:util";
import { realClock } from "@contact-groups/core/real-clock";
import type { ScenarioExport } from "../../src/verify/export-scenarios.ts";
import type { Json } from "../mutations/mutation.ts";

export interface Surroundings {
  readonly exported: ScenarioExport;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
  readonly credentials: Readonly<Record<string, string>>;
  /** Gives UserIDs, each time others where they have to be fresh. */
  readonly find: (kind: string, count: number) => readonly string[];
  readonly chatGroups: Readonly<Record<string, string>>;
}

/** The first failure, or undefined. */
export async function runExported(
  scenario: Json,
  { exported, fetch, credentials, find, chatGroups }: Surroundings,
): Promise<string | undefined> {
  const users: Record<string, readonly string[]> = {};
  for (const [name, { is, count = 1 }] of Object.entries<Json>(scenario.needs.users ?? {}))
    users[name] = find(is, count);
  const captures: Record<string, Json> = {};

  const fill = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(fill);
    if (value === null || typeof value !== "object") return value;
    if ("$user" in value) return users[value.$user]?.[value.at ?? 0];
    if ("$chatGroup" in value) return chatGroups[scenario.needs.chatGroups[value.$chatGroup]];
    if ("$capture" in value) return captures[value.$capture];
    if ("$own" in value) return credentials[value.$own];
    if ("$unknownApp" in value) return "1";
    return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, fill(member)]));
  };

  const call = async (step: Json, body: Json): Promise<Json> => {
    const { method, path, query } = exported.operations[step.operation] as Json;
    const values: Json = {};
    for (const { name, value, credential } of query) values[name] = credential ? credentials[name] : (value ?? 1);
    for (const [name, value] of Object.entries(step.query ?? {})) values[name] = value === null ? [] : fill(value);
    const pairs = Object.entries<Json>(values).flatMap(([name, value]) =>
      [value].flat().map((one): [string, string] => [name, one]),
    );
    const text = step.bytes ? Uint8Array.from(step.bytes) : (step.text ?? JSON.stringify(body));
    const response = await fetch(`http://provider.test${step.path ?? path}?${new URLSearchParams(pairs).toString()}`, {
      method: step.method ?? method,
      ...(text !== undefined && { body: text }),
    });
    return response.status === 200 ? response.json() : { status: response.status };
  };

  for (const [index, step] of scenario.steps.entries()) {
    let body = fill(step.body);
    let response = await call(step, body);
    if (step.follow) {
      const { collect, next, nextIn, end } = step.follow;
      const items = [...(pick(response, collect) ?? [])];
      for (let page = 0; pick(response, end) === 0 && page < 100; page++) {
        body = { ...body, [nextIn.slice(1)]: pick(response, next) };
        response = await call(step, body);
        items.push(...(pick(response, collect) ?? []));
      }
      response = { ...response, [collect.slice(1)]: items };
    }
    const wrong = [
      ...(step.expect.errorCode.includes(response.ErrorCode) ? [] : [`ErrorCode ${response.ErrorCode}`]),
      ...Object.entries<Json>(step.expect.fields ?? {})
        .filter(([pointer, matcher]) => !matches(fill(matcher), pick(response, pointer)))
        .map(([pointer]) => pointer),
    ];
    if (wrong.length > 0) return `${scenario.id}, step ${index + 1}: ${wrong.join(", ")}`;
    for (const [name, pointer] of Object.entries<string>(step.capture ?? {})) captures[name] = pick(response, pointer);
  }
  return undefined;
}

function pick(value: Json, pointer: string): Json {
  return pointer
    .split("/")
    .slice(1)
    .reduce((node, token) => node?.[token], value);
}

function matches(matcher: Json, value: Json): boolean {
  if (Array.isArray(matcher))
    return matcher.length === value?.length && matcher.every((one, index) => matches(one, value[index]));
  if (matcher === null || typeof matcher !== "object") return isDeepStrictEqual(matcher, value);
  if ("$absentOr" in matcher) return value === undefined || matches(matcher.$absentOr, value);
  if ("$oneOf" in matcher) return matcher.$oneOf.some((one: Json) => matches(one, value));
  if ("$not" in matcher) return !matches(matcher.$not, value);
  if ("$length" in matcher) return value?.length === matcher.$length;
  if ("$now" in matcher) return Math.abs(value - realClock.now() / 1000) <= matcher.$now;
  if ("$set" in matcher)
    return (
      matcher.$set.length === value?.length &&
      matcher.$set.every((one: Json) => value.some((item: Json) => matches(one, item)))
    );
  return Object.entries(matcher).every(([key, member]) => matches(member, value?.[key]));
}
