/** Adds the matcher and its type to vitest's `expect`. Import it once, for example in a setup file. */
import { expect } from "vitest";
import type { JudgeOptions } from "./judge/judge.ts";
import { toHaveReceivedValidRequests } from "./matchers.ts";

expect.extend({ toHaveReceivedValidRequests });

declare module "vitest" {
  interface Matchers<R extends void | Promise<void> = void | Promise<void>, T = unknown> {
    /** At least one call was made, and none broke a rule. */
    toHaveReceivedValidRequests(options?: JudgeOptions): R;
  }
}
