import { docsOf } from "../operations.ts";
import { pullsOf } from "./pulls.ts";
import type { Rule, Violation } from "./violation.ts";

/** An incomplete page after which the owner's next page was never asked for, nor a last page got. */
export const unfinishedPull: Rule = (exchanges) =>
  pullsOf(exchanges).flatMap((pages) =>
    pages.flatMap(({ call, operation, paging, told }, place): Violation[] => {
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
          message: `The answer has ${paging.complete} 0, but the page at ${paging.start} ${told.next} was never asked for`,
          fix: `Go on with ${paging.next} until ${paging.complete} is 1. If the rest is not wanted, ignore this rule.`,
          docs: docsOf(operation),
        },
      ];
    }),
  );
