import { parse } from "yaml";
import type { RepositoryViolation } from "./violation.ts";

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
/** Every command that publishes packages to a registry. */
const publishes = /\bchangeset publish\b|\b(?:npm|pnpm|yarn) publish\b/;

/**
 * Checks a workflow against the rules of this repository, which are stricter than the language. actionlint checks the language.
 *
 * @param file its name, for the violations
 * @param text the YAML
 */
export function checkWorkflow(file: string, text: string): readonly RepositoryViolation[] {
  const workflow: Workflow = parse(text);
  const violations: RepositoryViolation[] = [];
  const find = (where: string, what: string) => violations.push({ where: `${file}: ${where}`, what });
  if (JSON.stringify(workflow.permissions) !== "{}")
    find("permissions", "Write `permissions: {}`, and give each job what it needs.");
  if (/\bpull_request_target\b|\bworkflow_run\b/.test(JSON.stringify(workflow.on)))
    find("on", "It would run code of anyone with the repository's rights. Use `pull_request`.");
  if (/\bsecrets\./.test(text.replaceAll("secrets.GITHUB_TOKEN", "")))
    find("secrets", "Remove the stored secret: publishing is by OIDC.");
  const ofJobs = Object.entries(workflow.jobs).flatMap(([name, job]) =>
    [...checkJob(job), ...checkRights(job)].map((what) => ({ where: `${file}: jobs.${name}`, what })),
  );
  return [...violations, ...ofJobs];
}

function checkJob(job: Job): readonly string[] {
  const found: string[] = [];
  if (typeof job.permissions !== "object") found.push("List the `permissions` of this job one by one.");
  if (job["timeout-minutes"] === undefined) found.push("Set `timeout-minutes`: the default is six hours.");
  for (const { uses, run, with: options } of job.steps ?? []) {
    if (uses !== undefined && !pinned.test(uses)) found.push(`Pin ${uses} to the 40 digits of a commit.`);
    if (uses !== undefined && !uses.startsWith(trustedOwner))
      found.push(
        `${uses} is not GitHub's own. Write it as a shell command, or add its owner to the rule with the reason.`,
      );
    if (uses?.startsWith("actions/checkout@") && options?.["persist-credentials"] !== false && !pushes(job))
      found.push("Write `persist-credentials: false`: no later step needs the token.");
    if (run !== undefined && /\$\{\{\s*(?:github\.event|github\.head_ref|inputs)\b/.test(run))
      found.push("A text that others write gets into a shell command. Pass it by `env`.");
  }
  return found;
}

/** Checks that a job that can publish can do nothing else, and that a job that can write cannot publish. */
function checkRights({ permissions, steps = [] }: Job): readonly string[] {
  const rights = typeof permissions === "object" ? permissions : {};
  const publishing = steps.some(({ run }) => run !== undefined && publishes.test(run));
  const pages = rights["pages"] === "write";
  const found: string[] = [];
  if (rights["id-token"] === "write" && !publishing && !pages)
    found.push("`id-token: write` is for the job that publishes, and for no other.");
  if (publishing && rights["id-token"] !== "write") found.push("Publish with `id-token: write`, by OIDC.");
  if (publishing && Object.keys(rights).some((right) => right !== "id-token" && rights[right] === "write"))
    found.push("Write to the repository in a job of its own, which cannot publish.");
  return found;
}

/** Returns whether a job pushes, which needs the token of the checkout. */
function pushes({ steps = [] }: Job): boolean {
  return steps.some(({ run }) => run?.includes("git push"));
}
