import type { Program } from "../program.ts";
import type { Report } from "../report.ts";
import { startServer } from "../server.ts";
import { sendRequests } from "./requests.ts";

export const about = "The built package, from a cold import.";
export const peers: Program["peers"] = [];

export async function* measure(): AsyncGenerator<Report> {
  let begin = performance.now();
  const { startContractServer } = await import("@contact-groups/contract");
  await startContractServer();
  const cold = performance.now() - begin;
  const further: number[] = [];
  for (let round = 0; round < 20; round++) {
    begin = performance.now();
    await startContractServer();
    further.push(performance.now() - begin);
  }

  const { url, usage } = await startServer("contract server");
  await sendRequests(fetch, url, 20_000);
  const values = {
    "first server after a cold import, ms": [cold],
    "further server, ms": further,
    "memory after 20,000 recorded calls, MB": [(await usage()).memory / 1e6],
  };
  yield { title: "Start and memory", values };
}
