import { parse } from "yaml";
import type { Finding } from "./finding.ts";

type Permissions = Readonly<Record<string, string>> | string;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Permissions;
  readonly "timeout-minutes"?: number;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: Permissions;
  readonly on: unknown;
  readonly jobs: Readonly<Record<string, Job>>;
}

/** The actions that may get a token of this repository: GitHub's own. */
const trustedOwner = "actions/";
const pinned = /^[\w.-]+\/[\w./-]+@[0-9a-f]{40}$/;
/** Commands that put packages into a registry, or ask for a version of all of them. */
const publishes = /\bchangeset publish\b|\b(?:npm|pnpm|yarn) publish\b/;

/**
 * Judges a workflow by the house rules, which are stricter than the language: actionlint judges that.
 *
 * @param file its name, for the findings
 * @param text the YAML
 */
export function judgeWorkflow(file: string, text: string): readonly Finding[] {
  const workflow: Workflow = parse(text);
  const findings: Finding[] = [];
  const find = (where: string, what: string) => findings.push({ where: `${file}: ${where}`, what });
  if (JSON.stringify(workflow.permissions) !== "{}")
    find("permissions", "Write `permissions: {}`, and give each job what it needs.");
  if (/\bpull_request_target\b|\bworkflow_run\b/.test(JSON.stringify(workflow.on)))
    find("on", "It would run with the repository's rights for anybody's code. Use `pull_request`.");
  if (/\bsecrets\./.test(text.replaceAll("secrets.GITHUB_TOKEN", "")))
    find("secrets", "Nothing here needs a stored secret: publishing is by OIDC.");
  for (const [name, job] of Object.entries(workflow.jobs)) {
    const find = (what: string) => findings.push({ where: `${file}: jobs.${name}`, what });
    if (typeof job.permissions !== "object") find("Name the `permissions` of this job one by one.");
    if (job["timeout-minutes"] === undefined) find("Give it `timeout-minutes`: the default is six hours.");
    const steps = job.steps ?? [];
    for (const { uses, run, with: options } of steps) {
      if (uses !== undefined && !pinned.test(uses)) find(`Pin ${uses} to the 40 digits of a commit.`);
      if (uses !== undefined && !uses.startsWith(trustedOwner))
        find(`${uses} is not GitHub's own. Do it in a line of shell, or add its owner to the rule with the reason.`);
      if (uses?.startsWith("actions/checkout@") && options?.["persist-credentials"] !== false && !pushes(job))
        find("Write `persist-credentials: false`: no later step needs the token.");
      if (run !== undefined && /\$\{\{\s*(?:github\.event|github\.head_ref|inputs)\b/.test(run))
        find("A text that others write gets into a shell. Give it by `env`.");
    }
    findings.push(...judgeRights(`${file}: jobs.${name}`, job));
  }
  return findings;
}

/** Whoever can publish can do nothing else, and whoever can write cannot publish. */
function judgeRights(where: string, job: Job): readonly Finding[] {
  const rights = typeof job.permissions === "object" ? job.permissions : {};
  const runs = (job.steps ?? []).map(({ run }) => run ?? "").join("\n");
  const publishing = publishes.test(runs);
  const pages = rights["pages"] === "write";
  const findings: Finding[] = [];
  if (rights["id-token"] === "write" && !publishing && !pages)
    findings.push({ where, what: "`id-token: write` is for the job that publishes, and for no other." });
  if (publishing && rights["id-token"] !== "write")
    findings.push({ where, what: "Publish with `id-token: write`, by OIDC." });
  if (publishing && Object.keys(rights).some((right) => right !== "id-token" && rights[right] === "write"))
    findings.push({ where, what: "Write to the repository in a job of its own, which cannot publish." });
  return findings;
}

function pushes({ steps = [] }: Job): boolean {
  return steps.some(({ run }) => run?.includes("git push"));
}
