import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Manifest } from "../checks/manifest.ts";
import { attempt, run, type Outcome, type Place } from "./command.ts";
import { compilers, pins, yarn } from "./pins.ts";
import { programs } from "./programs.ts";
import type { Registry } from "./registry.ts";

/** The package managers that a consumer may have. */
export const managers = ["npm", "pnpm", "yarn"] as const;
export type Manager = (typeof managers)[number];

/** A project that uses the published packages. */
export interface Consumer {
  readonly manager: Manager;
  readonly folder: string;
  /** Installs our packages in a range of versions, the newest of each. */
  install(range: string): Promise<void>;
  /** Returns the package.json of a package that is installed. */
  installed(name: string): Promise<Manifest & { readonly version: string }>;
  /** Returns the SHA-256 of a file of an installed package, as packages record it. */
  integrity(file: string): Promise<string>;
  /** Runs a file with this Node.js. */
  node(args: readonly string[], env?: NodeJS.ProcessEnv): Promise<Outcome>;
  /** Compiles the typed programs. Returns the messages of the compiler, empty on success. */
  compile(compiler: string): Promise<string>;
}

/** Names of the packages that are published. */
export const published: readonly string[] = ["openapi", "client", "emulator", "contract"].map(
  (name) => `@contact-groups/${name}`,
);

/** Creates one empty project for each package manager, with the programs in it. */
export async function createConsumers(registry: Registry): Promise<{
  readonly consumers: readonly Consumer[];
  remove(): Promise<void>;
}> {
  const parent = await mkdtemp(join(tmpdir(), "consumers-"));
  const tools = join(parent, "tools");
  const yarnAt = `${yarn.package}@${yarn.version}`;
  await run(["npm", "install", "--prefix", tools, "--no-audit", "--no-fund", yarnAt], { cwd: parent });
  const berry = [process.execPath, join(tools, "node_modules", yarn.package, yarn.bin)];
  const quiet = ["--no-audit", "--no-fund", "--no-package-lock", "--prefer-online"];
  const commands: Readonly<Record<Manager, Commands>> = {
    npm: { install: ["npm", "install", ...quiet], update: ["npm", "update", "--no-save", ...quiet] },
    pnpm: { install: ["pnpm", "install", "--no-frozen-lockfile"], update: ["pnpm", "update", "--no-save"] },
    yarn: { install: [...berry, "install"], update: [...berry, "up", "-R", "@contact-groups/*"] },
  };
  const consumers = managers.map((manager) =>
    createConsumer(manager, join(parent, manager), commands[manager], settings(manager, registry.url)),
  );
  return { consumers: await Promise.all(consumers), remove: () => rm(parent, { recursive: true, force: true }) };
}

interface Commands {
  readonly install: readonly string[];
  /** Updates to the newest versions that the ranges allow. */
  readonly update: readonly string[];
}

async function createConsumer(
  manager: Manager,
  folder: string,
  { install, update }: Commands,
  files: Readonly<Record<string, string>>,
): Promise<Consumer> {
  await mkdir(folder);
  for (const [file, text] of Object.entries({ ...programs, ...files })) await writeFile(join(folder, file), text);
  const place = { cwd: folder };
  return {
    manager,
    folder,
    async install(range) {
      const dependencies = Object.fromEntries(published.map((name) => [name, range]));
      const manifest = { name: "consumer", version: "1.0.0", private: true, dependencies, devDependencies: pins };
      await writeFile(join(folder, "package.json"), JSON.stringify(manifest, null, 2));
      await runAgain(install, place);
      await runAgain(update, place);
    },
    async installed(name) {
      return JSON.parse(await readFile(join(folder, "node_modules", name, "package.json"), "utf8"));
    },
    async integrity(file) {
      const content = await readFile(join(folder, "node_modules", file));
      return `sha256-${createHash("sha256").update(content).digest("base64")}`;
    },
    node: (args, env = {}) => attempt([process.execPath, ...args], { ...place, env }),
    async compile(compiler) {
      if (!compilers.includes(compiler)) throw new Error(`${compiler} is not one of ${compilers.join(", ")}.`);
      const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "--types", "node"];
      const tsc = join(folder, "node_modules", compiler, "bin", "tsc");
      const { output } = await attempt([process.execPath, tsc, ...options, "typed.mts", "typed.cts"], place);
      return output;
    },
  };
}

/** Retries after a broken connection to the registry. npm and pnpm retry themselves, yarn not after every kind of failure. */
const brokenConnection = /ERR_SOCKET_CLOSED|ECONNRESET|ETIMEDOUT|EAI_AGAIN|socket hang up/;
const mostTries = 5;

async function runAgain(command: readonly string[], place: Place): Promise<void> {
  for (let tries = 1; ; tries++) {
    const { code, output } = await attempt(command, place);
    if (code === 0) return;
    if (tries === mostTries || !brokenConnection.test(output))
      throw new Error(`${command.join(" ")} ended with ${code}:\n${output.slice(-6000)}`);
  }
}

/** Returns the configuration of a project's package manager: where our packages are, and that packages a few minutes old are allowed. */
function settings(manager: Manager, url: string): Readonly<Record<string, string>> {
  const rc = { ".npmrc": `@contact-groups:registry=${url}\n` };
  const fresh = JSON.stringify(["@contact-groups/*"]);
  if (manager === "npm") return rc;
  if (manager === "pnpm")
    return { ...rc, "pnpm-workspace.yaml": `minimumReleaseAgeExclude: ${fresh}\nstrictDepBuilds: false\n` };
  const lines = [
    "nodeLinker: node-modules",
    "enableTelemetry: false",
    // Fifty connections at once are more than some registries accept.
    "networkConcurrency: 8",
    "httpRetry: 10",
    // Elsewhere it would find what an earlier rehearsal published under the same version.
    "globalFolder: ./global",
    "enableScripts: false",
    "enableImmutableInstalls: false",
    "unsafeHttpWhitelist: [127.0.0.1]",
    `npmPreapprovedPackages: ${fresh}`,
    `npmScopes: { contact-groups: { npmRegistryServer: ${JSON.stringify(url)} } }`,
  ];
  // An empty lockfile marks the root of a project.
  return { ".yarnrc.yml": `${lines.join("\n")}\n`, "yarn.lock": "" };
}
