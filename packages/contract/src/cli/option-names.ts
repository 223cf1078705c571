/** The names of the options of `verify` on the command line, in place of those of the library. */
import type { VerifyOptions } from "../verify/verify-options.ts";
import type { Terminal } from "./options.ts";

const flags: { readonly [Name in keyof VerifyOptions]?: string } = {
  baseUrl: "--base-url",
  sdkAppId: "--sdkappid",
  identifier: "--identifier",
  userSig: "--usersig-env",
  secretKey: "--secret-key-env",
  headers: "--header",
  gatewaySigns: "--gateway-signs",
  users: "--users",
  chatGroup: "--chat-group",
  readOnly: "--read-only",
  burst: "--burst",
  documentedOnly: "--documented-only",
  only: "--only",
  allowSkipped: "--allow-skipped",
  seed: "--seed",
  runs: "--runs",
  consumer: "--consumer",
  callsPerSecond: "--rate",
  timeoutMs: "--timeout",
  yes: "--yes",
};

/** Replaces names of the library that are between backticks, such as `` `baseUrl` `` and `` `burst: false` ``. */
export function withFlags(text: string): string {
  return text.replaceAll(/`(\w+)(?:: (true|false))?`/g, (whole, name: string, value: string | undefined) => {
    const flag = Object.hasOwn(flags, name) ? flags[name as keyof VerifyOptions] : undefined;
    if (flag === undefined) return whole;
    return value === "false" ? flag.replace("--", "--no-") : flag;
  });
}

/** A terminal on which texts have the names of the command line. */
export function terminalWithFlags(terminal: Terminal): Terminal {
  return {
    ...terminal,
    write: (text) => terminal.write(withFlags(text)),
    writeError: (text) => terminal.writeError(withFlags(text)),
  };
}
