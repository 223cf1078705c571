import { execFileSync } from "node:child_process";
import { globSync, statSync } from "node:fs";
import { dirname, join, matchesGlob, posix, sep } from "node:path";
import { expect, test } from "vitest";
import { cleanEnvironment } from "../rehearsal/command.ts";
import { read, root } from "./repository.ts";

/** A task as turbo plans it. */
interface Task {
  readonly taskId: string;
  readonly command: string;
  readonly directory: string;
  /** Hashes by path, relative to the folder. */
  readonly inputs: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly outputs: readonly string[] | null;
  readonly excludedOutputs: readonly string[] | null;
  readonly resolvedTaskDefinition: { readonly cache: boolean };
}

/** What `pnpm test` would run, by turbo's own account. */
const tasks: readonly Task[] = plan();

function plan(): readonly Task[] {
  const { scripts } = JSON.parse(read("package.json")) as { readonly scripts: Readonly<Record<string, string>> };
  const [, ...args] = scripts["test"]!.split(" ");
  const options = { cwd: root, env: cleanEnvironment(), encoding: "utf8", maxBuffer: 2 ** 28 } as const;
  return JSON.parse(execFileSync(process.execPath, [...args, "--dry=json"], options)).tasks;
}

/** Whether the package has a script for a task. Otherwise the task only passes on what it depends on. */
function exists({ command }: Task): boolean {
  return command !== "<NONEXISTENT>";
}

/** The tasks that run again after an edit of a file: it is one of their inputs, or of those of a task that they depend on. */
function rerun(file: string): readonly string[] {
  const found = new Set<string>();
  const isNew = ({ directory, inputs, dependencies }: Task): boolean =>
    Object.keys(inputs).some((path) => posix.join(directory, path) === file) ||
    dependencies.some((id) => found.has(id));
  for (let before = -1; before < found.size;) {
    before = found.size;
    for (const task of tasks) if (isNew(task)) found.add(task.taskId);
  }
  return tasks
    .filter((task) => found.has(task.taskId) && exists(task) && task.resolvedTaskDefinition.cache)
    .map(({ taskId }) => taskId.replace("@contact-groups/", ""))
    .toSorted();
}

// An edit costs as much time as the tasks that run again: each is here because it reads the file.
test.each([
  [
    "openapi/overlays/ja.yaml",
    [
      "//#lint:code",
      "docs#build",
      "docs#test",
      "docs#typecheck",
      "openapi#bundle:translations",
      "openapi#lint",
      "toolchain#test:description",
      "workbench#test",
    ],
  ],
  ["openapi/SOURCES.md", ["//#lint:code", "docs#build", "docs#test", "toolchain#test:description", "workbench#test"]],
  ["apps/docs/src/content/docs/guides/marks.mdx", ["//#lint:code", "docs#build", "docs#test", "workbench#test"]],
  ["packages/client/test/api-error.test.ts", ["//#lint:code", "client#test", "client#typecheck", "contract#test"]],
  ["packages/emulator/FIDELITY.md", ["//#lint:code", "emulator#test"]],
])("an edit of %s runs again what reads it", (file, expected) => {
  expect(rerun(file)).toEqual(expected);
});

test("an edit of an operation reruns the tests of the description, and not those of the tools", () => {
  const again = rerun("openapi/paths/recentcontact/get_contact_group.yaml");
  expect(again).toContain("toolchain#test:description");
  expect(again).not.toContain("toolchain#test");
});

test("each file of openapi/dist is an output of exactly one task", () => {
  const makers = tasks.filter((task) => task.directory === "openapi" && exists(task) && task.outputs !== null);
  const folder = join(root, "openapi");
  const files = globSync("dist/**", { cwd: folder }).filter((path) => statSync(join(folder, path)).isFile());
  expect(files.length).toBeGreaterThan(1);
  for (const file of files.map((path) => path.replaceAll(sep, "/"))) {
    const of = makers.filter(
      ({ outputs, excludedOutputs }) =>
        outputs!.some((glob) => matchesGlob(file, glob)) && !excludedOutputs?.some((glob) => matchesGlob(file, glob)),
    );
    expect({ file, of: of.length }).toEqual({ file, of: 1 });
  }
});

const quick = globSync("{apps,packages}/*/package.json", { cwd: root }).flatMap((manifest) => {
  const script: string = JSON.parse(read(manifest)).scripts?.["test:quick"] ?? "";
  const patterns = [...script.matchAll(/--exclude "([^"]+)"/g)].map(([, pattern = ""]) => pattern);
  return script === "" ? [] : [{ folder: dirname(manifest).replaceAll(sep, "/"), patterns }];
});

test.each(quick)("test:quick of $folder leaves out test files that exist, and runs others", ({ folder, patterns }) => {
  const tests = globSync("test/**/*.test.ts", { cwd: join(root, folder) });
  const without = (pattern: string): string[] => tests.filter((file) => !matchesGlob(file, pattern));
  for (const pattern of patterns.flatMap(alternatives))
    expect({ pattern, leavesOut: without(pattern).length < tests.length }).toEqual({ pattern, leavesOut: true });
  expect(tests.filter((file) => !patterns.some((pattern) => matchesGlob(file, pattern)))).not.toEqual([]);
});

/** A pattern for each name in its braces. */
function alternatives(pattern: string): readonly string[] {
  const [braces, names = ""] = /\{(.*)\}/.exec(pattern) ?? [];
  return braces === undefined ? [pattern] : names.split(",").map((name) => pattern.replace(braces, name));
}
