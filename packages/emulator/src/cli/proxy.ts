/** The command `proxy`: its options, its lines and its report. */
import { randomBytes } from "node:crypto";
import { renameSync, writeFileSync } from "node:fs";
import { resolve } from "node:path";
import { show } from "@contact-groups/core/check";
import { upstreamOrigin } from "@contact-groups/core/upstream";
import { regions } from "@contact-groups/openapi/model";
import { timeText } from "../clock.ts";
import type { NamedDifference } from "../proxy/comparison.ts";
import { isAboutState } from "../proxy/differences.ts";
import type { ProxyReport } from "../proxy/findings.ts";
import type { ProxiedCall } from "../proxy/forwarder.ts";
import { type Proxy, startProxy } from "../proxy/proxy.ts";
import { openRecording, type Recording } from "../proxy/recording.ts";
import { reportText, toArguments } from "../proxy/report-text.ts";
import { toSettings } from "../settings.ts";
import { createLines, type Lines, printError, terminalJson } from "../terminal.ts";
import { isLoopback } from "./addresses.ts";
import { describeHttps } from "./announce.ts";
import { type Https, prepareHttps } from "./https.ts";
import { settingsOf, type SettingOptions } from "./config.ts";
import { checkHttpsOptions, type ListenerOptions } from "./options.ts";
import { closeAtEnd, closing } from "./process-end.ts";
import { explainListenError } from "./serve.ts";
import { explainFileError, messageOf, toPort, UsageError } from "./values.ts";

/** The options of `proxy`, as the command line gives them. */
export interface ProxyCommandOptions extends SettingOptions, ListenerOptions {
  readonly upstream: string;
  readonly record?: string;
  readonly report?: string;
  readonly pseudonyms?: boolean;
  readonly learn?: boolean;
  readonly forwardAll?: boolean;
  readonly timeoutMs: string;
  readonly quiet?: boolean;
  readonly json?: boolean;
}

/** A proxy of the command, which writes its report when it is closed. */
export interface ServedProxy {
  readonly proxy: Proxy;
  close(): Promise<void>;
}

/** Forwards, records and compares until a signal comes. */
export async function proxy(options: ProxyCommandOptions, version: string): Promise<void> {
  const lines = createLines(process.stdout);
  const served = await startCommand(options, lines, version);
  closeAtEnd(served, {
    onClosing: () => options.json || lines.print(closing),
    onClosed: lines.flush,
  });
}

/** Starts the proxy and prints where it listens. */
export async function startCommand(options: ProxyCommandOptions, lines: Lines, version: string): Promise<ServedProxy> {
  const { host, json = false, quiet = false, record, report: reportFile } = options;
  const origin = toOrigin(options.upstream);
  const port = toPort(options.port);
  const timeoutMs = toTimeout(options.timeoutMs);
  checkHttpsOptions(options);
  if (record !== undefined && reportFile !== undefined && resolve(record) === resolve(reportFile))
    throw new UsageError("--record and --report must be two files.");
  const settings = toSettings({
    accounts: "lenient",
    ...settingsOf(options),
    // The service has these for itself.
    chatGroups: "lenient",
    userSig: "off",
    rateLimit: "off",
  });
  if (reportFile !== undefined) writeReport(reportFile, undefined);
  const https = await prepareHttps(options);
  for (const warning of https?.warnings ?? []) printError(warning);
  const recording = record === undefined ? undefined : open(record, version);
  const print = (call: ProxiedCall): void => {
    if (!quiet)
      for (const line of json ? [terminalJson({ event: "call", ...call })] : callLines(call)) lines.print(line);
  };
  const started = new Date().toISOString();
  const proxied = await start({ host, port }, recording, () =>
    startProxy({
      origin,
      port,
      host,
      tls: https?.tls,
      settings,
      forwardAll: options.forwardAll === true,
      learn: options.learn === true,
      timeoutMs,
      recording,
      ...(options.pseudonyms && { pseudonymKey: randomBytes(32) }),
      onCall: print,
      onError: printError,
    }),
  );
  const { url, address } = proxied.listener;
  if (new URL(origin).host === new URL(url).host) {
    await proxied.close();
    recording?.close();
    throw new UsageError("--upstream is the address of the proxy itself. Choose another --port or --upstream.");
  }
  for (const line of announce({ origin, url, address, options, https, recording })) lines.print(line);

  return {
    proxy: proxied,
    async close() {
      await proxied.close();
      recording?.close();
      const report = proxied.report();
      if (reportFile !== undefined)
        writeReport(reportFile, { upstream: origin, version, started, ended: new Date().toISOString(), ...report });
      if (json) lines.print(terminalJson({ event: "report", ...report }));
      else for (const line of reportText(report)) lines.print(line);
    },
  };
}

function toOrigin(text: string): string {
  try {
    return upstreamOrigin(text, regions);
  } catch (error) {
    throw new UsageError(`--upstream ${messageOf(error)}`, { cause: error });
  }
}

function toTimeout(text: string): number {
  const timeout = Number(text);
  if (/^\d+$/.test(text) && timeout >= 1 && timeout <= 600_000) return timeout;
  throw new UsageError(`--timeout-ms must be a number from 1 to 600000, but is ${show(text.slice(0, 20))}.`);
}

function open(file: string, version: string): Recording {
  try {
    return openRecording(file, version);
  } catch (error) {
    const why = error instanceof TypeError ? error.message : `${file} cannot be written: ${explainFileError(error)}.`;
    throw new UsageError(`--record: ${why}`, { cause: error });
  }
}

async function start(
  { host, port }: { readonly host: string; readonly port: number },
  recording: Recording | undefined,
  run: () => Promise<Proxy>,
): Promise<Proxy> {
  try {
    return await run();
  } catch (error) {
    recording?.close();
    throw new UsageError(explainListenError(error, host, port), { cause: error });
  }
}

/** Writes the report as a whole, or checks that it can be written. */
function writeReport(file: string, report: object | undefined): void {
  try {
    if (report === undefined) return writeFileSync(file, "", { mode: 0o600, flag: "a" });
    writeFileSync(`${file}.new`, `${JSON.stringify(report, undefined, 2)}\n`, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  } catch (error) {
    throw new UsageError(`--report ${file} cannot be written: ${explainFileError(error)}.`, { cause: error });
  }
}

interface Announcement {
  readonly origin: string;
  readonly url: string;
  readonly address: string;
  readonly options: ProxyCommandOptions;
  readonly https: Https | undefined;
  readonly recording: Recording | undefined;
}

function announce({ origin, url, address, options, https, recording }: Announcement): readonly string[] {
  const { json = false, quiet = false, record, pseudonyms = false, learn = false, forwardAll = false } = options;
  if (json) return [terminalJson({ event: "listening", url, upstream: origin, record, pseudonyms, learn, forwardAll })];
  if (quiet) return [url];
  const isPlain = origin.startsWith("http://") && !/^http:\/\/(?:localhost|127\.|\[::1\])/.test(origin);
  return [
    `The proxy listens at ${url} and forwards calls to ${origin}. Each call has its effect there.`,
    ...(isLoopback(address) ? [] : ["  Network  other machines can use it"]),
    ...(https ? describeHttps(https) : []),
    ...(isPlain ? ["  Warning  the upstream is called without TLS, so others can read the UserSigs"] : []),
    `  Record   ${record ?? "off"}${recording && recording.kept > 0 ? `, after ${recording.kept} earlier calls` : ""}${pseudonyms ? ", with pseudonyms" : ""}`,
    ...(learn ? ["  Learn    the proxy reads the groups and marks of each user before the user's first call"] : []),
    "",
  ];
}

/** Returns a call as a line, and a line for each difference that is new. */
export function callLines(call: ProxiedCall): readonly string[] {
  const { number, at, method, path, status, durationMs, failure, verdict } = call;
  const head = `${timeText(at)} #${number} ${method} ${path} ${status ?? "-"} ${durationMs} ms`;
  if (failure !== undefined) return [`${head} no response: ${failure}`];
  if (verdict.kind === "not comparable") return [`${head} not compared: ${verdict.why}`];
  if (verdict.kind === "same") return [`${head} same [${verdict.rule}]`];
  const fresh = verdict.differences.filter(({ isNew }) => isNew);
  const known = verdict.differences.length - fresh.length;
  const [first] = fresh;
  return [
    `${head} differs [${verdict.rule}]${known > 0 ? `, ${known} as before` : ""}`,
    ...fresh.map(({ found }) => `    ${differenceLine(found)}`),
    ...(first ? [`    The emulator's reason: ${first.found.why}.`] : []),
    ...explanationsOf(fresh).map((line) => `    ${line}`),
  ];
}

type Found = ProxyReport["differences"][number];

function differenceLine({ pointer, kind, rule, ...values }: Found): string {
  const valueText = (name: "expected" | "found"): string =>
    Object.hasOwn(values, name) ? terminalJson(values[name]).slice(0, 300) : "nothing";
  const [expected, found] = [valueText("expected"), valueText("found")];
  return `${pointer || "the response"}: the service sent ${expected}, the emulator ${found} (${kind}) [${rule}]`;
}

/** Returns what explains differences, or that nothing does. The form of a response needs no explanation. */
function explanationsOf(fresh: readonly NamedDifference[]): readonly string[] {
  const unexplained = fresh.filter(({ found }) => isAboutState(found));
  const changes = unexplained[0]?.found.explanations ?? [];
  if (unexplained.length > 0 && changes.length === 0) return ["No setting, and no two settings, explain it."];
  return changes.map((change) => `With ${toArguments(change)}, the emulator would respond like this.`);
}
