import { type Field, queryFields } from "@contact-groups/openapi/model";
import { catalogue, type Operation, operations } from "../operations.ts";
import { gateChecks, sayCode, success } from "./facts.ts";
import { at, matches } from "./fill-values.ts";
import { codePointer, errorCode, infoOf, judgeForm, show, type Complaint } from "./judge-answer.ts";
import type { Answer } from "./provider.ts";
import type { Runner } from "./step.ts";

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
