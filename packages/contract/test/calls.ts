/** Ways to call a contract server. */
import { createClient, type Client, type OperationId } from "@contact-groups/client";
import type { ContractServer } from "../src/index.ts";
import { testedOperations, type TestedOperation } from "./tested-operations.ts";

export const userSig = "eJwtzMEKgkAUheF3mXXInZk7OgotWrSJiqJW4mJs";

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: { readonly ActionStatus?: string; readonly ErrorCode?: number; readonly ErrorInfo?: string };
  readonly verdict: Verdict | undefined;
}

export interface Verdict {
  readonly status: number;
  readonly violations: readonly {
    readonly location: readonly string[];
    readonly code: string;
    readonly message: string;
  }[];
  readonly omitted?: number;
}

/** The generated client; `onResponse` sees every response. */
export function clientOf(server: ContractServer, onResponse: (response: Response) => void = () => undefined): Client {
  return createClient({
    baseUrl: server.url,
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig,
    random: () => 99999999,
    // Tests need the server's own response, once and without waiting.
    checks: false,
    retry: false,
    rateLimit: false,
    fetch: async (url, init) => {
      const response = await fetch(url, init);
      onResponse(response);
      return response;
    },
  });
}

/** Calls an operation with a body of any shape. */
export function call(
  client: Client,
  operationId: OperationId,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<unknown> {
  const operation = client[operationId] as (
    body: unknown,
    init: { headers: Readonly<Record<string, string>> },
  ) => Promise<unknown>;
  return operation(body, { headers });
}

/** Returns the URL that the generated client calls for an operation. */
export async function urlOf(server: ContractServer, operationId: OperationId): Promise<URL> {
  const urls: string[] = [];
  const client = clientOf(server, (response) => urls.push(response.url));
  await call(client, operationId, requestOf(operationId)).catch(() => undefined);
  return new URL(urls[0] ?? "");
}

export function operationOf(operationId: OperationId): TestedOperation {
  const operation = testedOperations.find((tested) => tested.operationId === operationId);
  if (!operation) throw new Error(`The bundle has no ${operationId}.`);
  return operation;
}

/** Returns a valid request body. */
export function requestOf(operationId: OperationId): unknown {
  return operationOf(operationId).requests[0]?.value;
}

/** Sends a text unchanged, and any other body as JSON; both as `application/json`. */
export async function post(url: URL | string, body: unknown, init: RequestInit = {}): Promise<Answer> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const headers = { "Content-Type": "application/json", ...(init.headers as Record<string, string>) };
  const response = await fetch(url, { method: "POST", body: text, ...init, headers });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Answer["body"],
    verdict: verdictOf(response),
  };
}

export function verdictOf(response: Response): Verdict | undefined {
  const header = response.headers.get("Prism-Verdict");
  return header === null ? undefined : (JSON.parse(header) as Verdict);
}
