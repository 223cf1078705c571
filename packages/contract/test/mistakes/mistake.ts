import type { RuleName } from "../../src/index.ts";
import type { Consumer, Transport } from "./consumer.ts";

/** A mistake that developers make, as a small program without assertions. */
export interface Mistake {
  readonly name: string;
  /** The rule that finds it. */
  readonly rule: RuleName;
  /** Why no rule finds it; undefined when one must. */
  readonly notCaught?: string;
  readonly transport: Transport;
  readonly program: (consumer: Consumer) => Promise<unknown>;
}

/** A kind of mistakes that one transport and, mostly, one rule find. */
export function mistakes(
  transport: Transport,
  rule: RuleName,
  programs: Readonly<Record<string, Mistake["program"]>>,
): readonly Mistake[] {
  return Object.entries(programs).map(([name, program]) => ({ name, rule, transport, program }));
}
