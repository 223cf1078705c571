import { rules } from "../judge/judge.ts";
import type { RuleName } from "../judge/violation.ts";

/** The rules that `--ignore` takes. */
export const ruleNames: string = Object.keys(rules).join(", ");

/** The rules that `--ignore` names, with commas. Throws an `Error` that says which does not exist. */
export function toRules(text: string | undefined): RuleName[] {
  const names = text?.split(",") ?? [];
  const unknown = names.filter((name) => !Object.hasOwn(rules, name));
  if (unknown.length > 0) throw new Error(`--ignore: no rule is called ${unknown.join(", ")}.`);
  return names as RuleName[];
}
