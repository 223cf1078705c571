import { createRequire } from "node:module";
import { createClient } from "@contact-groups/client";
import { signUserSigSync } from "@contact-groups/client/node";
import { signUserSig } from "@contact-groups/client/usersig";
import { successExamples } from "@contact-groups/openapi/model";
import { compare, contenders, cpu, makeCalls, wall } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";

/** It has no types. */
const { Api } = createRequire(import.meta.url)("tls-sig-api-v2");
const app = {
  sdkAppId: 1400000000,
  identifier: "administrator",
  secretKey: "a-key-for-nothing-but-this-bench".repeat(2),
};
const text = JSON.stringify(successExamples.getContactGroup.FirstOfTwoPages);
const options = { ...app, validitySeconds: 86_400 };

export const about =
  "A UserSig generated in each way, and what it adds to a call: the client signs once and keeps the UserSig.";
export const peers: Program["peers"] = ["tls-sig-api-v2"];

export async function* measure({ quick }: Circumstances): AsyncGenerator<Report> {
  const rounds = quick ? 5 : 15;
  const measures = { µs: wall, "µs of CPU": cpu };
  const api = new Api(app.sdkAppId, app.secretKey);
  const sign = (): string => api.genUserSig(app.identifier, options.validitySeconds);
  const ways = {
    "npm tls-sig-api-v2": () => makeCalls(sign, 2000),
    "signUserSigSync of /node": () => makeCalls(() => signUserSigSync(options), 5000),
    "signUserSig, 50 at a time": () => makeCalls(() => signUserSig(options), 5000, 50),
    // WebCrypto works in a thread of its own, and waiting for it is most of the time.
    "signUserSig, one by one": () => makeCalls(() => signUserSig(options), 2000),
  };
  yield compare("A UserSig", ways, measures, rounds);

  const service = {
    sdkAppId: app.sdkAppId,
    identifier: app.identifier,
    baseUrl: "http://service.test",
    rateLimit: false,
    transport: async () => ({ status: 200, headers: new Headers(), text }),
  } as const;
  const request = { From_Account: "user15", StartIndex: 0 };
  const signing = createClient({ ...service, secretKey: app.secretKey });
  const given = createClient({ ...service, userSig: sign() });
  const calls = {
    "signed for each call by npm tls-sig-api-v2": () => (sign(), given.getContactGroup(request)),
    "signed once by the client": () => signing.getContactGroup(request),
    "given as text": () => given.getContactGroup(request),
  };
  yield compare(
    "A call without a socket, by where its UserSig is from",
    contenders(calls, (call) => makeCalls(call, 2000)),
    measures,
    rounds,
  );
}
