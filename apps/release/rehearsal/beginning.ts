import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { run } from "./command.ts";
import { readFences, type Fence } from "./fences.ts";
import { startServer } from "./server.ts";

/** The first install line and snippet of a README: what a newcomer pastes into an empty folder first. */
export interface Beginning {
  /** The shell commands that install our packages. */
  readonly install: string;
  /** Name of the file that the first snippet goes into. */
  readonly file: string;
  readonly code: string;
  /** The shell commands that run the file. */
  readonly command: string;
  /** What they print, if the README states it. */
  readonly printed: string | undefined;
}

/** An install line that names one of our packages, in a shell fence. */
const installs = /^npm (?:i|install) .*@contact-groups\//m;
const fileName = /[\w-][\w.-]*\.[cm]?[jt]s\b/;

/** Returns whether a README says how to install one of our packages. */
export function hasInstall(readme: string): boolean {
  return readFences(readme).some(isInstall);
}

/**
 * Finds the first install line and the first snippet of a README. The file's name is on the first line of the fence, in backticks in
 * the paragraph before it, or in the command. The command is the shell fence that follows, or in backticks in that paragraph, `node`
 * with the file otherwise. A fence of `text` that follows is what it prints.
 *
 * @throws Error if the README has no such line, snippet or command. The message says what to write.
 */
export function readBeginning(readme: string): Beginning {
  const fences = readFences(readme);
  const install = fences.find(isInstall);
  if (install === undefined)
    throw new Error(
      'The README has no install line. Write `npm install @contact-groups/…` into a fence that begins with "```sh".',
    );
  const at = fences.findIndex(({ language }) => /^[cm]?[jt]s$/.test(language));
  const snippet = fences[at];
  if (snippet === undefined)
    throw new Error('The README has no snippet. Write one into a fence that begins with "```ts".');
  const following = fences.slice(at + 1);
  const isNext = (language: string) => following[0]?.language === language && !/^#/m.test(following[0].before);
  const command = isNext("sh") ? following.shift()?.body : undefined;
  const printed = isNext("text") ? following.shift()?.body : undefined;
  const paragraph =
    snippet.before
      .replaceAll(/<!--.*?-->/gs, "")
      .trim()
      .split("\n\n")
      .at(-1) ?? "";
  const quoted = paragraph.match(/`[^`]+`/g)?.join(" ") ?? "";
  const file = fileName.exec([snippet.info, quoted, command].join(" "))?.[0] ?? `first.m${snippet.language.slice(-2)}`;
  const inText = /`((?:node|npx) [^`]+)`/.exec(paragraph)?.[1];
  return { install: install.body, file, code: snippet.body, command: command ?? inText ?? `node ${file}`, printed };
}

const isInstall = ({ language, body }: Fence): boolean => language === "sh" && installs.test(body);

/** Runs the beginning of a README, unchanged, in an empty folder whose npm finds our packages in a registry. Returns what was printed. */
export function runBeginning({ install, file, code, command }: Beginning, registry: string): Promise<string> {
  return inEmptyFolder(registry, async (place) => {
    await run(["sh", "-ec", install], place);
    await writeFile(join(place.cwd, file), code);
    return run(["sh", "-ec", command], place);
  });
}

/**
 * Starts the first command of a README that is nothing but `npx` with one of our packages, in an empty folder, and runs the call in the
 * shell fence that follows. Only the address is changed: its port is a free one. Returns the response.
 *
 * @throws Error if the README has no such line, snippet or command. The message says what to write.
 */
export function callServer(readme: string, registry: string): Promise<string> {
  const shells = readFences(readme).filter(({ language }) => language === "sh");
  const at = shells.findIndex(({ body }) => /^npx @contact-groups\/[\w-]+\n$/.test(body));
  const [start, call] = shells.slice(at);
  const address = "http://127.0.0.1:4020";
  if (at < 0 || start === undefined || !call?.body.includes(address))
    throw new Error(
      `The README has no command with a call after it. Write \`npx @contact-groups/…\`, then a call to ${address}.`,
    );
  return inEmptyFolder(registry, async (place) => {
    const server = await startServer(["sh", "-ec", `${start.body.trim()} --port 0`], place);
    try {
      return await run(["sh", "-ec", call.body.replace(address, server.url).replace(/^curl/, "curl --silent")], place);
    } finally {
      await server.stop();
    }
  });
}

/** Runs a function in an empty folder, whose path has Node.js and npm but not this repository's tools. */
async function inEmptyFolder<T>(
  registry: string,
  act: (place: { readonly cwd: string; readonly env: NodeJS.ProcessEnv }) => Promise<T>,
): Promise<T> {
  const cwd = await mkdtemp(join(tmpdir(), "beginning-"));
  const path = (process.env["PATH"] ?? "").split(delimiter).filter((folder) => !folder.includes("node_modules"));
  // npx asks before it installs; this confirms it.
  const env = { PATH: [dirname(process.execPath), ...path].join(delimiter), npm_config_yes: "true" };
  try {
    await writeFile(join(cwd, ".npmrc"), `@contact-groups:registry=${registry}\n`);
    return await act({ cwd, env });
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}
