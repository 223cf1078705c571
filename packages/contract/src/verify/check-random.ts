/** Checks the responses to random bodies. */
import { type Field, queryFields } from "@contact-groups/openapi/model";
import { catalogue, requestCheckList, type ApiOperation, operations, sayCode, success } from "../operations.ts";
import { checkForm, codePointer, errorCode, infoOf } from "./check-response.ts";
import { at, matches, type Mismatch, show } from "./matching.ts";
import type { ProviderResponse, Runner } from "./provider.ts";

/** Checks the response to a random body; `expected` is undefined for a valid one. */
export async function checkRandom(
  operation: ApiOperation,
  response: ProviderResponse,
  body: unknown,
  expected: number | undefined,
  runner: Runner,
): Promise<Mismatch[]> {
  const form = await checkForm(operation, response, runner);
  if (form.length > 0) return form;
  const code = errorCode(response);
  const isRight = expected === undefined ? code !== undefined && isAccepted(code, operation) : code === expected;
  if (!isRight) {
    const want =
      expected === undefined ? `0 ${success}, or the code of a state that does not allow the call` : sayCode(expected);
    return [
      {
        rule: "error-code",
        pointer: codePointer,
        expected: want,
        got: `${sayCode(code ?? Number.NaN)} ${show(infoOf(response))}`,
      },
    ];
  }
  return code === 0 ? echo(operation, body, response.body, runner.clock.now()) : [];
}

/** Codes of an invalid request. */
const requestCodes: ReadonlySet<number> = new Set([
  ...requestCheckList.map(({ error }) => error),
  ...operations.flatMap(({ request }) => codesOf(request)),
  ...queryFields.flatMap(({ field }) => codesOf(field)),
]);

/** Whether a code is allowed for a valid body: success, or a state of the user or the app that does not allow the call. */
function isAccepted(code: number, { operationId }: ApiOperation): boolean {
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

/** Checks that what the response repeats of the request is unchanged. */
function echo({ itemResults, batch }: ApiOperation, body: unknown, response: unknown, now: number): Mismatch[] {
  if (itemResults) return echoOfResults(itemResults, body, response, now);
  return batch ? echoOfFound(batch, body, response, now) : [];
}

/** Checks that each list of results has one for each item, in their order, next to what names the list. */
function echoOfResults(
  { request: requestPath, response: responsePath }: NonNullable<ApiOperation["itemResults"]>,
  body: unknown,
  response: unknown,
  now: number,
): Mismatch[] {
  const [holder, list] = [parent(requestPath), requestPath.slice(parent(requestPath).length)];
  return indexesOf(body, holder.split("/").slice(1)).flatMap((indexes) => {
    const requested = at(body, fill(holder, indexes));
    const place = fill(parent(responsePath), indexes);
    const returned = at(response, place);
    const names = Object.entries(Object(requested) as object).filter(([, value]) => typeof value === "string");
    const wrongNames = names.flatMap(([name, value]): Mismatch[] => {
      const found = find(returned, name);
      if (found === undefined || found.value === value) return [];
      return [{ rule: "value", pointer: `${place}${found.pointer}`, expected: show(value), got: show(found.value) }];
    });
    const items = [at(requested, list) ?? []].flat();
    const pointer = fill(responsePath, indexes);
    const results = at(response, pointer);
    const isEcho =
      results === undefined ||
      (Array.isArray(results) &&
        results.length === items.length &&
        items.every((item, index) => isResultOf(item, results[index], now)));
    return isEcho
      ? wrongNames
      : [
          ...wrongNames,
          { rule: "value", pointer, expected: `a result for each of ${show(items)}`, got: show(results) },
        ];
  });
}

/** Whether a result is that of an item: it has the item as a member, or repeats what it has of its members. */
function isResultOf(item: unknown, result: unknown, now: number): boolean {
  const [asked, members] = [Object(item) as object, Object(result) as Readonly<Record<string, unknown>>];
  const common = Object.entries(asked).filter(([name]) => name in members);
  if (common.length > 0) return common.every(([name, value]) => matches(value, members[name], now));
  return Object.values(members).some((member) => matches(item, member, now));
}

/** Checks that every item found was requested. */
function echoOfFound(
  { request: requestPath, response: responsePath }: NonNullable<ApiOperation["batch"]>,
  body: unknown,
  response: unknown,
  now: number,
): Mismatch[] {
  const requested = [at(body, requestPath) ?? []].flat();
  const found = [at(response, responsePath) ?? []].flat();
  const unknown = found.findIndex((item) => !requested.some((one) => matches(one, item, now)));
  if (unknown < 0) return [];
  return [
    {
      rule: "value",
      pointer: `${responsePath}/${unknown}`,
      expected: "an item of the request",
      got: show(found[unknown]),
    },
  ];
}

function parent(pointer: string): string {
  return pointer.slice(0, pointer.lastIndexOf("/"));
}

/** Returns the indexes for the `*` of a path, for each place that exists. */
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

/** Finds a field of this name in an object or in the objects inside it. */
function find(value: unknown, name: string): { readonly pointer: string; readonly value: unknown } | undefined {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return undefined;
  for (const [key, member] of Object.entries(value)) {
    if (key === name) return { pointer: `/${key}`, value: member };
    const inner = find(member, name);
    if (inner) return { ...inner, pointer: `/${key}${inner.pointer}` };
  }
  return undefined;
}
