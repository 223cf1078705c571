/** What GitHub Actions shows: annotations, which are lines of the log. */
import type { Finding } from "./finding.ts";
import { where } from "./text.ts";
import { count } from "./words.ts";

/** GitHub shows at most this many errors of a step. */
const most = 10;

const titles: Readonly<Record<Finding["outcome"], string>> = {
  failed: "Contract broken",
  notJudged: "Not judged",
  notRun: "Not run",
};

/** Writes workflow commands: an error for each finding that is not known, at most 10, then how many there are. */
export function githubAnnotations(findings: readonly Finding[]): string {
  const errors = findings.filter(({ state }) => state !== "known");
  const shown = errors.slice(0, most);
  const lines = shown.map((finding) => {
    const { outcome, rule, message, fix } = finding;
    return command("error", `${titles[outcome]}: ${rule}`, `${message}\n${where(finding)}\nFix: ${fix}`);
  });
  const more = errors.length - shown.length;
  const rest = more === 0 ? "" : ` ${more} more are in the log and in the step summary.`;
  if (errors.length > 0) lines.push(command("notice", "Contract", `${count(errors.length, "finding")}.${rest}`));
  return lines.map((line) => `${line}\n`).join("");
}

function command(name: "error" | "notice", title: string, message: string): string {
  return `::${name} title=${escapeProperty(title)}::${escapeData(message)}`;
}

function escapeData(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeData(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
