/** Makes recorded calls for tests. */
import type { OperationId } from "@contact-groups/client";
import { createObserver, type ObservedCall } from "../../src/har/read.ts";
import type { Exchange } from "../../src/record/exchange.ts";
import { testedOperations } from "../tested-operations.ts";

export const userSig = "eJwtzMEKgkAUheF3mXXInZk7OgotWrSJiqJW4mJs";

export interface CallOptions {
  readonly status?: number | undefined;
  /** Replaces the response's body. */
  readonly responseText?: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly startedAt?: number;
}

/** A call of an operation with this body, and its response. */
export function call(
  operationId: OperationId,
  body: unknown,
  response: unknown,
  options: CallOptions = {},
): ObservedCall {
  const operation = testedOperations.find((tested) => tested.operationId === operationId);
  const query = {
    sdkappid: "1400000000",
    identifier: "administrator",
    usersig: userSig,
    random: "1",
    contenttype: "json",
    ...options.query,
  };
  return {
    method: "POST",
    url: `https://console.tim.qq.com${operation?.path}?${new URLSearchParams(query)}`,
    requestHeaders: [["Content-Type", "application/json"]],
    requestBody: Buffer.from(JSON.stringify(body)),
    response:
      "status" in options && options.status === undefined
        ? undefined
        : {
            status: options.status ?? 200,
            headers: [["Content-Type", "application/json"]],
            body: Buffer.from(options.responseText ?? JSON.stringify(response)),
          },
    startedAt: options.startedAt ?? 0,
    durationMs: 5,
  };
}

/** Returns the recording of these calls. */
export async function recorded(calls: readonly ObservedCall[]): Promise<Exchange[]> {
  const observe = createObserver();
  const exchanges: Exchange[] = [];
  for (const one of calls) exchanges.push(await observe(one));
  return exchanges;
}

/** Every example of every operation and every code that the catalogue lists for it, each once. */
export function everyResponse(): ObservedCall[] {
  return testedOperations.flatMap(({ operationId, requests, responses }) =>
    responses.map(({ value }) => call(operationId, requests[0]?.value, value)),
  );
}

export function failure(code: number): unknown {
  return { ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: "" };
}
