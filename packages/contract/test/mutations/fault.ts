/** How a fault is put into the honest emulator. */
import type { EmulatorOptions } from "@contact-groups/emulator";
import { codeOf, operations } from "../../src/operations.ts";

/** A way in which a provider can break the contract. */
export interface Fault {
  readonly name: string;
  /** ID of the scenario that has to find it. */
  readonly caughtBy: string;
  /** Settings of the emulator that are not the honest ones. */
  readonly options?: EmulatorOptions;
  /** Stands between the caller and the emulator. */
  readonly wrap?: ((fetch: Fetch) => Fetch) | undefined;
}

export type Fetch = (request: Request) => Promise<Response>;

/** JSON in which anything may be looked for and changed. */
// oxlint-disable-next-line typescript/no-explicit-any -- A fault reaches into bodies that may have any shape.
export type Json = any;

/** What was asked. */
export interface Asked {
  /** Last part of the path without `_contact_group`: `create`, `get` or `search`. */
  readonly command: string;
  readonly operationId: string | undefined;
  readonly query: URLSearchParams;
  /** The parsed body; undefined when it is no JSON. */
  readonly body: Json;
}

/** Changes the JSON of answers. `edit` changes it in place, or returns another. */
export function answering(edit: (answer: Json, asked: Asked) => Json | void, status = 200): Fault["wrap"] {
  return (fetch) => async (request) => {
    const asked = await read(request);
    const response = await fetch(request);
    const answer: Json = await response.json();
    return Response.json(edit(answer, asked) ?? answer, { status });
  };
}

/** Changes the successful answers of one command. */
export function succeeding(command: string, edit: (answer: Json, asked: Asked) => Json | void): Fault["wrap"] {
  return answering((answer, asked) =>
    asked.command === command && answer.ErrorCode === 0 ? edit(answer, asked) : undefined,
  );
}

/** Changes what is asked before it is looked at. */
export function asking(edit: (asked: { -readonly [Name in keyof Asked]: Asked[Name] }) => void): Fault["wrap"] {
  return (fetch) => async (request) => {
    const asked = { ...(await read(request)) };
    if (asked.body === undefined) return fetch(request);
    edit(asked);
    const url = new URL(request.url);
    url.search = asked.query.toString();
    return fetch(new Request(url, { method: request.method, body: JSON.stringify(asked.body) }));
  };
}

/** Answers in place of the emulator, where there is something to answer. */
export function instead(answer: (asked: Asked, request: Request) => Promise<Json> | Json): Fault["wrap"] {
  return (fetch) => async (request) => {
    const own = await answer(await read(request), request);
    return own === undefined ? fetch(request) : Response.json(own);
  };
}

/** A failure of the catalogue, or with a code of no document. */
export function fail(name: string | undefined): Json {
  return { ActionStatus: "FAIL", ErrorCode: name === undefined ? 59999 : codeOf(name), ErrorInfo: "refused" };
}

async function read(request: Request): Promise<Asked> {
  const { pathname, searchParams } = new URL(request.url);
  const text = await request.clone().text();
  const command = pathname.split("/").at(-1)?.replace("_contact_group", "") ?? "";
  const operationId = operations.find(({ path }) => pathname.endsWith(path))?.operationId;
  const asked = { command, operationId, query: searchParams };
  try {
    return { ...asked, body: JSON.parse(text) };
  } catch {
    return { ...asked, body: undefined };
  }
}
