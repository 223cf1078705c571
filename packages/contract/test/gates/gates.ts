/** Every gate of the package, and what happens when what it judges did not take place. */
import { mkdirSync, readdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect } from "vitest";
import { toHaveReceivedValidRequests } from "../../src/matchers.ts";
import { recordTo } from "../../src/record/folder.ts";
import { requestOf } from "../calls.ts";
import { fetching, nodeProgram } from "../cli/consumers.ts";
import { runCommand, runProcess } from "../cli/run-command.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { call, recorded } from "../coverage/recorded.ts";
import { emptyPage, emulatorUrl, proxyTo } from "../proxy/start.ts";
import { send } from "../send.ts";
import { cutOff, type Ended, type Gate, good, headers, json, noProgram } from "./accidents.ts";
import { library, providerGate } from "./in-program.ts";

const bad = (origin: string): Promise<Response> =>
  send(fetch, "getContactGroup", { origin, headers, query: { random: undefined } });

/** A command that serves in this process until `use` has resolved. */
async function serving(args: readonly string[], use: (origin: string) => Promise<unknown>): Promise<Ended> {
  const untilStopped = async (printed: () => string): Promise<void> => {
    await expect.poll(printed).toMatch(/http:/);
    await use(/http:\/\/\S+:\d+/.exec(printed())?.[0] ?? "");
  };
  return ended(await runCommand(args, { untilStopped }));
}

function ended({ code, stdout, stderr }: Awaited<ReturnType<typeof runCommand>>): Ended {
  return { code, text: stdout + stderr };
}

const running = async (args: readonly string[], code: string): Promise<Ended> =>
  ended(await runProcess([...args, "--", ...nodeProgram(code)]));

const nothing = (): Promise<void> => Promise.resolve();
const serve = ["serve", "--port", "0", "--assert-valid"];
const resetting = `await fetch(process.env.CONTACT_GROUPS_URL + "/__contract/reset", ${JSON.stringify(json)});`;

/** A program that calls only when it runs for the first time, such as one with a cache. */
function onlyOnce(): string {
  const marker = JSON.stringify(join(temporaryFolder(), "marker"));
  return `const { existsSync, writeFileSync } = await import("node:fs");
  if (!existsSync(${marker})) { writeFileSync(${marker}, ""); ${fetching(true)} }`;
}

/** A gate around a program. */
const around = (args: () => Promise<readonly string[]>): Omit<Gate, "reset just before the end"> => ({
  "nothing happened": async () => running(await args(), ""),
  async "second run"() {
    const [given, program] = [await args(), onlyOnce()];
    expect((await running(given, program)).code).toBe(0);
    return running(given, program);
  },
  async "everything skipped"() {
    const file = join(temporaryFolder(), "skipped.test.mjs");
    writeFileSync(
      file,
      `import { test } from "node:test";\ntest.skip("calls", async () => {\n${fetching(true)}\n});\n`,
    );
    return ended(await runProcess([...(await args()), "--", process.execPath, "--test", file]));
  },
  "server died in the middle": async () =>
    running(await args(), `${fetching(true)} process.on("SIGTERM", () => {}); process.kill(process.ppid, "SIGTERM");`),
  "command ends early with 0": async () => running(await args(), `process.exit(0); ${fetching(true)}`),
});

/** A folder with the recording of one valid call. */
async function recordedFolder(minutesOld = 0): Promise<string> {
  const folder = temporaryFolder();
  const [exchange] = await recorded([call("getContactGroup", requestOf("getContactGroup"), emptyPage)]);
  if (exchange) recordTo(folder)(exchange);
  for (const file of readdirSync(folder).map((name) => join(folder, name))) {
    const seconds = statSync(file).mtimeMs / 1000 - minutesOld * 60;
    utimesSync(file, seconds, seconds);
  }
  return folder;
}

/** A gate that reads what was recorded before. */
const reading = (command: readonly string[]): Gate => ({
  "nothing happened": async () => ended(await runCommand([...command, temporaryFolder()])),
  async "second run"() {
    expect((await runCommand([...command, await recordedFolder()])).code).toBe(0);
    return ended(await runCommand([...command, await recordedFolder(24 * 60)]));
  },
  async "everything skipped"() {
    const folder = join(temporaryFolder(), "calls");
    mkdirSync(folder);
    writeFileSync(join(folder, "1.jsonl"), "");
    return ended(await runCommand([...command, folder]));
  },
  async "server died in the middle"() {
    const folder = await recordedFolder();
    writeFileSync(join(folder, "2.jsonl"), '{"index":0,"operation":"getCo');
    return ended(await runCommand([...command, folder]));
  },
  "reset just before the end": "a reset deletes nothing that was recorded",
  "command ends early with 0": noProgram,
});

/** A program of which the server is its own, and records. */
const recording = (code: string): string => {
  const index = JSON.stringify(new URL("../../src/index.ts", import.meta.url).href);
  return `const { startContractServer } = await import(${index});
  const api = await startContractServer();
  process.env.CONTACT_GROUPS_URL = api.url;
  ${code}`;
};

/** A gate around a program that records. */
const aroundRecording = (command: readonly string[]): Gate => ({
  ...around(() => Promise.resolve(command)),
  async "second run"() {
    const program = recording(onlyOnce());
    expect((await running(command, program)).code).toBe(0);
    return running(command, program);
  },
  async "server died in the middle"() {
    const program = recording(`${fetching(true)} process.kill(process.pid, "SIGKILL");`);
    return running(command, program);
  },
  "reset just before the end": () => running(command, recording(`${fetching(false)} ${resetting}`)),
});

const proxyGate: Gate = {
  "nothing happened": async () => serving(["proxy", "--upstream", await emulatorUrl()], nothing),
  async "second run"() {
    const upstream = await emulatorUrl();
    expect((await serving(["proxy", "--upstream", upstream], good)).code).toBe(0);
    return serving(["proxy", "--upstream", upstream], nothing);
  },
  "everything skipped": async () =>
    serving(["proxy", "--upstream", await emulatorUrl(), "--ignore", "schema"], (origin) =>
      fetch(`${origin}/v4/recentcontact/get_contact_groups`, json),
    ),
  "server died in the middle": async () => {
    const upstream = await proxyTo(await emulatorUrl());
    return serving(["proxy", "--upstream", upstream.url], async (origin) => {
      await good(origin);
      await upstream.close();
      await good(origin);
    });
  },
  "reset just before the end": "a proxy has no reset",
  "command ends early with 0": noProgram,
};

/** All gates. */
export const gates: Readonly<Record<string, Gate>> = {
  assertValid: library((api, options) => api.assertValid(options)),
  "toHaveReceivedValidRequests of vitest": library((api, options) => {
    expect.extend({ toHaveReceivedValidRequests });
    const expecting = expect;
    expecting(api).toHaveReceivedValidRequests(options);
  }),
  "toHaveReceivedValidRequests of jest": library((api, options) => {
    const { pass, message } = toHaveReceivedValidRequests(api, options);
    if (!pass) throw new Error(message());
  }),
  "serve --assert-valid": {
    "nothing happened": () => serving(serve, nothing),
    async "second run"() {
      expect((await serving(serve, good)).code).toBe(0);
      return serving(serve, nothing);
    },
    "everything skipped": () =>
      serving([...serve, "--ignore", "schema"], (origin) =>
        fetch(`${origin}/v4/recentcontact/get_contact_groups`, json),
      ),
    "server died in the middle": () =>
      serving(serve, async (origin) => {
        await good(origin);
        await cutOff(origin);
      }),
    "reset just before the end": () =>
      serving(serve, async (origin) => {
        await bad(origin);
        await fetch(`${origin}/__contract/reset`, json);
      }),
    "command ends early with 0": noProgram,
  },
  "serve --": {
    ...around(() => Promise.resolve(["serve"])),
    "reset just before the end": () => running(["serve"], `${fetching(false)} ${resetting}`),
  },
  proxy: proxyGate,
  "proxy --": {
    ...around(async () => ["proxy", "--upstream", await emulatorUrl()]),
    "reset just before the end": "a proxy has no reset",
  },
  check: reading(["check"]),
  "check --": aroundRecording(["check"]),
  coverage: reading(["coverage", "--min-operations", "1"]),
  "coverage --": {
    ...aroundRecording(["coverage", "--min-operations", "1"]),
    "reset just before the end": "coverage judges no rules",
  },
  verify: providerGate,
};
