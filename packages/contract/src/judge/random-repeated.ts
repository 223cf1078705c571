import { docsOf, drawnNames } from "../operations.ts";
import type { Rule, Violation } from "./violation.ts";

/** How many calls back a repetition counts. With every call in view, 10,000 honest random numbers would meet by chance once in 90 runs. */
const lookBack = 100;

/** The same random number as in one of the last 100 calls; a retry is a call, too. */
export const randomRepeated: Rule = (exchanges) => drawnNames.flatMap((name) => repeated(name, exchanges));

function repeated(name: string, exchanges: Parameters<Rule>[0]): Violation[] {
  const lastPlace = new Map<string, number>();
  return exchanges.flatMap(({ index, operation, request }, place): Violation[] => {
    const value = request.query[name];
    if (typeof value !== "string" || operation === undefined) return [];
    const before = lastPlace.get(value);
    lastPlace.set(value, place);
    if (before === undefined || place - before > lookBack) return [];
    return [
      {
        rule: "random-repeated",
        call: index,
        operation,
        in: "query",
        pointer: `/${name}`,
        message: `The query parameter ${name} must be new for each call, but is ${value} as in call ${exchanges[before]?.index}`,
        fix: "Draw it when the URL of each attempt is made, from a whole unsigned 32-bit integer: crypto.getRandomValues(new Uint32Array(1))[0].",
        docs: docsOf(operation),
      },
    ];
  });
}
