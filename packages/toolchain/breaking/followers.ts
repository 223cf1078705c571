import { Branch } from "./branch.ts";
import type { Difference } from "./difference.ts";

/** One fact that changed, as it stands in texts, examples and other places that follow it: a name, or a number. */
export interface Fact {
  readonly from: string;
  readonly to: string;
}

/** What a difference is called where it came under a name that its own had before, or the other way round; undefined where it is none of a rename. */
export function otherName({ key, before, after, holders }: Difference): string | undefined {
  const [value, among, notAmong] =
    before === undefined ? [after, holders.before, holders.after] : [before, holders.after, holders.before];
  if (before !== undefined && after !== undefined) return undefined;
  const same = [...among.values].filter(
    ([name, other]) => name !== key && !notAmong.values.has(name) && equal(value, other),
  );
  // Two of them would be a guess.
  return same.length === 1 ? same[0]![0] : undefined;
}

/** Whether two values are equal, but for their places and for texts. */
function equal(one: unknown, other: unknown): boolean {
  if (!(one instanceof Branch) || !(other instanceof Branch)) return JSON.stringify(one) === JSON.stringify(other);
  const keys = new Set([...one.values.keys(), ...other.values.keys()]);
  keys.delete("texts");
  return one.role === other.role && [...keys].every((key) => equal(one.values.get(key), other.values.get(key)));
}

/** Whether a difference only follows from facts that changed: with them the older value is the newer one. */
export function follows({ before, after }: Difference, facts: readonly Fact[]): boolean {
  if (before === undefined || after === undefined || before instanceof Branch || after instanceof Branch) return false;
  const text = (value: unknown): string => (typeof value === "string" ? value : JSON.stringify(value));
  return facts.length > 0 && replaceAll(text(before), facts) === text(after);
}

function replaceAll(text: string, facts: readonly Fact[]): string {
  const to = new Map(facts.map((fact) => [fact.from, fact.to]));
  const any = [...to.keys()].map((from) => from.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|");
  return text.replaceAll(new RegExp(`(?<![\\w,])(?:${any})(?![\\w])(?!,\\d)`, "g"), (from) => to.get(from) ?? from);
}

/** A changed number as texts write it, `1000` and `1,000`, and the first number beyond it. */
export function numberFacts(from: number, to: number): Fact[] {
  const write = (value: number): string[] => [value, value + 1].flatMap((one) => [`${one}`, one.toLocaleString("en")]);
  return write(from).map((text, index) => ({ from: text, to: write(to)[index]! }));
}
