import { kind } from "../check-option.ts";
import { InvalidArgumentError } from "../errors/invalid-argument-error.ts";
import { longestValiditySeconds } from "../generated/user-sig.ts";

/**
 * A day. It is the least that the service advises (see the catalogue's entry of an expired UserSig), and for a credential that is made
 * anew at no cost the least is the best: one that leaked is soon of no use.
 */
export const defaultValiditySeconds = 86_400;

/** Throws an `InvalidArgumentError` unless a UserSig can be valid for so long. */
export function checkValidity(option: string, seconds: unknown): void {
  if (Number.isInteger(seconds) && Number(seconds) > 0 && Number(seconds) <= longestValiditySeconds) return;
  throw new InvalidArgumentError(option, `a whole number from 1 to ${longestValiditySeconds}`, kind(seconds));
}
