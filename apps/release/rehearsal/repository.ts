import { access, cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { attempt, run, type Outcome, type Place } from "./command.ts";

const root = fileURLToPath(new URL("../../../", import.meta.url));

/** The program that turns changesets into versions and changelogs. */
const versionCommand: readonly string[] = ["pnpm", "run", "version"];

/** A copy of this repository, for the releases. */
export interface Repository {
  readonly folder: string;
  readonly files: number;
  /** Changes a file that has to have the text. */
  edit(path: string, from: string | RegExp, to: string): Promise<void>;
  read(path: string): Promise<string>;
  /** Applies a patch. Returns how many lines of each file it adds or removes, whichever are more. */
  apply(patch: string): Promise<Readonly<Record<string, number>>>;
  /** Runs a command in the copy. */
  run(command: readonly string[]): Promise<string>;
  /** Runs a command in the copy that can fail. */
  attempt(command: readonly string[]): Promise<Outcome>;
  /** Reverts everything that is in no commit. */
  restore(): Promise<void>;
  /** Writes a changeset. */
  changeset(name: string, bump: "patch" | "minor" | "major", text: string): Promise<void>;
  /** Replaces a changeset by another one, unchanged. */
  replaceChangeset(name: string, text: string): Promise<void>;
  /** Runs the release gate of the description with the pending changesets. */
  gate(): Promise<Outcome>;
  /** Builds what is published. */
  build(): Promise<string>;
  /** Creates the versions, and commits them as the merged version pull request would. Returns the version. */
  version(): Promise<string>;
  /** Runs tests of packages, by folder. A file or folder of tests that does not exist is an error. */
  runTests(tests: Readonly<Record<string, readonly string[]>>): Promise<void>;
  /** Clones the copy as Git for Windows does. Returns the files whose lines do not end as they do here. */
  cloneForWindows(): Promise<readonly string[]>;
  publish(env: NodeJS.ProcessEnv): Promise<string>;
  remove(): Promise<void>;
}

/** The packages that are published. */
export const publishedFolders: readonly string[] = [
  "openapi",
  "packages/client",
  "packages/contract",
  "packages/emulator",
];

/** Resets the copy to its state before the first release, with one pending changeset, whatever the original has released. */
async function forgetReleases(folder: string): Promise<void> {
  const notes = await readdir(join(folder, ".changeset"));
  for (const note of notes.filter((name) => name.endsWith(".md") && name !== "README.md"))
    await rm(join(folder, ".changeset", note));
  await writeFile(
    join(folder, ".changeset/first.md"),
    '---\n"@contact-groups/openapi": minor\n---\n\nFirst release. Nothing to do.\n',
  );
  await rm(join(folder, "openapi/released"), { recursive: true, force: true });
  for (const path of publishedFolders) {
    await rm(join(folder, path, "CHANGELOG.md"), { force: true });
    const file = join(folder, path, "package.json");
    const manifest = JSON.parse(await readFile(file, "utf8"));
    await writeFile(file, `${JSON.stringify({ ...manifest, version: "0.0.0" }, null, 2)}\n`);
  }
}

/** Copies the files that git knows or would add into a folder. Returns how many they are. */
export async function copyFiles(folder: string): Promise<number> {
  const listed = await run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], { cwd: root });
  const files = listed.split("\0").filter((file) => file !== "");
  for (const file of files) {
    await mkdir(dirname(join(folder, file)), { recursive: true });
    // A file that was deleted and not yet committed is listed, too.
    await cp(join(root, file), join(folder, file), { verbatimSymlinks: true }).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "ENOENT") throw error;
    });
  }
  return files.length;
}

/** Commits everything in a folder, as a user without Git settings. */
export async function commitAll(folder: string, subject: string): Promise<void> {
  await run(["git", "add", "--all"], { cwd: folder });
  const author = ["-c", "user.name=Rehearsal", "-c", "user.email=rehearsal@example.com"];
  await run(["git", ...author, "commit", "--quiet", "--no-verify", "-m", subject], { cwd: folder });
}

/** Creates a copy of the repository elsewhere, in its state before the first release, and installs it. */
export async function copyRepository(): Promise<Repository> {
  const folder = await mkdtemp(join(tmpdir(), "release-"));
  const place: Place = { cwd: folder };
  const files = await copyFiles(folder);
  const commit = (subject: string) => commitAll(folder, subject);
  await forgetReleases(folder);
  await run(["git", "init", "--quiet", "--initial-branch", "main"], place);
  await commit("Copy the repository");
  await run(["pnpm", "install", "--frozen-lockfile", "--prefer-offline"], place);

  return {
    folder,
    files,
    async edit(path, from, to) {
      const before = await readFile(join(folder, path), "utf8");
      const after = before.replace(from, to);
      if (after === before) throw new Error(`${path} does not have ${String(from)}, so the edit changes nothing.`);
      await writeFile(join(folder, path), after);
    },
    read: (path) => readFile(join(folder, path), "utf8"),
    async apply(patch) {
      const rows = (await run(["git", "apply", "--numstat", patch], place)).trimEnd().split("\n");
      await run(["git", "apply", patch], place);
      return Object.fromEntries(
        rows.map((row) => row.split("\t")).map(([more, fewer, path]) => [path, Math.max(Number(more), Number(fewer))]),
      );
    },
    run: (command) => run(command, place),
    attempt: (command) => attempt(command, place),
    async restore() {
      await run(["git", "reset", "--quiet", "--hard"], place);
      await run(["git", "clean", "--quiet", "-d", "--force"], place);
    },
    async changeset(name, bump, text) {
      const note = `---\n"@contact-groups/openapi": ${bump}\n---\n\n${text}\n`;
      await writeFile(join(folder, ".changeset", `${name}.md`), note);
      await commit(text.split(".")[0] ?? text);
    },
    async replaceChangeset(name, text) {
      await writeFile(join(folder, ".changeset", `${name}.md`), text);
      await commit(`Explain what ${name} breaks`);
    },
    async gate() {
      const { code, output } = await attempt(["pnpm", "run", "openapi:breaking"], place);
      // turbo prefixes each line with its task.
      return { code, output: output.replaceAll(/^@contact-groups\/openapi:openapi:breaking: ?/gm, "") };
    },
    build: () => {
      const filters = ["--filter", "./packages/*", "--filter", "@contact-groups/openapi"];
      return run(["pnpm", "exec", "turbo", "run", "build", "bundle:translations", ...filters], place);
    },
    async version() {
      await run(versionCommand, place);
      await run(["pnpm", "install", "--no-frozen-lockfile", "--prefer-offline"], place);
      const { version } = JSON.parse(await readFile(join(folder, "packages/client/package.json"), "utf8"));
      await commit(`Release ${version}`);
      return version;
    },
    async runTests(tests) {
      for (const [path, names] of Object.entries(tests)) {
        for (const name of names) await access(join(folder, path, name));
        await run(["pnpm", "exec", "vitest", "run", "--reporter=default", ...names], { cwd: join(folder, path) });
      }
    },
    async cloneForWindows() {
      const clone = await mkdtemp(join(tmpdir(), "windows-"));
      try {
        await run(["git", "clone", "--quiet", "-c", "core.autocrlf=true", folder, clone], place);
        const lines = (await run(["git", "ls-files", "--eol"], { cwd: clone })).trim().split("\n");
        return lines.filter((line) => !/^i\/(\S+) +w\/\1 /.test(line));
      } finally {
        await rm(clone, { recursive: true, force: true });
      }
    },
    publish: (env) => run(["pnpm", "changeset", "publish"], { cwd: folder, env }),
    remove: () => rm(folder, { recursive: true, force: true }),
  };
}
