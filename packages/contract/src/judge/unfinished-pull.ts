import { completeName, nextIndexName, pullsOf, startIndexName } from "./pulls.ts";
import { docsOf } from "./schema.ts";
import type { Rule, Violation } from "./violation.ts";

/** An incomplete page after which the owner's next page was never asked for, nor a last page got. */
export const unfinishedPull: Rule = (exchanges) =>
  pullsOf(exchanges).flatMap((pages) =>
    pages.flatMap(({ call, operation, told }, place): Violation[] => {
      if (typeof told !== "object") return [];
      const later = pages.slice(place + 1);
      if (later.some((page) => page.startIndex === told.next || page.told === "last page")) return [];
      return [
        {
          rule: "unfinished-pull",
          call,
          operation,
          in: "sequence",
          pointer: "",
          message: `The answer has ${completeName} 0, but the page at ${startIndexName} ${told.next} was never asked for`,
          fix: `Go on with ${nextIndexName} until ${completeName} is 1. If the rest is not wanted, ignore this rule.`,
          docs: docsOf(operation),
        },
      ];
    }),
  );
