import { createContractFetch, startContractServer } from "@contact-groups/contract";
import { compare, contenders, rate, serverCpu } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { startServer } from "../server.ts";
import { sendRequests } from "./requests.ts";

export const about =
  "The contract server, which is built around Prism, and Prism's own server. Then the form for tests, without a socket, and the one that listens.";
export const peers: Program["peers"] = ["@stoplight/prism-http", "@stoplight/prism-http-server"];

export async function* measure({ quick }: Circumstances): AsyncGenerator<Report> {
  const rounds = quick ? 3 : 9;
  const servers = {
    "Prism's own server": await startServer("Prism without a log"),
    "contract server": await startServer("contract server"),
  };
  // Lets the JIT compilers finish.
  for (const { url } of Object.values(servers)) await sendRequests(fetch, url, 2100);
  yield compare(
    "A call over HTTP, recording included",
    contenders(servers, ({ url }) => sendRequests(fetch, url, 900)),
    { "server CPU, µs per call": serverCpu(servers) },
    rounds,
  );

  const options = { maxExchanges: 1000 };
  const server = await startContractServer(options);
  const origin = "http://api.test";
  const forms = {
    HTTP: { origin: server.url, fetch },
    "no socket": { origin, ...createContractFetch(options) },
  };
  yield compare(
    "A call, one after the other",
    contenders(forms, (form) => sendRequests(form.fetch, form.origin, 1800)),
    { "calls per second": rate },
    rounds,
  );
}
