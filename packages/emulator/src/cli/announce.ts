import { timeText } from "../clock.ts";
import type { Listener } from "../emulator.ts";
import { controlBase } from "../generated/control.ts";
import type { CallRecord } from "../journal.ts";
import { defaultAdmins } from "../request.ts";
import { shellWord } from "../shell-word.ts";
import { terminalJson } from "../terminal.ts";
import { addressesOf, isEvery, isLoopback } from "./addresses.ts";
import { type UserSigMode, userSigMode } from "../user-sig.ts";
import { type AnnouncedApp, firstCall, type FirstCallParts } from "./first-call.ts";
import type { Https } from "./https.ts";
import type { ServeOptions } from "./options.ts";
import { verifyCommand, verifyPreset } from "./verify-preset.ts";

/** What is printed when the emulator listens. */
interface Announcement extends Omit<FirstCallParts, "url" | "caFile"> {
  readonly options: ServeOptions;
  readonly listener: Pick<Listener, "url" | "address" | "port">;
  /** Undefined without `--https`. */
  readonly https: Https | undefined;
  /** Whether the store already had a state, so that it was not seeded. */
  readonly isKept: boolean;
}

/** Returns lines with address, apps, kind of credentials, place of the state, and a first call to paste. */
export function announce(announcement: Announcement): readonly string[] {
  const { options, listener, https, apps, isKept, hasControl } = announcement;
  const { url, address, port } = listener;
  const database = options.memory ? undefined : options.db;
  const network = networkUrls(listener);
  if (options.json) {
    const documents = apps.map(toDocument);
    const tls = https && { caFile: https.caFile, names: https.names };
    const place = { url, network, address, port, tls };
    const event = { event: "listening", ...place, apps: documents, database, isKept, control: hasControl };
    return [terminalJson(event)];
  }
  if (options.quiet) return [url];
  return [
    `The emulator listens at ${url}${isEvery(address) ? `, on all addresses of this machine (${address})` : ""}`,
    ...describeNetwork(network, listener, hasControl),
    ...(https ? describeHttps(https) : []),
    ...apps.map((app) => `  App      ${describe(app)}`),
    `  State    ${database ?? "in memory"}${isKept ? ", existing data; use --reseed to start over" : ""}`,
    hasControl
      ? `  Control  ${url}${controlBase}/, the inspector and the base of the control API${needsToken(options)}`
      : "  Control  off, and the inspector as well",
    "",
    ...(options.preset === verifyPreset
      ? verifyCommand(url, options)
      : firstCall({
          ...announcement,
          controlTokenEnv: options.controlTokenEnv,
          url,
          caFile: https?.trustedFile,
        })),
    "",
  ];
}

function needsToken({ controlTokenEnv }: ServeOptions): string {
  return controlTokenEnv === undefined ? "" : `, with the token in ${controlTokenEnv}`;
}

/** The URLs under which other machines can reach the listener. */
function networkUrls({ url, address }: Announcement["listener"]): readonly string[] {
  if (isLoopback(address)) return [];
  if (!isEvery(address)) return [url];
  const { protocol, port } = new URL(url);
  return addressesOf(address).map((own) => `${protocol}//${own.includes(":") ? `[${own}]` : own}:${port}`);
}

function describeNetwork(
  urls: readonly string[],
  { address }: Announcement["listener"],
  hasControl: boolean,
): readonly string[] {
  if (isLoopback(address)) return [];
  const what = `other machines can use it${hasControl ? ", and its control API" : ""}`;
  return [`  Network  ${what}${urls.length > 0 ? ", at" : ""}`, ...urls.map((own) => `           ${own}`)];
}

/** Returns lines with what a certificate is for, and how clients trust it. */
export function describeHttps({ names, caFile }: Https): readonly string[] {
  const lines = [`  HTTPS    for ${names.join(", ")}`];
  if (caFile === undefined) return lines;
  const file = shellWord(caFile);
  const store = shellWord(caFile.replace(/pem$/, "p12"));
  return [
    ...lines,
    `  Trust    ${caFile}`,
    `    Node.js  export NODE_EXTRA_CA_CERTS=${file}`,
    `    Python   export SSL_CERT_FILE=${file} REQUESTS_CA_BUNDLE=${file}`,
    `    Java     keytool -importcert -noprompt -alias emulator -file ${file} -keystore ${store} -storepass changeit`,
    `             java -Djavax.net.ssl.trustStore=${store} -Djavax.net.ssl.trustStorePassword=changeit …`,
  ];
}

function toDocument({ sdkAppId, secretKey, admins = defaultAdmins, settings }: AnnouncedApp): object {
  return { sdkAppId, userSig: userSigMode(secretKey, settings.userSig), admins };
}

function describe({ sdkAppId, secretKey, admins = defaultAdmins, settings }: AnnouncedApp): string {
  return `${sdkAppId} ${credentials[userSigMode(secretKey, settings.userSig)]}, administrator ${admins.join(", ")}`;
}

const credentials: Readonly<Record<UserSigMode, string>> = {
  any: "accepts any UserSig",
  read: "reads UserSigs without verifying their signature",
  verified: "verifies UserSigs with its key",
};

/** Returns a call as one line: time, path, code, the rule that decided, and why, but not its body. It shows no credential. */
export function callLine({ body: _1, bodyOmitted: _2, ...record }: CallRecord, json: boolean): string {
  if (json) return terminalJson({ event: "call", ...record });
  const { at, method, url, code, rule, why } = record;
  const [path = ""] = url.split("?");
  return `${timeText(at)} ${method} ${path} ${code ?? "-"} [${rule}] ${why}`;
}
