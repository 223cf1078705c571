/** What GitHub Actions shows: annotations, which are lines of the log. */
import { type Finding, isUnused } from "./finding.ts";
import { where } from "./text.ts";
import { count } from "./words.ts";

/** GitHub shows at most this many errors and this many warnings of a step. */
const most = 10;

const titles: Readonly<Record<Finding["outcome"], string>> = {
  failed: "Contract broken",
  notJudged: "Not judged",
  notRun: "Not run",
};

/**
 * Writes workflow commands: an error for each finding that is not known, at most 10, then how many there are. What the consumer does not use
 * is a warning.
 */
export function githubAnnotations(findings: readonly Finding[]): string {
  const own = findings.filter(({ state }) => state !== "known");
  const errors = own.filter((finding) => !isUnused(finding));
  const warnings = own.filter(isUnused);
  const shown = [
    ...errors.slice(0, most).map((finding) => annotation("error", titles[finding.outcome], finding)),
    ...warnings.slice(0, most).map((finding) => annotation("warning", "Not used by this consumer", finding)),
  ];
  const more = own.length - shown.length;
  const rest = more === 0 ? "" : ` ${more} more are in the log and in the step summary.`;
  const total = own.length === 0 ? [] : [command("notice", "Contract", `${count(own.length, "finding")}.${rest}`)];
  return [...shown, ...total].map((line) => `${line}\n`).join("");
}

function annotation(name: "error" | "warning", title: string, finding: Finding): string {
  const { rule, message, need, fix } = finding;
  const lines = [
    message,
    ...(need?.isNeeded ? [`Your consumer needs this: ${need.reason}`] : []),
    where(finding),
    `Fix: ${fix}`,
  ];
  return command(name, `${title}: ${rule}`, lines.filter((line) => line !== "").join("\n"));
}

function command(name: "error" | "warning" | "notice", title: string, message: string): string {
  return `::${name} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
