/** Sends requests without a client and without a socket. */
import type { OperationId } from "@contact-groups/client";
import type { Contract } from "../src/index.ts";
import { operationOf, requestOf, userSig } from "./calls.ts";

export interface RequestParts {
  /** By default, a valid request of the description's examples. */
  readonly body?: unknown;
  /** Added to the query; undefined removes a parameter. By default, `random` is new for each call. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly origin?: string;
}

let calls = 0;

/** Path and query of a good request. */
export function targetOf(operationId: OperationId, query: RequestParts["query"] = {}): string {
  calls += 1;
  const all = {
    sdkappid: "1400000000",
    identifier: "administrator",
    usersig: userSig,
    random: String(calls),
    contenttype: "json",
    ...query,
  };
  const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${operationOf(operationId).path}?${new URLSearchParams(given)}`;
}

/** Sends a request; a body that is text is sent as it is. */
export async function send(
  fetch: Contract["fetch"],
  operationId: OperationId,
  { body = requestOf(operationId), query, headers = {}, origin = "http://api.test" }: RequestParts = {},
): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(`${origin}${targetOf(operationId, query)}`, {
    method: "POST",
    body: text,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

/** Sends a request and reads the JSON of its response. */
export async function fetchJson(api: Contract, operationId: OperationId, requested?: RequestParts): Promise<unknown> {
  return (await send(api.fetch, operationId, requested)).json();
}
