/** A file with known findings: a run fails only for new ones. */
import { readFileSync } from "node:fs";
import { descriptionVersion } from "../operations.ts";
import type { Finding } from "./finding.ts";
import { isOfScenario } from "./from-verify.ts";
import type { Run } from "./run.ts";
import { count, list } from "./words.ts";

/** The file: small, sorted, and without values of requests and responses. */
export interface Baseline {
  readonly command: string;
  /** Version of the description that it was written with. */
  readonly description: string;
  readonly findings: readonly KnownFinding[];
}

/** A known finding. */
export interface KnownFinding extends Pick<Finding, "fingerprint" | "rule" | "side" | "pointer" | "operations"> {
  /** Absent when it has values of requests. */
  readonly expectation?: string;
  /** The scenarios that fail with it, when their own expectation is broken; else one that shows it. */
  readonly scenarios: readonly string[];
}

/** What a baseline says about the findings of a run. */
export interface Comparison {
  /** The findings, each with its state. */
  readonly findings: readonly Finding[];
  /** Known findings that no longer occur. */
  readonly resolved: readonly KnownFinding[];
  /** What a person should know about the file, a sentence each. */
  readonly notes: readonly string[];
  /** The file for `--update-baseline`. */
  readonly next: Baseline;
}

/** Reads a baseline. Throws an `Error` that names the option when the file cannot be read or belongs to another command. */
export function readBaseline(file: string, command: string, mayBeMissing: boolean): Baseline {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && mayBeMissing) return { command, description: descriptionVersion, findings: [] };
    throw new Error(`--baseline ${file} cannot be read (${code}). Create it with --update-baseline.`, { cause: error });
  }
  const baseline = parse(text);
  if (!baseline)
    throw new Error(`--baseline ${file} is not a baseline. Delete the file, then create it with --update-baseline.`);
  if (baseline.command !== command)
    throw new Error(
      `--baseline ${file} belongs to the command ${baseline.command}, but this is ${command}. Use one file for each command.`,
    );
  return baseline;
}

function parse(text: string): Baseline | undefined {
  try {
    const value = JSON.parse(text) as Partial<Baseline> | null;
    const isBaseline =
      typeof value?.command === "string" &&
      Array.isArray(value.findings) &&
      value.findings.every((one: Partial<KnownFinding> | null) => {
        const { fingerprint, operations, scenarios } = Object(one) as Partial<KnownFinding>;
        return typeof fingerprint === "string" && Array.isArray(operations) && Array.isArray(scenarios);
      });
    return isBaseline ? (value as Baseline) : undefined;
  } catch {
    return undefined;
  }
}

/** Compares the findings of a run with a baseline. Only what failed can be known: what did not run stays red. */
export function compare(baseline: Baseline, findings: readonly Finding[], run: Run): Comparison {
  const known = new Map(baseline.findings.map((one) => [one.fingerprint, one]));
  const failed = findings.filter(({ outcome }) => outcome === "failed");
  const states = failed.map((finding) => stateOf(finding, known.get(finding.fingerprint)));
  const absent = baseline.findings.filter(
    ({ fingerprint }) => !failed.some((finding) => finding.fingerprint === fingerprint),
  );
  const resolved = absent.filter((one) => casesOf(one).every((id) => run.judged.has(id)));
  const kept = absent.filter((one) => !resolved.includes(one));
  const matched = baseline.findings.length - absent.length;
  const notes = [
    ...(baseline.description !== descriptionVersion
      ? [
          `The baseline was written with version ${baseline.description} of the description, but this is ${descriptionVersion}: check it, and write it again with --update-baseline.`,
        ]
      : []),
    ...(matched === 0 && baseline.findings.length > 0
      ? ["The baseline matches nothing that was found: it may belong to another provider or consumer."]
      : []),
    ...failed.flatMap((finding, index) => {
      const more = newCases(finding, known.get(finding.fingerprint));
      return states[index] === "changed" ? [`A known finding is new in ${list(more)}: ${finding.message}`] : [];
    }),
    ...resolved.map((one) => `Resolved, remove it with --update-baseline: ${describe(one)}.`),
    ...(kept.length > 0
      ? [
          `${count(kept.length, "known finding")} could not be checked, because not everything ran; --update-baseline keeps them.`,
        ]
      : []),
  ];
  return {
    findings: [
      ...failed.map((finding, index): Finding => ({ ...finding, state: states[index] ?? "new" })),
      ...findings.filter(({ outcome }) => outcome !== "failed"),
    ],
    resolved,
    notes,
    next: {
      command: run.command,
      description: descriptionVersion,
      findings: [...failed.map((finding) => toKnown(finding, known.get(finding.fingerprint), run)), ...kept].toSorted(
        (one, other) => (sortKey(one) < sortKey(other) ? -1 : 1),
      ),
    },
  };
}

function stateOf(finding: Finding, known: KnownFinding | undefined): NonNullable<Finding["state"]> {
  if (!known) return "new";
  return newCases(finding, known).length > 0 ? "changed" : "known";
}

/** Returns where a finding occurs although its baseline does not say so. */
function newCases(finding: Finding, known: KnownFinding | undefined): readonly string[] {
  const before = known?.[scope(finding)] ?? [];
  return finding[scope(finding)].filter((name) => !before.includes(name));
}

/** The same fault of form is one cause in all scenarios of an operation; another result is one in each scenario. */
function scope({ rule, scenarios }: Pick<Finding, "rule" | "scenarios">): "scenarios" | "operations" {
  return scenarios.length > 0 && isOfScenario({ rule }) ? "scenarios" : "operations";
}

function casesOf({ scenarios, operations }: KnownFinding): readonly string[] {
  return scenarios.length > 0 ? scenarios : operations;
}

function toKnown(finding: Finding, before: KnownFinding | undefined, run: Run): KnownFinding {
  const { fingerprint, rule, side, pointer, expectation, operations, scenarios } = finding;
  const unchecked = (before?.scenarios ?? []).filter((id) => !run.judged.has(id) && scope(finding) === "scenarios");
  const all =
    scope(finding) === "scenarios" ? [...new Set([...scenarios, ...unchecked])].toSorted() : scenarios.slice(0, 1);
  return {
    rule,
    side,
    pointer,
    ...(rule !== "value" && { expectation }),
    operations: operations.toSorted(),
    scenarios: all,
    fingerprint,
  };
}

function sortKey({ rule, pointer, operations, fingerprint }: KnownFinding): string {
  return [rule, pointer, ...operations, fingerprint].join(" ");
}

function describe({ rule, pointer, operations, scenarios }: KnownFinding): string {
  return `${rule}${pointer === "" ? "" : ` of ${pointer}`} in ${list(scenarios.length > 0 ? scenarios : operations)}`;
}
