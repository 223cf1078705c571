/** How a mutation is applied to the strict emulator. */
import type { Emulator, EmulatorOptions } from "@contact-groups/emulator";
import { operations } from "../../src/operations.ts";
import { signUserSig } from "../../src/verify/request.ts";
import { codeOf } from "../code-of.ts";
import { sdkAppId, secretKey } from "../verify/strict-emulator.ts";

/** A way in which a provider can break the contract. */
export interface Mutation {
  readonly name: string;
  /** ID of the scenario that must detect it; undefined when none can. */
  readonly foundBy: string | undefined;
  /** Why no scenario can. */
  readonly survives?: string;
  /** Settings of the emulator that differ from the strict ones. */
  readonly options?: EmulatorOptions;
  /** Wraps the emulator. */
  readonly wrap?: ((fetch: Fetch, emulator: Emulator) => Fetch) | undefined;
}

export type Fetch = (request: Request) => Promise<Response>;

/** JSON of any shape. */
// oxlint-disable-next-line typescript/no-explicit-any -- A mutation edits bodies of any shape.
export type Json = any;

/** A request. */
export interface ReceivedRequest {
  /** Last part of the path up to its first `_`: `create`, `get`, `search`, `update`, `del` or `mark`. */
  readonly command: string;
  readonly operationId: string | undefined;
  readonly query: URLSearchParams;
  /** The parsed body; undefined when it is not JSON. */
  readonly body: Json;
}

/** A response of the emulator, and its request. */
interface Sent extends ReceivedRequest {
  readonly text: string;
  /** The body of the response. */
  readonly body: Json;
  readonly emulator: Emulator;
}

/** Sends other responses than the emulator's, unless they are undefined. */
export function sending(respond: (sent: Sent) => Response | undefined): Mutation["wrap"] {
  return (fetch, emulator) => async (request) => {
    const requested = await read(request);
    const response = await fetch(request);
    const text = await response.clone().text();
    return respond({ ...requested, text, body: JSON.parse(text), emulator }) ?? response;
  };
}

/** Changes the JSON of responses. `edit` changes it in place, or returns another value. */
export function changing(
  edit: (body: Json, requested: ReceivedRequest) => Json | void,
  status = 200,
): Mutation["wrap"] {
  return (fetch) => async (request) => {
    const requested = await read(request);
    const response = await fetch(request);
    const body: Json = await response.json();
    return Response.json(edit(body, requested) ?? body, { status });
  };
}

/** Changes the successful responses of one command. */
export function succeeding(
  command: string,
  edit: (response: Json, requested: ReceivedRequest) => Json | void,
): Mutation["wrap"] {
  return changing((response, requested) =>
    requested.command === command && response.ErrorCode === 0 ? edit(response, requested) : undefined,
  );
}

/** Changes requests before the emulator gets them. */
export function changingRequest(
  edit: (requested: { -readonly [Name in keyof ReceivedRequest]: ReceivedRequest[Name] }) => void,
): Mutation["wrap"] {
  return (fetch) => async (request) => {
    const requested = { ...(await read(request)) };
    if (request.method !== "POST" || requested.body === undefined) return fetch(request);
    edit(requested);
    const url = new URL(request.url);
    url.search = requested.query.toString();
    return fetch(new Request(url, { method: request.method, body: JSON.stringify(requested.body) }));
  };
}

/** Changes the URL of requests before the emulator gets them. */
export function rewriting(edit: (url: URL) => void): Mutation["wrap"] {
  return (fetch) => (request) => {
    const url = new URL(request.url);
    edit(url);
    return fetch(new Request(url, request));
  };
}

/** Responds instead of the emulator, unless the response is undefined. */
export function instead(
  response: (requested: ReceivedRequest, request: Request) => Promise<Json> | Json,
): Mutation["wrap"] {
  return (fetch) => async (request) => {
    const own = await response(await read(request), request);
    return own === undefined ? fetch(request) : Response.json(own);
  };
}

/** Responds to a valid call of an operation with calls of its own to the emulator. */
export function calling(
  respond: (requested: ReceivedRequest, send: (command: string, body: Json) => Promise<Json>) => Promise<Json>,
): Mutation["wrap"] {
  return (fetch) => async (request) => {
    const requested = await read(request);
    if (request.method !== "POST" || requested.operationId === undefined || requested.body === undefined)
      return fetch(request);
    const send = async (command: string, body: Json): Promise<Json> => {
      const url = new URL(request.url);
      url.pathname = operations.find(({ path }) => path.includes(`/${command}_`))?.path ?? "";
      return (await fetch(new Request(url, { method: "POST", body: JSON.stringify(body) }))).json();
    };
    return Response.json(await respond(requested, send));
  };
}

/** Sends a request with a valid UserSig. */
export const signedAnew =
  (fetch: Fetch, { clock }: Emulator): Fetch =>
  (request) => {
    const url = new URL(request.url);
    const identifier = url.searchParams.get("identifier") ?? "";
    const issuedAt = Math.floor(clock.now() / 1000);
    url.searchParams.set("usersig", signUserSig({ sdkAppId, identifier, secretKey, issuedAt, validSeconds: 60 }));
    return fetch(new Request(url, request));
  };

/** Creates a failure with a code of the catalogue, or with a code that no document has. */
export function fail(name: string | undefined): Json {
  return { ActionStatus: "FAIL", ErrorCode: name === undefined ? 59999 : codeOf(name), ErrorInfo: "rejected" };
}

/** Whether a URL is that of an operation. */
export function isKnown({ pathname }: URL): boolean {
  return operations.some(({ path }) => pathname.endsWith(path));
}

async function read(request: Request): Promise<ReceivedRequest> {
  const { pathname, searchParams } = new URL(request.url);
  const bytes = await request.clone().arrayBuffer();
  const command = pathname.split("/").at(-1)?.split("_")[0] ?? "";
  const operationId = operations.find(({ path }) => pathname.endsWith(path))?.operationId;
  const requested = { command, operationId, query: searchParams };
  try {
    return { ...requested, body: JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes)) };
  } catch {
    return { ...requested, body: undefined };
  }
}
