import lighthouse from "lighthouse";

/** A category of Lighthouse. */
export type Category = "accessibility" | "best-practices" | "performance" | "seo";

/** The score of a category, and the audits that lower it. */
export interface CategoryScore {
  /** From 0 to 100. */
  readonly score: number;
  readonly failed: readonly string[];
}

/**
 * Runs Lighthouse with its mobile preset on a page. It sends no reports.
 *
 * @param url the page
 * @param port the browser's `--remote-debugging-port`
 */
export async function lighthouseScores<Name extends Category>(
  url: string,
  port: number,
  categories: readonly Name[],
): Promise<Record<Name, CategoryScore>> {
  const result = await lighthouse(url, {
    port,
    onlyCategories: [...categories],
    disableFullPageScreenshot: true,
    logLevel: "error",
  });
  if (!result) throw new Error(`Lighthouse has no result for ${url}.`);
  const { lhr } = result;
  if (lhr.runtimeError) throw new Error(`Lighthouse on ${url}: ${lhr.runtimeError.message}`);
  const scores = {} as Record<Name, CategoryScore>;
  for (const name of categories) {
    const { score, auditRefs } = lhr.categories[name]!;
    const failed = auditRefs
      .map(({ id, weight }) => ({ ...lhr.audits[id]!, weight }))
      .filter((audit) => audit.weight > 0 && audit.score !== null && audit.score < 1)
      .map(({ id, title }) => `${id}: ${title}`);
    scores[name] = { score: Math.round((score ?? 0) * 100), failed };
  }
  return scores;
}
