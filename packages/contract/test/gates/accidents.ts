/** What can happen to a gate in place of a run, and the calls that the gates are tested with. */
import { once } from "node:events";
import { head, open } from "../raw-connection.ts";
import { send, targetOf } from "../send.ts";

/** What can happen in place of a run. */
export const accidents = [
  "nothing happened",
  "second run",
  "everything skipped",
  "server died in the middle",
  "reset just before the end",
  "command ends early with 0",
] as const;

/** The exit code, or that of the outcome of an error, and what was reported. */
export interface Ended {
  readonly code: number;
  readonly text: string;
}

/** What a gate does after each accident; a text says why that accident cannot happen to it. */
export type Gate = Readonly<Record<(typeof accidents)[number], string | (() => Promise<Ended>)>>;

export const headers: Readonly<Record<string, string>> = { "Content-Type": "application/json" };
export const json: RequestInit = { method: "POST", headers, body: "{}" };
/** Why a gate has no program that ends early. */
export const noProgram = "it runs no program";
export const good = (origin: string): Promise<Response> => send(fetch, "getContactGroup", { origin, headers });

/** Sends a part of a request, and returns when the server has its head. */
export async function cutOff(origin: string): Promise<void> {
  const url = new URL(origin + targetOf("createContactGroup"));
  const socket = await open({ port: Number(url.port) });
  socket.on("error", () => undefined);
  socket.write(head(url, 10).replace("Host", "Expect: 100-continue\r\nHost"));
  await once(socket, "data");
}
