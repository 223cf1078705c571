/** Bodies around the limit, from the same server to every transport. */
import { parseJson } from "@contact-groups/core/json";
import type { IncomingMessage, ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { expect, test } from "vitest";
import { limits } from "@contact-groups/openapi/model";
import { bundle } from "./bundle.ts";
import { defaultMaxResponseBytes } from "../src/transport.ts";
import { createClient, ProtocolError, type AttemptEvent, type Client, type ClientOptions } from "../src/index.ts";
import { nodeTransport } from "../src/node.ts";
import { clientOf, okBody, rejection } from "./respond.ts";
import { listen } from "./listen.ts";
import { pending } from "./pending.ts";
import { seededRandom } from "./seeded-random.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const limit = 50_000;
const tooLarge = {
  name: "ProtocolError",
  message: `getContactGroup got a response with HTTP status 200, but its body has more than ${limit} bytes (maxResponseBytes)`,
  retryable: false,
  attempts: 1,
};

const transports: Record<string, () => Partial<ClientOptions>> = {
  "the global fetch": () => ({}),
  "a fetch given": () => ({ fetch: (url, init) => fetch(url, init) }),
  nodeTransport: () => ({ transport: nodeTransport() }),
};
const encodings: Record<string, (bytes: Buffer) => Buffer> = {
  identity: (bytes) => bytes,
  gzip: gzipSync,
  deflate: deflateSync,
  "deflate ": deflateRawSync,
  br: brotliCompressSync,
  "gzip, br": (bytes) => brotliCompressSync(gzipSync(bytes)),
};
const onEach = Object.entries(transports).flatMap(([transport, options]) =>
  Object.entries(encodings).map(([encoding, encode]) => ({ transport, options, encoding, encode })),
);

function clientAt(baseUrl: string, options: Partial<ClientOptions>): Client {
  const rest = {
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text-of-tests",
    maxResponseBytes: limit,
    random: seededRandom(),
  };
  return createClient({ ...rest, ...options, baseUrl } as ClientOptions);
}

/** A body of exactly this size in bytes. */
function bodyOf(bytes: number): Buffer {
  const body = { ...okBody, ErrorInfo: "" };
  return Buffer.from(JSON.stringify({ ...body, ErrorInfo: "x".repeat(bytes - JSON.stringify(body).length) }));
}

test.each(onEach)("$transport reads $encoding up to the limit", async ({ options, encoding, encode }) => {
  await using server = await listen((_, response) =>
    response.setHeader("Content-Encoding", encoding.trim()).end(encode(bodyOf(limit))),
  );
  expect(await clientAt(server.url, options()).getContactGroup(page)).toMatchObject({ ActionStatus: "OK" });
});

test.each(onEach)(
  "$transport rejects $encoding of a byte more with a ProtocolError, and sends nothing again",
  async ({ options, encoding, encode }) => {
    let requests = 0;
    await using server = await listen((_, response) => {
      requests += 1;
      response.setHeader("Content-Encoding", encoding.trim()).end(encode(bodyOf(limit + 1)));
    });
    const events: AttemptEvent[] = [];
    const client = clientAt(server.url, { ...options(), onAttempt: (event) => void events.push(event) });
    const error = await rejection(client.getContactGroup(page));
    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject(tooLarge);
    expect(events).toMatchObject([{ status: 200, error }]);
    expect(requests).toBe(1);
  },
);

test.each(Object.entries(transports))("%s ends the connection of a body without end", async (_, options) => {
  let closed: Promise<unknown> = Promise.resolve();
  await using server = await listen((request, response) => {
    closed = closeOf(request);
    void pourInto(response);
  });
  expect(await rejection(clientAt(server.url, options()).getContactGroup(page))).toMatchObject(tooLarge);
  await closed;
});

test("nodeTransport ends the connection of a compressed body without end that inflates to nothing", async () => {
  let closed: Promise<unknown> = Promise.resolve();
  await using server = await listen((request, response) => {
    closed = closeOf(request);
    response.setHeader("Content-Encoding", "gzip");
    void pourInto(response, gzipSync(""));
  });
  const client = clientAt(server.url, { transport: nodeTransport() });
  expect(await rejection(client.getContactGroup(page))).toMatchObject(tooLarge);
  await closed;
});

test.each([
  ["at the limit", limit + 1, false],
  ["when the call is aborted", 1, true],
])("cancels, %s, the body of a fetch that ignores the signal", async (_, bytes, aborts) => {
  const controller = new AbortController();
  const cancelled = pending<void>();
  const body = new ReadableStream({
    start: (stream) => stream.enqueue(new Uint8Array(bytes)),
    pull() {
      if (aborts) controller.abort(new Error("enough"));
      // Nothing more comes.
      return new Promise(() => undefined);
    },
    cancel: () => cancelled.resolve(),
  });
  const client = clientOf(async () => new Response(body), { maxResponseBytes: limit });
  const error = await rejection(client.getContactGroup(page, { signal: controller.signal }));
  expect(error).toMatchObject(aborts ? { message: "enough" } : tooLarge);
  await cancelled.promise;
});

test("does not parse a body that a transport returns despite the limit", async () => {
  const text = JSON.stringify(okBody);
  const client = clientAt("http://service.test", {
    transport: async () => ({ status: 200, headers: new Headers(), text }),
    maxResponseBytes: text.length - 1,
  });
  expect(await rejection(client.getContactGroup(page))).toMatchObject({ name: "ProtocolError", attempts: 1 });
});

test.each(Object.entries(transports))("%s reads the largest valid page by default", async (_, options) => {
  const text = largestPage();
  expect(text.length).toBeLessThan(defaultMaxResponseBytes);
  expect(text.length).toBeGreaterThan(defaultMaxResponseBytes / 2);
  await using server = await listen((_request, response) => response.end(text));
  const result = await clientAt(server.url, { ...options(), maxResponseBytes: undefined }).getContactGroup(page);
  expect(result).toEqual(parseJson(text));
});

/** Everything that a user can have, on one page, with each text at its limit and written in the longest way that JSON has. */
function largestPage(): string {
  // As long as any other character that is written as `\uXXXX`.
  const text = (schema: string): string => "\u0001".repeat(bundle.components.schemas[schema]?.maxLength ?? Number.NaN);
  const largestId = 2 ** 64;
  const groups = Array.from({ length: limits.groupsPerUser.maximum }, () => largestId);
  const item = {
    Type: 2,
    ToGroupId: text("GroupId"),
    StandardMark: text("StandardMark"),
    CustomMark: text("CustomMark"),
    ContactGroupId: groups,
    Timestamp: largestId,
  };
  return JSON.stringify({
    ...okBody,
    ContactItem: Array.from(
      { length: limits.groupedConversations.maximum + limits.markedConversations.maximum },
      () => item,
    ),
    GroupItem: groups.map((GroupId) => ({ GroupName: text("GroupName"), GroupId })),
    CompleteFlag: 1,
    NextStartIndex: 0,
  });
}

/** `events.once` would reject when the connection is reset. */
function closeOf({ socket }: IncomingMessage): Promise<unknown> {
  return new Promise((resolve) => socket.once("close", resolve));
}

/** Writes until the other side has gone. */
async function pourInto(response: ServerResponse, piece: Buffer = Buffer.alloc(10_000, " ")): Promise<void> {
  while (!response.destroyed) {
    response.write(piece);
    await turn();
  }
}
