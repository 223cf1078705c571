import type { OkBody, RequestBody } from "./bodies.ts";
import type { CallHeaders, CallInit, Client } from "./client.ts";
import { checkOptions, type ClientOptions } from "./client-options.ts";
import { readEnvelope } from "./envelope.ts";
import { HttpError } from "./errors/http-error.ts";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { NetworkError } from "./errors/network-error.ts";
import type { CredentialParameter } from "./generated/credentials.ts";
import type { operations } from "./generated/openapi.ts";
import { operationPaths, type OperationId } from "./generated/operations.ts";
import { createRedactor, type Redactor } from "./redact.ts";
import { createTransport } from "./transport.ts";

type Query = Record<CredentialParameter | keyof operations[OperationId]["parameters"]["query"], string>;

/**
 * Makes a client for one app and host. It keeps the UserSig to itself: no property, text or error of it shows it.
 *
 * @param options The credentials and a `region` or a `baseUrl`. Throws an `InvalidArgumentError` if one is missing or wrong.
 * @example
 * ```ts
 * import { createClient } from "@contact-groups/client";
 *
 * const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", userSig, region: "singapore" });
 * const page = await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
 * ```
 * @see https://www.tencentcloud.com/document/product/1047/34620 RESTful API Overview, 2025-10-23
 */
export function createClient(options: ClientOptions): Client {
  const baseUrl = checkOptions(options);
  const { sdkAppId, identifier, userSig, random = randomUint32 } = options;
  const redact = createRedactor(userSig);
  const send = createTransport(baseUrl, options.fetch ?? ((request) => globalThis.fetch(request)));

  async function call<Operation extends OperationId>(
    operation: Operation,
    body: RequestBody<Operation>,
    { headers, signal }: CallInit = {},
  ): Promise<OkBody<Operation>> {
    signal?.throwIfAborted();
    const query: Query = {
      sdkappid: String(sdkAppId),
      identifier,
      usersig: userSig,
      random: String(checkRandom(random())),
      contenttype: "json" satisfies operations[Operation]["parameters"]["query"]["contenttype"],
    };
    const request = {
      path: operationPaths[operation],
      query,
      body: toJson(body, redact),
      headers: toHeaders(headers, redact),
      signal,
    };
    const { status, text } = await send(request).catch((error: unknown) => {
      throw signal?.aborted ? signal.reason : new NetworkError(operation, redact.error(error));
    });
    if (status !== 200) throw new HttpError(operation, status);
    return readEnvelope(operation, text, redact);
  }

  return Object.freeze<Client>({
    createContactGroup: (body, init) => call("createContactGroup", body, init),
    getContactGroup: (body, init) => call("getContactGroup", body, init),
    searchContactGroup: (body, init) => call("searchContactGroup", body, init),
  });
}

function randomUint32(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] ?? 0;
}

function checkRandom(value: number): number {
  if (value >>> 0 === value) return value;
  throw new InvalidArgumentError("random", "a function that returns an unsigned 32-bit integer", String(value));
}

function toJson(body: unknown, redact: Redactor): string {
  let text: string | undefined;
  try {
    text = JSON.stringify(body);
  } catch (error) {
    throw new InvalidArgumentError("body", "an object that JSON can hold", "one that it can't", {
      cause: redact.error(error),
    });
  }
  if (text === undefined) throw new InvalidArgumentError("body", "an object", String(body));
  return text;
}

function toHeaders(headers: CallHeaders | undefined, redact: Redactor): Headers {
  try {
    return new Headers(headers);
  } catch (error) {
    throw new InvalidArgumentError("headers", "names and values that HTTP allows", "others", {
      cause: redact.error(error),
    });
  }
}
