import { type Finding, isUnused } from "./finding.ts";
import { list, oneLine } from "./words.ts";

/** Maximum length of a request in a terminal; the JSON report has it in full. */
const longestRequest = 1000;

const titles: Readonly<Record<Finding["outcome"], string>> = {
  failed: "FAILED",
  notJudged: "NOT JUDGED",
  notRun: "NOT RUN",
};

/** Says why a difference may be allowed; empty for what a document states. */
export const aboutBasis: Readonly<Record<Finding["basis"], string>> = {
  documented: "",
  disputed: "documents disagree about this",
  assumed: "no document mentions this; the description assumes it",
};

/** Writes findings for a terminal: a paragraph for each, with what was expected, what was received, and what to change. */
export function findingsText(findings: readonly Finding[]): string {
  return findings.map((finding) => `${findingText(finding)}\n`).join("\n");
}

function findingText(finding: Finding): string {
  const { outcome, rule, message, why, fix, documents, basis, first, need } = finding;
  const lines: readonly (readonly [label: string, text: string | undefined])[] = [
    ["needed", need?.reason && `your consumer needs this: ${need.reason}`],
    ["where", where(finding)],
    ["basis", aboutBasis[basis]],
    ["why", why],
    ["fix", fix],
    ...documents.map((document) => ["source", documentText(document)] as const),
    ["request", first.request && cut(first.request)],
  ];
  return [
    `${isUnused(finding) ? "WARNING, not used by this consumer:" : titles[outcome]} ${oneLine(message)} [${rule}]`,
    ...lines.flatMap(([label, text = ""]) =>
      text === "" ? [] : [`  ${label.padEnd(8)}${label === "request" ? text : oneLine(text)}`],
    ),
  ].join("\n");
}

/** Says where a finding occurred: `12 times in 3 scenarios (a, b, c), first in step 2 of a`. Empty for all of a run. */
export function where({ side, count: times, scenarios, calls, operations, first }: Finding): string {
  const of = operations.length > 0 ? `, ${list(operations)}` : "";
  const often = times > Math.max(scenarios.length, calls.length) ? `${times} times in ` : "";
  if (scenarios.length === 0) {
    if (calls.length === 0) return "";
    const [one, many] = side === "request" ? ["call", "calls"] : ["response to call", "responses to calls"];
    const session = first.session === undefined ? "" : `; first in session ${first.session}`;
    return `${often}${calls.length === 1 ? `${one} ${calls[0]}` : `${calls.length} ${many} (${list(calls)})`}${of}${session}`;
  }
  const named =
    scenarios.length === 1 ? `scenario ${scenarios[0]}` : `${scenarios.length} scenarios (${list(scenarios)})`;
  const start =
    first.step === undefined ? "" : `; ${scenarios.length === 1 ? "" : `first ${first.scenario}, `}step ${first.step}`;
  return `${often}${named}${of}${start}`;
}

/** Writes a document: title, date and address. */
export function documentText({ title, date, url }: Finding["documents"][number]): string {
  return [title, date, url].filter((part) => part !== undefined).join(", ");
}

function cut(request: string): string {
  return request.length > longestRequest ? `${request.slice(0, longestRequest)}… (whole in --json)` : request;
}
