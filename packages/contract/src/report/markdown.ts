/** A report in Markdown, as GitHub's step summary shows it. */
import { type Finding, isUnused } from "./finding.ts";
import type { Case, Run } from "./run.ts";
import { aboutBasis, documentText, where } from "./text.ts";

/** A step summary holds 1 MiB, which this many findings are far from. */
const most = 50;
const longestRequest = 1000;

const outcomeTitles: Readonly<Record<Case["outcome"], string>> = {
  passed: "Passed",
  failed: "Failed",
  notJudged: "Not judged",
  notRun: "Not run",
  skipped: "Skipped",
};

/** Writes a report in Markdown: the counts as a table, then a section for each finding. Texts of a provider cannot add markup. */
export function markdown(findings: readonly Finding[], run: Run, notes: readonly string[] = []): string {
  const outcomes = Object.keys(outcomeTitles) as Case["outcome"][];
  const known = findings.filter(({ state }) => state === "known");
  const others = findings.filter((finding) => !known.includes(finding));
  const rest = others.length - most;
  return [
    `## Contract: ${run.command}`,
    [
      `| ${outcomes.map((outcome) => outcomeTitles[outcome]).join(" | ")} |`,
      `| ${outcomes.map(() => "---:").join(" | ")} |`,
      `| ${outcomes.map((outcome) => run.cases.filter((one) => one.outcome === outcome).length).join(" | ")} |`,
    ].join("\n"),
    ...notes.map((note) => `> ${plain(note)}`),
    ...others.slice(0, most).map(section),
    ...(rest > 0 ? [`${rest} more are in the log.`] : []),
    ...(known.length > 0 ? [`Known by the baseline: ${known.length}.`] : []),
  ]
    .map((part) => `${part}\n`)
    .join("\n");
}

function section(finding: Finding): string {
  const { outcome, message, rule, why, fix, basis, documents, first, need } = finding;
  const lines = [
    ...(need?.isNeeded ? [`- **Your consumer needs this:** ${plain(need.reason)}`] : []),
    ...(where(finding) === "" ? [] : [`- **Where:** ${plain(where(finding))}`]),
    ...(aboutBasis[basis] === "" ? [] : [`- **Basis:** ${aboutBasis[basis]}`]),
    ...(why === undefined ? [] : [`- **Why:** ${plain(why)}`]),
    `- **Fix:** ${plain(fix)}`,
    ...documents.map((document) => `- **Source:** ${plain(documentText(document))}`),
  ];
  return [
    `### ${isUnused(finding) ? "Not used by this consumer" : outcomeTitles[outcome]}: ${plain(message)} \`${rule}\``,
    lines.join("\n"),
    ...(first.request === undefined ? [] : [details("Request", first.request.slice(0, longestRequest))]),
  ].join("\n\n");
}

function details(title: string, text: string): string {
  const longestRun = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longestRun + 1);
  return `<details><summary>${title}</summary>\n\n${fence}sh\n${text}\n${fence}\n\n</details>`;
}

/** Escapes what is markup in Markdown or HTML, and the marks of a mention or a link to an issue. */
function plain(text: string): string {
  return text
    .replaceAll(/\s+/g, " ")
    .replaceAll(/[\\`*_{}[\]|~#]/g, String.raw`\$&`)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("@", "&#64;");
}
