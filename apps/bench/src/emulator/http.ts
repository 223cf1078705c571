import { join } from "node:path";
import { compare, contenders, rate, serverCpu, wall } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { type ServerKind, startServer } from "../server.ts";
import { conversation, inTurn, load, loads, newcomers, requestTo } from "./load.ts";

export const about =
  "Each contender in a process of its own, under a load that sends requests for one user after the other. Creates that arrive together are made durable in one transaction; each of those adds a group of one conversation, on the disk of the folder for temporary files.";
export const peers: Program["peers"] = ["@stoplight/prism-http-server", "autocannon"];

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const [duration, rounds] = quick ? [1, 3] : [2, 4];
  const servers = {
    "bare node:http with a fixed response": await startServer("bare"),
    "emulator in memory": await startServer("emulator in memory"),
    "emulator in SQLite": await startServer("emulator in SQLite", join(folder, "http.db")),
    "Prism, no state": await startServer("Prism with its log"),
  };
  for (const [kind, requests] of Object.entries(loads)) {
    const options = { connections: 64, duration, requests: inTurn(requests) };
    yield compare(
      `HTTP, 64 connections, ${kind}`,
      contenders(servers, ({ url }) => load(url, options)),
      { "calls per second": rate, "server CPU, µs per call": serverCpu(servers) },
      rounds,
    );
  }

  const start = async (kind: ServerKind, connections: number) => {
    const server = await startServer(kind, join(folder, `${kind} ${connections}.db`));
    return { ...server, connections, created: 0 };
  };
  const stores = {
    "one at a time, full": await start("emulator in SQLite", 1),
    "64 at a time, full": await start("emulator in SQLite", 64),
    "one at a time, normal": await start("emulator in SQLite, durability normal", 1),
    "64 at a time, normal": await start("emulator in SQLite, durability normal", 64),
    "64 at a time, in memory": await start("emulator in memory", 64),
  };
  const { path } = requestTo("createContactGroup", {});
  const creates = contenders(stores, async (store) => {
    /** Every request adds another group: ten for a user, then ten for the next one. */
    const setupRequest = (request: object): object => {
      const number = store.created++;
      const GroupContactItem = [{ GroupName: `group ${number}`, ContactItem: [conversation(`peer_${number % 100}`)] }];
      const From_Account = newcomers[Math.floor(number / 10)];
      return { ...request, body: JSON.stringify({ From_Account, GroupContactItem }) };
    };
    const { connections, url } = store;
    const { calls } = await load(url, { connections, amount: 2560, requests: [{ path, setupRequest }] });
    return { calls };
  });
  const measures = { µs: wall, "server CPU, µs": serverCpu(stores) };
  yield compare("A create over HTTP, by durability", creates, measures, quick ? 3 : 9);
}
