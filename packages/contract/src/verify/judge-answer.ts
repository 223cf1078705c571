import type { Failure } from "@contact-groups/openapi/bodies";
import * as envelope from "../envelope.ts";
import { explain, ownKeywords } from "../explain.ts";
import type { Operation } from "../operations.ts";
import type { AnswerJudge } from "../prism.ts";
import { codeOf, sayCode } from "./facts.ts";
import { at, fillScene, matches, type Scene } from "./fill-values.ts";
import type { Answer } from "./provider.ts";
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
