import type { Operation } from "../operations.ts";
import { at, type Scene } from "./fill-values.ts";
import { judgeContent, show } from "./judge-answer.ts";
import type { Follow, Step } from "./scenario.ts";
import { ask, judge, type Finding, type Runner } from "./step.ts";

/** Pulls all pages, and judges their lists as one. */
export async function followPages(
  step: Step,
  { collect, next, nextIn, end }: Follow,
  operation: Operation,
  first: unknown,
  scene: Scene,
  runner: Runner,
): Promise<Finding> {
  const items: unknown[] = [];
  let body = first;
  for (;;) {
    const { call, answer } = await ask(step, operation, body, scene, runner);
    const form = await judge(
      { ...step, expect: { error: step.expect.error, errorCode: step.expect.errorCode } },
      call,
      answer,
      scene,
      runner,
    );
    if (form.complaints.length > 0) return form;
    const page = at(answer.body, collect);
    if (Array.isArray(page)) items.push(...page);
    const [isEnd, from, to] = [at(answer.body, end), at(body, nextIn), at(answer.body, next)];
    const wrong = (pointer: string, expected: string): Finding => ({
      call,
      answer,
      complaints: [{ pointer, expected, got: show(at(answer.body, pointer)) }],
    });
    if (isEnd === 1) {
      const whole = { ...answer, body: withMember(answer.body, collect, items) };
      return { call, answer: whole, complaints: judgeContent(whole, step.expect, scene, runner.clock.now()) };
    }
    if (isEnd !== 0) return wrong(end, "1 on the last page and 0 on every other");
    if (typeof to !== "number" || !(to > Number(from)))
      return wrong(next, `a number above ${show(from)}, where this page began`);
    if (!Array.isArray(page) || page.length === 0)
      return wrong(collect, "an item at least on a page that is not the last");
    body = withMember(body, nextIn, to);
  }
}

/** A copy of the value with another member at a pointer of one token. */
function withMember(value: unknown, pointer: string, member: unknown): unknown {
  return { ...Object(value), [pointer.slice(1)]: member };
}
