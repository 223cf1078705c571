import type { Failure } from "@contact-groups/openapi/bodies";
import { type Field, queryFields } from "@contact-groups/openapi/model";
import { explain, ownKeywords } from "../field-violations.ts";
import { catalogue, codeOf, gateChecks, type Operation, operations, sayCode, success } from "../operations.ts";
import type { AnswerJudge } from "../prism.ts";
import * as envelope from "../response.ts";
import { at, fillScene, matches, type Scene } from "./fill-values.ts";
import type { Answer, Runner } from "./provider.ts";
import type { Expectation } from "./scenario.ts";

/** What is wrong with an answer. */
export interface Complaint {
  /** JSON pointer into the answer; empty for the whole. */
  readonly pointer: string;
  readonly expected: string;
  readonly got: string;
}

const longest = 300;

/** Where an answer has its code. */
export const codePointer: `/${"ErrorCode" & keyof Failure}` = "/ErrorCode";

/** Judges what every answer has to be: HTTP 200, and what Prism takes for a body of the operation. */
export async function judgeForm(answer: Answer, operation: Operation, prism: AnswerJudge): Promise<Complaint[]> {
  if (answer.status !== 200)
    return [
      {
        pointer: "",
        expected: "HTTP 200, as every answer of the service has",
        got: `HTTP ${answer.status} ${show(answer.text)}`,
      },
    ];
  if (answer.body === undefined) return [{ pointer: "", expected: "a JSON body", got: show(answer.text) }];
  const { method, path } = operation;
  const violations = await prism.judgeAnswer(
    { method, path, query: {}, body: undefined },
    { status: answer.status, body: answer.body },
  );
  if (violations.length === 0) return [];
  // Prism says that it is wrong; the check of the fields says it in words.
  const reasons = explain(operation.response, answer.body, true).filter(
    ({ keyword }) => !ownKeywords.includes(keyword),
  );
  if (reasons.length > 0)
    return reasons.map(({ pointer, text }) => ({ pointer, expected: text, got: show(at(answer.body, pointer)) }));
  return violations.map(({ location, message }) => {
    const pointer = location
      .slice(2)
      .map((token) => `/${token}`)
      .join("");
    return { pointer, expected: `a body of the description: ${message}`, got: show(at(answer.body, pointer)) };
  });
}

/** Judges what this call has to be answered with. */
export function judgeContent(answer: Answer, expect: Expectation, scene: Scene, now: number): Complaint[] {
  const code = errorCode(answer);
  if (!expect.errorCode.includes(code ?? Number.NaN)) {
    const info = infoOf(answer);
    return [
      {
        pointer: codePointer,
        expected: expect.error.map((name) => sayCode(codeOf(name))).join(" or "),
        got: `${code === undefined ? "no ErrorCode" : sayCode(code)}${info ? ` ${show(info)}` : ""}`,
      },
    ];
  }
  return Object.entries(expect.fields ?? {}).flatMap(([pointer, raw]) => {
    const matcher = isUnknown(raw, scene) ? { $absentOr: [] } : fillScene(raw, scene);
    const value = at(answer.body, pointer);
    return matches(matcher, value, now) ? [] : [{ pointer, expected: show(matcher), got: show(value) }];
  });
}

/** The `ErrorCode` of an answer, when it is a number. */
export function errorCode({ body }: Answer): number | undefined {
  return envelope.codeOf(body);
}

/** The `ErrorInfo` of an answer, when it has one. */
export function infoOf({ body }: Answer): unknown {
  return (Object(body) as Partial<Failure>).ErrorInfo;
}

/** A value in a report. */
export function show(value: unknown): string {
  if (value === undefined) return "nothing";
  const text = typeof value === "string" ? value : JSON.stringify(value);
  return text.length > longest ? `${text.slice(0, longest)}… (${text.length} characters)` : text || '""';
}

/** A captured value that the answer before did not have has to be absent here, too. */
function isUnknown(raw: unknown, scene: Scene): boolean {
  return fillScene(raw, scene) === undefined;
}

/** Judges the answer to a random body; `expected` is undefined for a valid one. */
export async function judgeRandom(
  operation: Operation,
  answer: Answer,
  body: unknown,
  expected: number | undefined,
  { prism, clock }: Runner,
): Promise<Complaint[]> {
  const form = await judgeForm(answer, operation, prism);
  if (form.length > 0) return form;
  const code = errorCode(answer);
  const isRight = expected === undefined ? code !== undefined && isTaken(code, operation) : code === expected;
  if (!isRight) {
    const want = expected === undefined ? `0 ${success}, or that the state does not allow it` : sayCode(expected);
    return [
      {
        pointer: codePointer,
        expected: want,
        got: `${sayCode(code ?? Number.NaN)} ${show(infoOf(answer))}`,
      },
    ];
  }
  return code === 0 ? echo(operation, body, answer.body, clock.now()) : [];
}

/** Codes that say that the request itself is wrong. */
const requestCodes: ReadonlySet<number> = new Set([
  ...gateChecks.map(({ error }) => error),
  ...operations.flatMap(({ request }) => codesOf(request)),
  ...queryFields.flatMap(({ field }) => codesOf(field)),
]);

/** Whether a code says nothing against a valid body: success, or a state of the user or the app that does not allow the call. */
function isTaken(code: number, { operationId }: Operation): boolean {
  if (code === 0) return true;
  const entry = catalogue.find((it) => it.code === code);
  return (
    entry !== undefined && entry.retry === "never" && entry.operations.includes(operationId) && !requestCodes.has(code)
  );
}

function codesOf(field: Field): number[] {
  const own = Object.values(field.errors ?? {});
  switch (field.type) {
    case "object":
      return [...own, ...Object.values(field.fields).flatMap(codesOf)];
    case "array":
      return [...own, ...codesOf(field.items)];
    case "union":
      return [...own, ...field.alternatives.flatMap(codesOf)];
  }
  return own;
}

/** What an answer repeats of the request has to be the request's. */
function echo({ itemResults, batch }: Operation, body: unknown, answer: unknown, now: number): Complaint[] {
  return [
    ...(itemResults ? echoOfResults(itemResults, body, answer, now) : []),
    ...(batch ? echoOfFound(batch, body, answer, now) : []),
  ];
}

/** Each list of results has one for each item, in their order, beside what names the list. */
function echoOfResults(
  { request, response }: NonNullable<Operation["itemResults"]>,
  body: unknown,
  answer: unknown,
  now: number,
): Complaint[] {
  const [holder, list] = [parent(request), request.slice(parent(request).length)];
  return indexesOf(body, holder.split("/").slice(1)).flatMap((indexes) => {
    const asked = at(body, fill(holder, indexes));
    const place = fill(parent(response), indexes);
    const told = at(answer, place);
    const names = Object.entries(Object(asked) as object).filter(([, value]) => typeof value === "string");
    const wrongNames = names.flatMap(([name, value]): Complaint[] => {
      const found = find(told, name);
      if (found === undefined || found.value === value) return [];
      return [{ pointer: `${place}${found.pointer}`, expected: show(value), got: show(found.value) }];
    });
    const items = [at(asked, list) ?? []].flat();
    const pointer = fill(response, indexes);
    const results = at(answer, pointer);
    const isEcho =
      results === undefined ||
      (Array.isArray(results) &&
        results.length === items.length &&
        items.every((item, index) =>
          Object.values(Object(results[index]) as object).some((member) => matches(item, member, now)),
        ));
    return isEcho
      ? wrongNames
      : [...wrongNames, { pointer, expected: `a result for each of ${show(items)}`, got: show(results) }];
  });
}

/** Whatever was found was asked for. */
function echoOfFound(
  { request, response }: NonNullable<Operation["batch"]>,
  body: unknown,
  answer: unknown,
  now: number,
): Complaint[] {
  const asked = [at(body, `/${request}`) ?? []].flat();
  const found = [at(answer, `/${response}`) ?? []].flat();
  const stranger = found.findIndex((item) => !asked.some((one) => matches(one, item, now)));
  if (stranger < 0) return [];
  return [{ pointer: `/${response}/${stranger}`, expected: "an item of the request", got: show(found[stranger]) }];
}

function parent(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** The indexes that stand for each `*` on the way, of each place that is there. */
function indexesOf(value: unknown, tokens: readonly string[]): readonly (readonly number[])[] {
  const [token, ...rest] = tokens;
  if (token === undefined) return [[]];
  if (token !== "*") return indexesOf(at(value, `/${token}`), rest);
  if (!Array.isArray(value)) return [];
  return value.flatMap((item, index) => indexesOf(item, rest).map((inner) => [index, ...inner]));
}

function fill(path: string, indexes: readonly number[]): string {
  const left = [...indexes];
  return path.replaceAll("*", () => String(left.shift() ?? 0));
}

/** A field of this name in an object or in the objects inside it. */
function find(value: unknown, name: string): { readonly pointer: string; readonly value: unknown } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (key === name) return { pointer: `/${key}`, value: member };
    const inner = find(member, name);
    if (inner) return { ...inner, pointer: `/${key}${inner.pointer}` };
  }
  return undefined;
}
