import { docsOf, drawnNames } from "../operations.ts";
import type { JudgeRule, Violation } from "./violation.ts";

/** How many calls back the rule looks. If it compared all calls, 10,000 random numbers would collide by chance in 1 of 90 runs. */
const lookBack = 100;

/** Reports the same random number as in one of the last 100 calls; a retry is a call, too. */
export const randomRepeated: JudgeRule = (exchanges) => drawnNames.flatMap((name) => repeated(name, exchanges));

function repeated(name: string, exchanges: Parameters<JudgeRule>[0]): Violation[] {
  const lastPlace = new Map<string, number>();
  return exchanges.flatMap(({ index, operation, request }, place): Violation[] => {
    const value = request.query[name];
    if (typeof value !== "string" || operation === undefined) return [];
    const before = lastPlace.get(value);
    lastPlace.set(value, place);
    if (before === undefined || place - before > lookBack) return [];
    return [
      {
        side: "request",
        rule: "random-repeated",
        call: index,
        operation,
        in: "query",
        pointer: `/${name}`,
        message: `The query parameter ${name} must be new for each call, but is ${value} as in call ${exchanges[before]?.index}`,
        fix: "Generate it for each attempt from an unsigned 32-bit integer: crypto.getRandomValues(new Uint32Array(1))[0].",
        docs: docsOf(operation),
      },
    ];
  });
}
