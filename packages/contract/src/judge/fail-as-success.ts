import { pullsOf } from "./pulls.ts";
import { strayPages } from "./start-index.ts";
import type { Rule } from "./violation.ts";

/** A FAIL body in HTTP 200 was read as a page: after it, the next call goes on to a page that no answer pointed to. */
export const failAsSuccess: Rule = (exchanges) => strayPages(pullsOf(exchanges), "fail-as-success");
