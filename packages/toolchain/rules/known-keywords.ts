import { keywords } from "./keyword-types.ts";
import { didYouMean } from "./nearest.ts";
import type { Context, Visitor } from "./redocly.ts";

/** Rule: an extension keyword is declared in `keyword-types.ts` for the kind of node it is on, so that a misspelt one is not ignored. */
export function knownKeywords(): Visitor {
  return {
    any: checkKeywords,
    // Keywords beside a `$ref` are not part of the node that it leads to.
    ref: checkKeywords,
  };
}

/** The inside of an undeclared keyword, which is reported itself, and `x-errorCodes`, whose keys are keywords of the node beside it. */
const unchecked = new Set(["SpecExtension", "ErrorCodes"]);

function checkKeywords(node: object, { location, report, type }: Context): void {
  if (unchecked.has(type.name)) return;
  const declared = Object.keys(type.properties).filter((key) => key.startsWith("x-"));
  for (const keyword of Object.keys(node)) {
    if (!keyword.startsWith("x-") || declared.includes(keyword)) continue;
    const owners = Object.keys(keywords).filter((owner) => Object.hasOwn(keywords[owner]!, keyword));
    report({
      message: `Keyword \`${keyword}\` is not declared for ${type.name}. ${owners.length > 0 ? belongs(keyword, owners) : unknown(keyword, declared)}`,
      location: location.child([keyword]).key(),
    });
  }
}

function belongs(keyword: string, owners: readonly string[]): string {
  return `\`${keyword}\` is a key of ${owners.join(", ")}: move it there, or correct its indentation.`;
}

function unknown(keyword: string, declared: readonly string[]): string {
  return `${didYouMean(keyword, declared)} A new keyword is declared in rules/keyword-types.ts and listed in README.md.`.trim();
}
