import { pullsOf } from "../judge/pulls.ts";
import type { Exchange } from "../record/exchange.ts";

/** A list on one page; a page with more to come, and the next one asked for; the last of several; one without conversations. */
export type PageKind = "one page" | "several pages" | "last page" | "empty page";

const kinds: readonly PageKind[] = ["one page", "several pages", "last page", "empty page"];

/** Counts the kinds of pages among the calls of paged operations, in the order of time. */
export function pagesOf(exchanges: readonly Exchange[]): ReadonlyMap<PageKind, number> {
  const counts = new Map(kinds.map((kind) => [kind, 0]));
  const count = (kind: PageKind): unknown => counts.set(kind, (counts.get(kind) ?? 0) + 1);
  const answers = new Map(exchanges.map(({ index, answer }) => [index, answer]));
  for (const pages of pullsOf(exchanges)) {
    /** Where the list goes on, by what the answers so far said. */
    const expected = new Set<number>();
    for (const { call, paging, startIndex, told } of pages) {
      if (told === "failure" || told === "nothing") continue;
      const page = answers.get(call)?.body as Readonly<Record<string, unknown>> | undefined;
      const items = page?.[paging.items];
      const isEmpty = !Array.isArray(items) || items.length === 0;
      if (expected.delete(startIndex)) count("several pages");
      if (isEmpty) count("empty page");
      if (told !== "last page") expected.add(told.next);
      else if (startIndex > 0) count("last page");
      else if (!isEmpty) count("one page");
    }
  }
  return counts;
}
