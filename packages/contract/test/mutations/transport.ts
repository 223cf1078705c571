/** Mutations of responses as they are sent: status, header fields, bytes and time. */
import { codeOf } from "../code-of.ts";
import { isKnown, type Json, type Mutation, sending } from "./mutation.ts";

const json = "application/json";
const bytes = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text));

/** Sends each text with another type, or without one. */
const typed = (type: string | undefined): Mutation["wrap"] =>
  sending(({ text }) => new Response(bytes(text), type === undefined ? {} : { headers: { "Content-Type": type } }));

/** Sends other bytes as JSON. */
const encoded = (encode: (text: string, body: Json) => string | Uint8Array<ArrayBuffer>): Mutation["wrap"] =>
  sending(({ text, body }) => {
    const changed = encode(text, body);
    return new Response(typeof changed === "string" ? bytes(changed) : changed, { headers: { "Content-Type": json } });
  });

/** Sends failures with another status. */
const failing = (status: number, send: (text: string) => string = (text) => text): Mutation["wrap"] =>
  sending(({ text, body }) =>
    body.ErrorCode === 0 ? undefined : new Response(send(text), { status, headers: { "Content-Type": json } }),
  );

/** Sends a command's responses with another status. */
const statusOf = (command: string, status: number, body: (text: string) => string | null): Mutation["wrap"] =>
  sending(({ text, command: called }) =>
    called === command ? new Response(body(text), { status, headers: { "Content-Type": json } }) : undefined,
  );

/** Adds what a failure says. */
const informing = (infoOf: (userSig: string) => unknown): Mutation["wrap"] =>
  sending(({ body, query }) =>
    body.ErrorCode === 0 ? undefined : Response.json({ ...body, ErrorInfo: infoOf(query.get("usersig") ?? "") }),
  );

/** Delays the responses to a command, or all. */
const late = (ms: number, command?: string): Mutation["wrap"] =>
  sending(({ command: called, emulator }) => {
    if (command === undefined || called === command) emulator.clock.advance(ms);
    return undefined;
  });

/** Sends a request to another path, unless it is that of an operation. */
const rewritingPath =
  (edit: (path: string) => string): Mutation["wrap"] =>
  (fetch) =>
  (request) => {
    const url = new URL(request.url);
    const path = edit(url.pathname);
    if (isKnown(url) || path === url.pathname) return fetch(request);
    url.pathname = path;
    return fetch(new Request(url, request));
  };

export const transportMutations: readonly Mutation[] = [
  { name: "JSON is sent as text/html", foundBy: "get-of-new-user-is-empty", wrap: typed("text/html") },
  { name: "JSON is sent as text/plain", foundBy: "get-of-new-user-is-empty", wrap: typed("text/plain") },
  { name: "responses have no Content-Type", foundBy: "get-of-new-user-is-empty", wrap: typed(undefined) },
  { name: "the charset is gbk", foundBy: "get-of-new-user-is-empty", wrap: typed(`${json}; charset=gbk`) },
  {
    name: "the content coding is not known",
    foundBy: "get-of-new-user-is-empty",
    wrap: sending(({ text }) => new Response(text, { headers: { "Content-Type": json, "Content-Encoding": "none" } })),
  },
  {
    name: "only failures are sent as text/html",
    foundBy: "get-for-unknown-user",
    wrap: sending(({ text, body }) =>
      body.ErrorCode === 0 ? undefined : new Response(text, { headers: { "Content-Type": "text/html" } }),
    ),
  },
  { name: "the body begins with a BOM", foundBy: "get-of-new-user-is-empty", wrap: encoded((text) => `\uFEFF${text}`) },
  {
    name: "ErrorCode is there twice",
    foundBy: "get-of-new-user-is-empty",
    wrap: encoded((text) => text.replace("{", '{"ErrorCode":0,')),
  },
  {
    name: "the name of a group is there twice",
    foundBy: "create-with-conversation",
    wrap: encoded((text) => text.replaceAll('{"GroupName"', '{"GroupName":"x","GroupName"')),
  },
  {
    name: "a text is not UTF-8",
    foundBy: "get-of-new-user-is-empty",
    wrap: encoded((_, body) =>
      Uint8Array.from(Buffer.from(JSON.stringify({ ...body, ErrorInfo: "\u00FF" }), "latin1")),
    ),
  },
  {
    name: "the body is UTF-16",
    foundBy: "get-of-new-user-is-empty",
    wrap: encoded((text) => Uint8Array.from(Buffer.from(text, "utf16le"))),
  },
  { name: "the body is cut off", foundBy: "get-of-new-user-is-empty", wrap: encoded((text) => text.slice(0, -1)) },
  { name: "the body is empty", foundBy: "get-of-new-user-is-empty", wrap: encoded(() => "") },
  { name: "the body is JSONP", foundBy: "get-of-new-user-is-empty", wrap: encoded((text) => `callback(${text});`) },
  { name: "the body is in a list", foundBy: "get-of-new-user-is-empty", wrap: encoded((text) => `[${text}]`) },
  {
    name: "the body is a text with JSON",
    foundBy: "get-of-new-user-is-empty",
    wrap: encoded((text) => JSON.stringify(text)),
  },
  {
    name: "something follows the JSON",
    foundBy: "get-of-new-user-is-empty",
    wrap: encoded((text) => `${text}\n<!-- 3 ms -->`),
  },
  { name: "failures have HTTP 502", foundBy: "get-for-unknown-user", wrap: failing(502) },
  { name: "failures have HTTP 500", foundBy: "get-for-unknown-user", wrap: failing(500) },
  {
    name: "failures have HTTP 404 and a page",
    foundBy: "get-for-unknown-user",
    wrap: failing(404, () => "<h1>404</h1>"),
  },
  { name: "a create has HTTP 201", foundBy: "create-with-conversation", wrap: statusOf("create", 201, (text) => text) },
  { name: "a deletion has HTTP 204", foundBy: "deleted-group-is-gone", wrap: statusOf("del", 204, () => null) },
  { name: "every search has HTTP 503", foundBy: "search-leaves-unknown-out", wrap: statusOf("search", 503, () => "") },
  {
    name: "calls over the rate limit have HTTP 429",
    foundBy: "call-rate",
    wrap: sending(({ body }) =>
      body.ErrorCode === codeOf("CallRateExceeded") ? new Response("slow down", { status: 429 }) : undefined,
    ),
  },
  {
    name: "a change is redirected",
    foundBy: "conversations-are-added-and-removed",
    wrap: sending(({ command }) =>
      command === "update" ? new Response(null, { status: 307, headers: { Location: "/v5" } }) : undefined,
    ),
  },
  {
    name: "ErrorInfo repeats the UserSig",
    foundBy: "get-for-unknown-user",
    wrap: informing((userSig) => `rejected usersig ${userSig}`),
  },
  {
    name: "a header field repeats the UserSig",
    foundBy: "get-of-new-user-is-empty",
    wrap: sending(({ text, query }) => {
      const headers = { "Content-Type": json, "X-Debug": `usersig=${query.get("usersig")}` };
      return new Response(text, { headers });
    }),
  },
  {
    name: "the ErrorInfo of failures is empty",
    foundBy: undefined,
    survives:
      "the service itself was seen to send failures with an empty ErrorInfo, and its own REST client requires none",
    wrap: informing(() => ""),
  },
  { name: "the ErrorInfo of failures is null", foundBy: "get-for-unknown-user", wrap: informing(() => null) },
  {
    name: "the ErrorInfo of failures is an object",
    foundBy: "get-for-unknown-user",
    wrap: informing(() => ({ text: "no" })),
  },
  {
    name: "a response has no end",
    foundBy: "search-leaves-unknown-out",
    wrap: sending(({ command }) => {
      if (command !== "search") return undefined;
      const blanks = new Uint8Array(2 ** 20).fill(32);
      const endless = new ReadableStream({ pull: (controller) => controller.enqueue(blanks) });
      return new Response(endless, { headers: { "Content-Type": json } });
    }),
  },
  {
    name: "a response has a thousand lists in one another",
    foundBy: "search-leaves-unknown-out",
    wrap: encoded((text) => text.replace(/}$/, `,"Lists":${"[".repeat(1000)}${"]".repeat(1000)}}`)),
  },
  { name: "every response takes 3.5 s", foundBy: "get-of-new-user-is-empty", wrap: late(3500) },
  { name: "every search takes 3.5 s", foundBy: "search-leaves-unknown-out", wrap: late(3500, "search") },
  { name: "every marking takes 3.5 s", foundBy: "marks-are-set-and-cleared", wrap: late(3500, "mark") },
  {
    name: "the case of the path does not count",
    foundBy: "request-check-path-spelling",
    wrap: rewritingPath((path) => path.toLowerCase()),
  },
  {
    name: "a slash at the end of the path is ignored",
    foundBy: "request-check-path-spelling",
    wrap: rewritingPath((path) => path.replace(/\/$/, "")),
  },
  {
    name: "repeated slashes in the path count as one",
    foundBy: "request-check-path-spelling",
    wrap: rewritingPath((path) => path.replaceAll(/\/{2,}/g, "/")),
  },
  {
    name: "every version in the path is accepted",
    foundBy: "request-check-path-spelling",
    wrap: rewritingPath((path) => path.replace(/^\/v\d+\//, "/v4/")),
  },
  {
    name: "PUT is accepted",
    foundBy: "request-check-method",
    wrap: (fetch) => async (request) =>
      fetch(
        request.method === "PUT"
          ? new Request(request.url, { method: "POST", body: await request.arrayBuffer() })
          : request,
      ),
  },
  {
    name: "no response after a body that is not JSON",
    foundBy: "request-check-syntax",
    wrap: (fetch) => async (request) => {
      try {
        JSON.parse(await request.clone().text());
        return await fetch(request);
      } catch {
        throw new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNRESET" }) });
      }
    },
  },
];
