import { catalogue, description, type Operation } from "../description.ts";
import { gate, sayCode, success } from "./facts.ts";
import { at, matches } from "./fill-values.ts";
import { errorCode, judgeForm, show, type Complaint } from "./judge-answer.ts";
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
        pointer: "/ErrorCode",
        expected: want,
        got: `${sayCode(code ?? Number.NaN)} ${show(at(answer.body, "/ErrorInfo"))}`,
      },
    ];
  }
  return code === 0 ? echo(body, answer, clock.now()) : [];
}

/** Codes that say that the request itself is wrong. */
const requestCodes = new Set([
  ...gate.map(({ error }) => error),
  ...Object.values(description.components.schemas).flatMap(schemaCodes),
]);

/** Whether a code says nothing against a valid body: success, or a state of the user or the app that does not allow the call. */
function isTaken(code: number, { operationId }: Operation): boolean {
  if (code === 0) return true;
  const entry = catalogue.find((it) => it.code === code);
  return (
    entry !== undefined && entry.retry === "never" && entry.operations.includes(operationId) && !requestCodes.has(code)
  );
}

function schemaCodes(schema: unknown): number[] {
  if (typeof schema !== "object" || schema === null) return [];
  return Object.entries(schema).flatMap(([name, value]) =>
    name === "x-errorCodes" ? (Object.values(Object(value)) as number[]) : schemaCodes(value),
  );
}

/** What an answer repeats of the request has to be the request's. */
function echo(body: unknown, answer: Answer, now: number): Complaint[] {
  const complain = (pointer: string, matcher: unknown): Complaint[] => {
    const value = at(answer.body, pointer);
    return value === undefined || matches(matcher, value, now)
      ? []
      : [{ pointer, expected: show(matcher), got: show(value) }];
  };
  const list = (pointer: string): readonly unknown[] => [at(body, pointer) ?? []].flat();
  const created = list("/GroupContactItem").flatMap((group, index) => [
    ...complain(`/GroupResultItem/${index}/GroupItem/GroupName`, at(group, "/GroupName")),
    ...complain(
      `/GroupResultItem/${index}/ResultItem`,
      [at(group, "/ContactItem") ?? []].flat().map((conversation) => ({ ContactItem: conversation })),
    ),
  ]);
  const asked = list("/ContactItem");
  const found = [at(answer.body, "/ContactResultItem") ?? []].flat();
  const strangers = found.findIndex((item) => !asked.some((conversation) => matches(conversation, item, now)));
  return strangers < 0
    ? created
    : [
        ...created,
        {
          pointer: `/ContactResultItem/${strangers}`,
          expected: "a conversation of the request",
          got: show(found[strangers]),
        },
      ];
}
