import { errorCodes } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions } from "../src/index.ts";
import { amount } from "./amount.ts";
import { call, create, get, now, people, search, to } from "./call.ts";
import { ways } from "./client/connect.ts";
import { stores } from "./model/stores.ts";

/** Options that the emulator calls. A new one has to be added to the tests below, or they do not compile. */
type Callback = {
  [Name in keyof EmulatorOptions]-?: NonNullable<EmulatorOptions[Name]> extends (...given: never) => unknown
    ? Name
    : never;
}[keyof EmulatorOptions];

/** What becomes of three operations when a callback fails: the error code of the creation, and how often a failure is reported. */
const outcomes: Readonly<Record<Callback, { readonly code: number; readonly reports: number }>> = {
  onCall: { code: 0, reports: 3 },
  onError: { code: 0, reports: 3 },
  // Until it works again, a clock that fails is one failure.
  now: { code: 0, reports: 1 },
  wait: { code: 0, reports: 3 },
  // What it throws is in the response.
  nextGroupId: { code: errorCodes.InternalFailure, reports: 0 },
};

const thrown = fc.oneof(
  fc.constantFrom<unknown>(new Error("boom"), undefined, null, 0, "text", Symbol("thrown"), Object.create(null)),
  fc.anything(),
);

/** Ways to fail, and whether the failure is a rejected promise. */
const failing: fc.Arbitrary<{ readonly isLate: boolean; readonly fail: () => never }> = fc.oneof(
  thrown.map((value) => ({
    isLate: false,
    fail: () => {
      throw value;
    },
  })),
  thrown.map((value) => ({ isLate: true, fail: () => Promise.reject(value) as never })),
  thrown.map((value) => ({
    isLate: true,
    fail: () =>
      ({
        // oxlint-disable-next-line unicorn/no-thenable -- what a promise of another library is
        get then() {
          throw value;
        },
      }) as never,
  })),
);

const lost: unknown[] = [];
const lose = (error: unknown): void => void lost.push(error);
beforeAll(() => void process.on("unhandledRejection", lose).on("uncaughtException", lose));
afterAll(() => void process.off("unhandledRejection", lose).off("uncaughtException", lose));

const cases = Object.keys(stores).flatMap((store) => Object.keys(ways).map((way) => [store, way] as const));

test.each(cases)("a failing callback breaks no response, with the store %s, %s", async (store, way) => {
  const quiet = vi.spyOn(console, "error").mockReturnValue(undefined);
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...(Object.keys(outcomes) as Callback[])),
      failing,
      async (name, { fail, isLate }) => {
        quiet.mockClear();
        const reported: unknown[] = [];
        let isFailing = false;
        const callbacks: Required<Pick<EmulatorOptions, Callback>> = {
          now: () => now,
          nextGroupId: (last) => last + 1,
          wait: () => Promise.resolve(),
          onCall: () => {},
          onError: (error) => void reported.push(error),
        };
        const spoiled = (...given: never): unknown => {
          if (isFailing) return fail();
          return (callbacks[name] as (...values: never) => unknown)(...given);
        };
        const emulator = createEmulator({
          seed: { apps: [people] },
          store: stores[store]?.() as never,
          ...callbacks,
          [name]: spoiled,
          // What `onError` gets is not lost when it fails.
          ...(name === "onError" && { onCall: () => fail() }),
        });
        if (name === "wait") emulator.faults.add({ delayMs: way === "over HTTP" ? 1 : 600_000 });
        isFailing = true;
        const codes = await callAll(emulator, way);
        isFailing = false;
        const { code, reports } = outcomes[name];
        expect(codes).toEqual([code, 0, 0]);
        // A listener has timers of its own.
        const expected = name === "wait" && way === "over HTTP" ? 0 : reports;
        if (name === "onError") expect(quiet).toHaveBeenCalledTimes(2 * expected);
        else if (name === "nextGroupId" && isLate) expect(reported).toHaveLength(1);
        else expect(reported).toHaveLength(expected);
        expect(await callAll(emulator, way)).toEqual([0, 0, 0]);
        await emulator.close();
        expect(lost).toEqual([]);
      },
    ),
    { numRuns: amount({ quick: 40, thorough: 400 }), seed: 1 },
  );
  quiet.mockRestore();
});

/** Creates, gets and searches, and returns the error codes. */
async function callAll(emulator: Emulator, way: string): Promise<readonly number[]> {
  if (way !== "over HTTP") return codesOf(emulator);
  const { url, close } = await emulator.listen();
  const overHttp: Emulator["fetch"] = (input, init) => {
    const { pathname, search: query } = new URL(input as URL);
    return fetch(`${url}${pathname}${query}`, init);
  };
  const codes = await codesOf({ ...emulator, fetch: overHttp });
  await close();
  return codes;
}

async function codesOf(emulator: Emulator): Promise<readonly number[]> {
  const bodies = [
    await create(emulator, "family", [to("bob")]),
    await get(emulator),
    await search(emulator, [to("bob")]),
  ];
  return bodies.map(({ ErrorCode }) => ErrorCode);
}

test("prints what onCall throws when there is no onError, once for each call", async () => {
  const print = vi.spyOn(console, "error").mockReturnValue(undefined);
  const failure = new Error("boom");
  const emulator = createEmulator({
    onCall() {
      throw failure;
    },
  });
  await call(emulator, "getContactGroup", { From_Account: "ann", StartIndex: 0 });
  expect(print.mock.calls).toEqual([["The emulator's option onCall failed:", failure]]);
  print.mockRestore();
});

test("responds when the console fails too", async () => {
  const print = vi.spyOn(console, "error").mockImplementation(() => {
    throw new Error("no console");
  });
  const emulator = createEmulator({ onCall: () => Promise.reject(new Error("boom")) });
  expect(await get(emulator)).toMatchObject({ ErrorCode: errorCodes.UserNotImported });
  await new Promise((resolve) => setImmediate(resolve));
  expect(print).toHaveBeenCalledOnce();
  print.mockRestore();
  expect(lost).toEqual([]);
});

test("an observer cannot change what the journal keeps", async () => {
  const failures: unknown[] = [];
  const emulator = createEmulator({
    onCall: (record) => void Object.assign(record, { url: 1n }),
    onError: (error) => failures.push(error),
  });
  await get(emulator);
  expect(emulator.calls).toMatchObject([{ url: expect.stringContaining("usersig=[redacted]") }]);
  expect(failures).toMatchObject([{ name: "TypeError" }]);
});
