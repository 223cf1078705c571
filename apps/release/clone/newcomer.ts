import { mkdir, mkdtemp, readdir, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { run } from "../rehearsal/command.ts";
import { commitAll, copyFiles } from "../rehearsal/repository.ts";

/** A user with an empty home folder who has unpacked this repository, and whose machine has Node.js and npm but nothing of the repository's tools. */
export interface Newcomer {
  /** The unpacked repository. Its path has a space and characters beyond ASCII. */
  readonly folder: string;
  readonly env: NodeJS.ProcessEnv;
  /** The same, on a machine without git. */
  readonly envWithoutGit: NodeJS.ProcessEnv;
  /** Turns the folder into a git repository, like a clone. */
  makeClone(): Promise<void>;
  remove(): Promise<void>;
}

/** Environment variables that a newcomer's shell keeps: certificates, the browser and the locale. `CI` is not among them. */
const kept = /^(?:LANG|LC_ALL|TMPDIR|NODE_EXTRA_CA_CERTS|SSL_CERT_(?:FILE|DIR)|CHROMIUM_PATH)$/;

/** Unpacks the files that git knows or would add, for a user whose packages come from the registry. */
export async function createNewcomer(registry: URL): Promise<Newcomer> {
  const parent = await mkdtemp(join(tmpdir(), "newcomer-"));
  const folder = join(parent, "a b 接触");
  const home = join(parent, "home");
  await mkdir(home);
  await copyFiles(folder);

  // Without the folders that package managers put in front.
  const folders = (process.env["PATH"] ?? "").split(delimiter).filter((entry) => !entry.includes("node_modules"));
  const env: NodeJS.ProcessEnv = {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => kept.test(name))),
    PATH: folders.join(delimiter),
    HOME: home,
    TERM: "xterm-256color",
    npm_config_registry: registry.href,
  };
  return {
    folder,
    env,
    envWithoutGit: { ...env, PATH: await linkAllBut(/^git/, folders, join(parent, "bin")) },
    async makeClone() {
      await run(["git", "init", "--quiet", "--initial-branch", "main"], { cwd: folder });
      await commitAll(folder, "Copy the repository");
    },
    remove: () => rm(parent, { recursive: true, force: true }),
  };
}

/** Creates a folder with the programs of other folders except some. Returns its path. */
async function linkAllBut(left: RegExp, folders: readonly string[], bin: string): Promise<string> {
  await mkdir(bin);
  for (const folder of folders)
    for (const name of await readdir(folder).catch(() => []))
      // The first folder that has a program wins.
      if (!left.test(name)) await symlink(join(folder, name), join(bin, name)).catch(() => {});
  return bin;
}
