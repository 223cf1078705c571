/** A call always settles its own promise, for any behaviour of the server: nothing is thrown where it cannot be caught. */
import type { RequestListener, ServerResponse } from "node:http";
import { setImmediate as turn } from "node:timers/promises";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { ContactGroupsError, createClient, type ClientOptions } from "../src/index.ts";
import { nodeTransport } from "../src/node.ts";
import { okBody } from "./respond.ts";
import { listen } from "./listen.ts";
import { seededRandom } from "./seeded-random.ts";

const limit = 20_000;
const reason = new Error("the user went away");
const bodies = {
  valid: Buffer.from(JSON.stringify(okBody)),
  empty: Buffer.alloc(0),
  "no JSON": Buffer.from("<html>"),
  "no UTF-8": Buffer.from([0xef, 0xbb, 0xbf, 0xff, 0xfe, 0xd8, 0x00]),
  "a byte too many": Buffer.alloc(limit + 1, " "),
  "far too many": Buffer.alloc(limit * 20, "a"),
};
const encoders = { gzip: gzipSync, deflate: deflateSync, "raw deflate": deflateRawSync, br: brotliCompressSync };

/**
 * More than five, and the `fetch` of Node.js 20.20 to 26.10 rejects, and throws outside any promise when the connection is closed later.
 * No caller of it can prevent that.
 */
const manyEncodings = "gzip,".repeat(50);

/** What the server does with one request, and when the caller gives up. A moment counts the steps of the response. */
const plan = fc.record({
  body: fc.constantFrom(...(Object.keys(bodies) as (keyof typeof bodies)[])),
  encodings: fc.array(fc.constantFrom(...(Object.keys(encoders) as (keyof typeof encoders)[])), { maxLength: 3 }),
  /** The `Content-Encoding` sent, where it is not the truth. */
  claim: fc.option(
    fc.constantFrom("gzip", "deflate", "br", "zstd", "identity", "constructor", "__proto__", ",,", manyEncodings),
  ),
  damage: fc.constantFrom("none", "none", "cut off", "a bit turned", "more behind it"),
  length: fc.constantFrom("chunked", "right", "too short", "too long"),
  cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: 5 }),
  end: fc.constantFrom("ends", "ends", "ends", "is reset", "is closed", "never ends"),
  endsAt: fc.nat({ max: 7 }),
  abortsAt: fc.option(fc.nat({ max: 7 })),
});
type Plan = typeof plan extends fc.Arbitrary<infer Value> ? Value : never;

const transports: Record<string, Pick<ClientOptions, "fetch" | "transport">> = {
  "the global fetch": {},
  "a fetch given": { fetch: (url, init) => fetch(url, init) },
  nodeTransport: { transport: nodeTransport() },
};

const uncaught: unknown[] = [];
const keep = (error: unknown): void => void uncaught.push(error);
beforeAll(() => void process.on("uncaughtException", keep).on("unhandledRejection", keep));
afterAll(() => void process.off("uncaughtException", keep).off("unhandledRejection", keep));

test.each(Object.entries(transports))(
  "%s throws nothing outside a call with any behaviour of the server",
  async (_, options) => {
    let handle: RequestListener = () => undefined;
    await using server = await listen((request, response) => handle(request, response));
    const client = createClient({
      sdkAppId: 1400000000,
      identifier: "administrator",
      userSig: "any-text-of-tests",
      baseUrl: server.url,
      maxResponseBytes: limit,
      retry: false,
      random: seededRandom(),
      rateLimit: false,
      ...options,
    });

    await fc.assert(
      fc.asyncProperty(plan, async (one) => {
        fc.pre(options.transport !== undefined || one.claim !== manyEncodings);
        const controller = new AbortController();
        // A connection that the response before has broken can fail the call before the server hears of it.
        let played: Promise<void> | undefined;
        handle = (request, response) => {
          request.resume();
          played = play(one, response, () => controller.abort(reason));
        };
        const page = { From_Account: "user15", StartIndex: 0 };
        const outcome = await client
          .getContactGroup(page, { signal: controller.signal })
          .catch((error: unknown) => error);
        await played;
        await turn();

        if (outcome !== reason && !(outcome instanceof ContactGroupsError)) expect(outcome).toEqual(okBody);
        expect(uncaught.splice(0)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  },
);

/** Gives the response step by step: head, pieces, end. */
async function play(one: Plan, response: ServerResponse, abort: () => void): Promise<void> {
  const bytes = encode(one);
  const ends = one.cuts.map((cut) => Math.floor(cut * bytes.length)).toSorted((a, b) => a - b);
  const pieces = [...ends, bytes.length].map((end, index) => bytes.subarray(ends[index - 1] ?? 0, end));
  const steps = [() => response.flushHeaders(), ...pieces.map((piece) => () => response.write(piece))];
  setHead(one, response, bytes.length);

  for (const [moment, step] of steps.entries()) {
    if (moment === one.abortsAt) abort();
    if (moment === one.endsAt && one.end !== "ends") break;
    if (!response.destroyed) step();
    await turn();
  }
  if (one.end === "never ends") abort();
  else if (one.end === "is reset") response.socket?.resetAndDestroy();
  else if (one.end === "is closed" || one.length === "too long") response.socket?.destroy();
  else response.end();
}

function setHead({ encodings, claim, length }: Plan, response: ServerResponse, bytes: number): void {
  const names = claim ?? encodings.map((name) => name.replace("raw ", "")).join(", ");
  if (names !== "") response.setHeader("Content-Encoding", names);
  const said = { chunked: undefined, right: bytes, "too short": Math.floor(bytes / 2), "too long": bytes + 1 }[length];
  if (said !== undefined) response.setHeader("Content-Length", said);
}

function encode({ body, encodings, damage }: Plan): Buffer {
  let bytes: Buffer = bodies[body];
  for (const name of encodings) bytes = encoders[name](bytes);
  const middle = bytes.length >> 1;
  if (damage === "cut off") return bytes.subarray(0, middle);
  if (damage === "more behind it") return Buffer.concat([bytes, bytes, Buffer.from("more")]);
  if (damage === "a bit turned") bytes = Buffer.from(bytes.map((byte, index) => (index === middle ? byte ^ 16 : byte)));
  return bytes;
}
