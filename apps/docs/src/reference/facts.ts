import { valuesOf } from "@contact-groups/toolchain/bundle/placeholders";
import type { Lang } from "../locales.ts";
import { wordsOf } from "../words/words.ts";
import { bundleOf } from "./bundle.ts";
import { modelOf, operations } from "./model.ts";

/**
 * Returns a number of the description, by what a text of the description writes in braces.
 * @example limit("limits.groupsPerUser") // 20
 */
export function limit(name: string): number {
  const value = valuesOf(bundleOf("en")).get(name);
  if (value === undefined) throw new Error(`The bundle has no limit ${name}.`);
  return value;
}

/** Returns the rate of the operations in words: how many calls, and what they are counted for. */
export function rateText(lang: Lang): string {
  const say = wordsOf(lang);
  const [rate = "", ...others] = new Set(
    operations(modelOf(lang)).map((one) => say(`rate.${one.rate.scope}`, one.rate)),
  );
  if (others.length > 0) throw new Error("The operations have different rates: write a row for each.");
  return rate;
}
