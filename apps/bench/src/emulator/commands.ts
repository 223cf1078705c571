import { execFileSync, spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import getPort from "get-port";
import { compare, contenders, type Run } from "../compare.ts";
import { installPeers } from "../peers.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { inTurn, load, requestTo } from "./load.ts";

/** Of a user in the state that the emulator begins with. */
const request = requestTo("getContactGroup", { From_Account: "user_0001", StartIndex: 0 });

export const about =
  "The emulator's command and Prism's, both as they start by default, not on Windows. The load has 64 connections.";
export const peers: Program["peers"] = ["autocannon"];

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const { modules, versions } = await installPeers();
  const description = fileURLToPath(import.meta.resolve("@contact-groups/openapi/openapi.yaml"));
  const prism = [join(modules, "@stoplight/prism-cli/dist/index.js"), "mock", description];
  const emulator = [
    fileURLToPath(new URL("cli.js", import.meta.resolve("@contact-groups/emulator"))),
    "--no-rate-limit",
  ];
  let states = 0;
  const commands = {
    [`Prism ${versions["@stoplight/prism-cli"]}`]: () => prism,
    "emulator in SQLite": () => [...emulator, "--db", join(folder, `state ${states++}`)],
  };
  yield compare(
    "The command",
    contenders(commands, (command) => started(command(), quick ? 1 : 3)),
    {},
    3,
  );
}

/** Starts a command, and sends it a load for a number of seconds. */
async function started(command: readonly string[], duration: number): Promise<Run> {
  const port = await getPort();
  const url = `http://127.0.0.1:${port}`;
  const begin = performance.now();
  const child = spawn(process.execPath, [...command, "--port", `${port}`], { stdio: ["ignore", "pipe", "inherit"] });
  // What it prints is read, as a terminal does.
  child.stdout.resume();
  await firstSuccess(url, child);
  const first = performance.now() - begin;
  const { calls } = await load(url, { connections: 64, duration, requests: inTurn([request]) });
  const kilobytes = Number(execFileSync("ps", ["-o", "rss=", "-p", `${child.pid}`], { encoding: "utf8" }));
  child.kill();
  await once(child, "exit");
  const figures = {
    "first success, ms": first,
    "resident memory after the load, MB": kilobytes / 1024,
    "calls per second": calls / duration,
  };
  return { calls, figures };
}

async function firstSuccess(url: string, child: ChildProcess): Promise<void> {
  const headers = { "Content-Type": "application/json" };
  while (child.exitCode === null) {
    const response = await fetch(url + request.path, { method: "POST", body: request.body, headers }).catch(
      () => undefined,
    );
    if (response && ((await response.json()) as { ErrorCode: number }).ErrorCode === 0) return;
    await setTimeout(5);
  }
  throw new Error(`A command ended with exit code ${child.exitCode} before its first success.`);
}
