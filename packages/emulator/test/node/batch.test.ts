import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { createMemoryState } from "../../src/store/memory.ts";
import { type Store, toStore } from "../../src/store/store.ts";
import { codesOf, createBody, dial, getBody, request } from "./raw.ts";
import { serve } from "./serve.ts";

/** A store in memory that reports when an outermost transaction begins and ends. */
function watched(onBegin: () => void, onEnd: () => void): Store {
  const store = createMemoryState();
  let depth = 0;
  return toStore({
    ...store,
    transaction: (run) =>
      store.transaction((writer) => {
        if (depth++ === 0) onBegin();
        try {
          const result = run(writer);
          if (depth === 1) onEnd();
          return result;
        } finally {
          depth--;
        }
      }),
  });
}

test("requests of several connections that arrive together share one transaction", async () => {
  let transactions = 0;
  const { listener } = await serve({
    emulator: {
      store: watched(
        () => transactions++,
        () => undefined,
      ),
    },
  });
  transactions = 0;
  const raws = [1, 2, 3].map((id) => dial(listener, request("createContactGroup", createBody(`${id}`)).repeat(10)));
  for (const raw of raws) expect(codesOf(await raw.until('"ErrorCode":0', 10))).toHaveLength(10);
  expect(transactions).toBeLessThanOrEqual(raws.length);
  for (const raw of raws) raw.socket.destroy();
});

test("a store that cannot write a batch fails each of its calls and keeps none, and writes the next batch", async () => {
  let isFull = false;
  const full = (): void => {
    if (isFull) throw new Error("database or disk is full");
  };
  const { emulator, listener } = await serve({ emulator: { store: watched(() => undefined, full) } });
  const before = emulator.snapshot();
  isFull = true;
  const raw = dial(listener, request("createContactGroup", createBody("a")) + request("getContactGroup", getBody));
  const text = await raw.until('"ErrorCode"', 2);
  const code = errorCodes.InternalFailure;
  expect(codesOf(text)).toEqual([code, code]);
  expect(text).toContain("[core.failure] database or disk is full");
  expect(emulator.snapshot()).toEqual(before);
  expect(emulator.calls.map((call) => call.code)).toEqual([code, code]);

  isFull = false;
  raw.send(request("createContactGroup", createBody("b")));
  expect(codesOf(await raw.until('"ErrorCode"', 3))).toEqual([code, code, 0]);
  raw.socket.destroy();
});

test("a call that fails does not affect the others of its batch", async () => {
  const { emulator, listener } = await serve();
  const requests = [createBody("a"), createBody("x".repeat(100)), createBody("b")];
  const raw = dial(listener, requests.map((body) => request("createContactGroup", body)).join(""));
  expect(codesOf(await raw.until('"ErrorCode"', 3))).toEqual([0, errorCodes.GroupNameTooLong, 0]);
  expect(emulator.snapshot().apps[0]?.users?.[0]?.groups?.map(({ name }) => name)).toEqual(["a", "b"]);
  raw.socket.destroy();
});
