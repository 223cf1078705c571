/**
 * Starts each command of the README, CONTRIBUTING and AGENTS as a newcomer does: from the root of a copy that was never installed, with an empty home
 * folder, in a terminal. Records which hosts they look up meanwhile.
 */
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { attempt, run } from "../rehearsal/command.ts";
import { read, root } from "../test/repository.ts";
import { documentedCommands, launcher } from "./documented-commands.ts";
import { createNewcomer, type Newcomer } from "./newcomer.ts";
import { type, type Session } from "./terminal.ts";
import { watchNames } from "./watch.ts";

/** How a test recognizes that a command works. */
interface Expectation {
  /** Waits until it has done what it is for, and ends it. Returns its exit code. */
  readonly until: (session: Session) => Promise<number>;
  /** Starts what it needs. */
  readonly before?: () => Promise<void>;
}

const ends: Expectation = { until: (session) => session.ends() };

/** Until Ctrl-C. */
const serves = (ready: RegExp): Expectation => ({
  async until(session) {
    await session.prints(ready);
    return session.ctrlC();
  },
});

/** For a command that takes many minutes, is a dialogue or does not end: it is interrupted after it begins, so its exit code is ignored. */
const begins = (sign: RegExp): Expectation => ({
  async until(session) {
    await session.prints(sign);
    await session.ctrlC();
    return 0;
  },
});

const emulator = "exec node packages/emulator/dist/cli.js --memory --strict --set accounts=lenient";
const verify =
  "exec node packages/contract/bin/contract.cjs verify --base-url http://127.0.0.1:4020 --sdkappid 1400000000 --identifier administrator --usersig any-text --only <scenario>,rule";
const listening = /127\.0\.0\.1:4020/;

/** In the order in which they are started. */
const expectations: Readonly<Record<string, Expectation>> = {
  start: serves(/Ctrl-C stops all three\./),
  "run dev": serves(/Ctrl-C ends it\./),
  bench: begins(/^Client: .*\.ts$/m),
  changeset: begins(/Which packages/),
  "run generate": ends,
  "run bundle": ends,
  "run build": ends,
  "run build --filter @contact-groups/contract --filter @contact-groups/emulator": ends,
  "run translate": ends,
  "run translate --missing": ends,
  // As the recipe says: where a translation is open, the file is not formatted before.
  "run format": ends,
  "run lint": ends,
  "run lint:code": ends,
  "run typecheck": ends,
  "run openapi:breaking": ends,
  "run test:quick": begins(/Running lint, lint:code, typecheck, test:quick/),
  "test:clients": begins(/Running test:clients/),
  "--filter <package> run typecheck": ends,
  "--filter <package> run test": ends,
  "test --filter <package>": ends,
  "exec vitest run <file>": ends,
  "--filter @contact-groups/emulator run fidelity": ends,
  "--filter @contact-groups/contract run mutations": ends,
  "--filter @contact-groups/release run api": ends,
  [emulator]: begins(listening),
  [verify]: { ...ends, before: () => start(emulator).prints(listening) },
  "run version": ends,
  "run add operation <operation> <effect>": ends,
  "run remove operation <operation>": ends,
  "run add code <code> <Name>": ends,
  "run add field <Schema.Field> <type>": ends,
};

/** They take many minutes. Continuous integration starts them in the same way. */
const inContinuousIntegration = ["test", "test:runtimes", "test:consumers", "test:fleet", "test:release", "test:clone"];

/** What stands for the documents' placeholders. */
const places: readonly (readonly [string, string])[] = [
  ["<package>", "@contact-groups/bench"],
  ["<file>", "apps/bench/test/report.test.ts"],
  ["<scenario>", "groups-per-user"],
  ["<operation>", "pin_contact_group"],
  ["<effect>", "change"],
  ["<code>", "51014"],
  ["<Name>", "TooManyMarks"],
  ["<Schema.Field>", "GroupContactItem.Color"],
  ["<type>", "string"],
];

const registry = new URL((await run(["npm", "config", "get", "registry"], { cwd: root })).trim());
const watch = await watchNames(registry);

let newcomer: Newcomer;
beforeAll(async () => {
  newcomer = await createNewcomer(registry);
});
afterAll(async () => {
  await watch.close();
  await newcomer.remove();
});

/** Types a command into a terminal in the root of the copy. */
function start(command: string, env: NodeJS.ProcessEnv = newcomer.env): Session {
  const line = places.reduce((text, [place, value]) => text.replaceAll(place, value), `${launcher} ${command}`);
  const session = type(line, { cwd: newcomer.folder, env: { ...env, ...watch.env }, prefix: watch.prefix });
  onTestFinished(() => session.kill());
  return session;
}

/** The result of a command. */
interface Outcome {
  readonly code: number;
  /** Hosts that were looked up, but for this machine and the registry. */
  readonly names: readonly string[];
  readonly output: string;
}

/** Starts a command, and waits until it has done what is expected. */
async function tryOut(command: string, env?: NodeJS.ProcessEnv): Promise<Outcome> {
  const { until, before } = expectations[command]!;
  await before?.();
  const session = start(command, env);
  const code = await until(session);
  const names = (await watch.take()).filter((name) => name !== "localhost" && name !== registry.hostname);
  return { code, names, output: session.output() };
}

const lookups = `${watch.sees} of it looking up no host but the registry's`;

test("tries each documented command, and no other", () => {
  const tried = [...Object.keys(expectations), ...inContinuousIntegration];
  expect(tried.toSorted()).toEqual(documentedCommands().toSorted());
});

test(`start installs, builds and serves in an unpacked archive on a machine without git, ${lookups}`, async () => {
  const { envWithoutGit: env, folder: cwd } = newcomer;
  await expect(attempt(["git", "--version"], { cwd, env })).rejects.toThrow("cannot be started");
  const outcome = await tryOut("start", env);
  expect(outcome).toEqual({ ...outcome, code: 0, names: [] });
  // After the package manager's own lines, the progress of the build fits into a screen.
  const [, progress = ""] = /^(\$ .*)^The emulator keeps/ms.exec(outcome.output) ?? [];
  expect(progress.split("\n").slice(40)).toEqual([]);
  await newcomer.makeClone();
});

test.each(Object.keys(expectations))(`%s, in a clone, ${lookups}`, async (command) => {
  const outcome = await tryOut(command);
  expect(outcome).toEqual({ ...outcome, code: 0, names: [] });
});

test.each(inContinuousIntegration)("%s is started by .ci/run as documented", (command) => {
  expect(read(".ci/run")).toContain(`\n${launcher} ${command}`);
});
