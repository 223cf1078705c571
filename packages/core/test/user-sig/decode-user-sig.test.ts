import { inspect } from "node:util";
import { constants, deflateSync, inflateSync } from "node:zlib";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ArgumentError } from "../../src/arguments.ts";
import { inflate } from "../../src/user-sig/verify.ts";
import { decodeUserSig, signUserSig, verifyUserSig } from "./own.ts";

const app = { sdkAppId: 1400000000, identifier: "user15", secretKey: "an example key, long enough" };
const json = {
  "TLS.ver": "2.0",
  "TLS.identifier": "user15",
  "TLS.sdkappid": 1400000000,
  "TLS.time": 1700000000,
  "TLS.expire": 86400,
  "TLS.sig": Buffer.alloc(32, "distinct").toString("base64"),
};

const escaped = (base64: string): string => base64.replaceAll("+", "*").replaceAll("/", "-").replaceAll("=", "_");
const wrap = (content: string | Uint8Array): string => escaped(deflateSync(content).toString("base64"));
const wrapJson = (changes: object): string => wrap(JSON.stringify({ ...json, ...changes }));
const whole = wrapJson({});

test.each<[string, unknown, string]>([
  ["nothing", undefined, "a non-empty string, but is undefined"],
  ["an empty string", "", "a non-empty string, but is an empty string"],
  ["text that is too long", "A".repeat(87_397), "a string of at most 87396 characters, but is one of 87397"],
  [
    "base64url or a blank in it",
    `${whole.slice(0, -1)} `,
    "a string of the characters [A-Za-z0-9*_-], but is one with another character",
  ],
  ["base64 that is cut off", whole.slice(0, -1), "complete base64, but is cut off, or changed at its end"],
  [
    "a stream that is cut off",
    whole.slice(0, -8),
    "a complete zlib stream in base64, but is a damaged one, or not a zlib stream",
  ],
  [
    "bytes that are no stream",
    escaped(btoa("no stream")),
    "a complete zlib stream in base64, but is a damaged one, or not a zlib stream",
  ],
  ["an empty stream", wrap(""), "a zlib stream of a JSON object, but is one of something else"],
  ["text instead of JSON", wrap("distinct text"), "a zlib stream of a JSON object, but is one of something else"],
  [
    "bytes that are not UTF-8",
    wrap(Buffer.from(JSON.stringify({ ...json, more: "ÿ" }), "latin1")),
    "a zlib stream of a JSON object, but is one of something else",
  ],
  ["another JSON value", wrap("null"), "a zlib stream of a JSON object, but is one of something else"],
  ["no TLS.ver", wrapJson({ "TLS.ver": undefined }), "a UserSig whose TLS.ver is a string, but is one without it"],
  ["another version", wrapJson({ "TLS.ver": "3.0" }), "a UserSig whose TLS.ver is 2.0, but is one of another version"],
  [
    "no identifier",
    wrapJson({ "TLS.identifier": undefined }),
    "a UserSig whose TLS.identifier is a string, but is one without it",
  ],
  [
    "an identifier that is a number",
    wrapJson({ "TLS.identifier": 15 }),
    "a UserSig whose TLS.identifier is a string, but is one with another value",
  ],
  [
    "an app in quotes",
    wrapJson({ "TLS.sdkappid": "1" }),
    "a UserSig whose TLS.sdkappid is an integer of at least 0, but is one with another value",
  ],
  [
    "no time",
    wrapJson({ "TLS.time": undefined }),
    "a UserSig whose TLS.time is an integer of at least 0, but is one without it",
  ],
  [
    "half a second",
    wrapJson({ "TLS.expire": 0.5 }),
    "a UserSig whose TLS.expire is an integer of at least 0, but is one with another value",
  ],
  [
    "a negative validity",
    wrapJson({ "TLS.expire": -1 }),
    "a UserSig whose TLS.expire is an integer of at least 0, but is one with another value",
  ],
  [
    "a signature that is not base64",
    wrapJson({ "TLS.sig": "distinct?" }),
    "a UserSig whose TLS.sig is base64, but is one with another value",
  ],
  [
    "data that is not base64",
    wrapJson({ "TLS.userbuf": "distinct?" }),
    "a UserSig whose TLS.userbuf is base64, but is one with another value",
  ],
])("rejects %s and shows no part of it", async (_, userSig, expected) => {
  const error = await decodeUserSig(userSig as string).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(ArgumentError);
  expect(error).toMatchObject({ argument: "userSig", message: `userSig must be ${expected}` });
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/distinct|AAAAAA|eJ[\w-]{20}/);
  const verdict = await verifyUserSig(userSig as string, app);
  expect(verdict).toEqual({ valid: false, failure: "malformed", message: `userSig must be ${expected}` });
});

test("reads any order of keys, other keys, blanks and any compression", async () => {
  const text = `${JSON.stringify(Object.fromEntries(Object.entries({ ...json, more: 1 }).toReversed()), null, 2)}\n`;
  for (const level of [0, 1, 6, 9]) {
    const userSig = escaped(deflateSync(text, { level }).toString("base64"));
    expect(await decodeUserSig(userSig)).toMatchObject({ identifier: "user15", validitySeconds: 86_400 });
  }
});

test("returns no signature", async () => {
  const decoded = await decodeUserSig(await signUserSig({ ...app, userBuf: Uint8Array.of(5) }));
  expect(Object.keys(decoded).toSorted()).toEqual([
    "expiresAt",
    "identifier",
    "issuedAt",
    "sdkAppId",
    "userBuf",
    "validitySeconds",
    "version",
  ]);
});

test("rejects a stream that grows past the limit, and reads no more of it", async () => {
  const bomb = deflateSync(Buffer.alloc(60_000_000));
  expect(bomb.length).toBeLessThan(65_000);
  await expect(decodeUserSig(escaped(bomb.toString("base64")))).rejects.toThrow(
    "userSig must be a zlib stream of at most 65535 bytes in base64, but is a longer one",
  );
  const before = process.memoryUsage().arrayBuffers;
  expect(await inflate(new Uint8Array(bomb), 1000)).toBe("too long");
  expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(10_000_000);
});

test("rejects a damaged end of a stream also where the runtime does not check it", async () => {
  const stream = new Uint8Array(deflateSync("text"));
  expect(await inflate(stream, 100, CarelessDecompression)).toEqual(new TextEncoder().encode("text"));
  expect(await inflate(stream.slice(0, -1), 100, CarelessDecompression)).toBe("not a zlib stream");
  expect(await inflate(stream.slice(0, -4), 100, CarelessDecompression)).toBe("not a zlib stream");
  expect(await inflate(Uint8Array.of(...stream, 0), 100, CarelessDecompression)).toBe("not a zlib stream");
});

test("rejects a stored block that fills the stream and is not marked as the last, also where the runtime accepts it", async () => {
  const stream = new Uint8Array(deflateSync("text", { level: 0 }));
  expect(await inflate(stream, 100, CarelessDecompression)).toEqual(new TextEncoder().encode("text"));
  expect(await inflate(stream.with(2, 0), 100, CarelessDecompression)).toBe("not a zlib stream");
});

test("reads several stored blocks", async () => {
  const bytes = new Uint8Array(40_000).fill(7);
  expect(await inflate(new Uint8Array(deflateSync(bytes, { level: 0, chunkSize: 64, memLevel: 1 })), 40_000)).toEqual(
    bytes,
  );
});

test("reads a stream of exactly the limit", async () => {
  const bytes = new Uint8Array(1000).fill(7);
  expect(await inflate(new Uint8Array(deflateSync(bytes)), 1000)).toEqual(bytes);
  expect(await inflate(new Uint8Array(deflateSync(bytes)), 999)).toBe("too long");
});

test("throws nothing but an ArgumentError for any text", async () => {
  const anything = fc.oneof(
    fc.string(),
    fc.stringMatching(/^[A-Za-z0-9*_-]{0,300}$/),
    fc.json().map((text) => wrap(text)),
    fc.uint8Array().map((bytes) => wrap(bytes)),
    fc
      .dictionary(fc.constantFrom(...Object.keys(json), "TLS.userbuf"), fc.jsonValue())
      .map((changes) => wrapJson(changes)),
  );
  await fc.assert(
    fc.asyncProperty(anything, async (userSig) => {
      const result = await decodeUserSig(userSig).catch((error: unknown) => error);
      if (result instanceof Error) expect(result).toBeInstanceOf(ArgumentError);
      await expect(verifyUserSig(userSig, app)).resolves.toHaveProperty("valid", false);
    }),
    { numRuns: 500 },
  );
});

/** Inflates what there is, whether the stream ends there, earlier or later. */
class CarelessDecompression extends TransformStream<Uint8Array, Uint8Array> {
  constructor() {
    super({
      transform: (chunk, controller) =>
        controller.enqueue(new Uint8Array(inflateSync(chunk, { finishFlush: constants.Z_SYNC_FLUSH }))),
    });
  }
}
