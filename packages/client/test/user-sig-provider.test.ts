import { inspect } from "node:util";
import { expect, test } from "vitest";
import { InvalidArgumentError } from "../src/errors.ts";
import { createUserSigSource } from "../src/user-sig-source.ts";
import { becomes, becomesIdle } from "./becomes.ts";
import { createManualClock } from "./manual-clock.ts";
import { pending, type Pending } from "./pending.ts";

const app = { sdkAppId: 1400000000, identifier: "administrator" };
const day = 86_400_000;

test("calls the function once for all calls that wait, and again only when the service rejected the UserSig", async () => {
  let calls = 0;
  const clock = createManualClock();
  const source = createUserSigSource({ ...app, userSig: async () => `eJy-${++calls}` }, clock);
  expect(await Promise.all([source.get(), source.get()])).toEqual(["eJy-1", "eJy-1"]);
  await clock.advance(1000 * day);
  expect(source.get()).toBe("eJy-1");
  source.serverDate("Fri, 01 Jan 2027 00:00:00 GMT");
  expect(source.get()).toBe("eJy-1");

  source.rejected("eJy-1");
  const next = Promise.all([source.get(), source.get()]);
  source.rejected("eJy-1");
  expect(await next).toEqual(["eJy-2", "eJy-2"]);
  source.rejected("eJy-1");
  expect(source.get()).toBe("eJy-2");
  expect(source.secrets()).toEqual(expect.arrayContaining(["eJy-1", "eJy-2"]));
});

test("calls the function before expiresAt, and returns the old UserSig meanwhile", async () => {
  let calls = 0;
  const clock = createManualClock();
  const userSig = () => ({ userSig: `eJy-${++calls}`, expiresAt: clock.now() + 100_000 });
  const source = createUserSigSource({ ...app, userSig }, clock);
  await source.get();
  await clock.advance(89_999);
  expect(source.get()).toBe("eJy-1");
  expect(calls).toBe(1);
  await clock.advance(1);
  expect(source.get()).toBe("eJy-1");
  expect(source.get()).toBe("eJy-1");
  expect(await becomes(source, "eJy-1")).toBe("eJy-2");
  expect(calls).toBe(2);
  await clock.advance(100_000);
  expect(source.cached()).toBeUndefined();
  expect(await source.get()).toBe("eJy-3");
});

test("calls a function that fails while the old UserSig is valid a few times, not with every call", async () => {
  let calls = 0;
  const clock = createManualClock();
  const userSig = () => {
    if (++calls > 1) throw new Error("the key store is down");
    return { userSig: "eJy-1", expiresAt: clock.now() + 100_000 };
  };
  const source = createUserSigSource({ ...app, userSig }, clock);
  await source.get();
  for (let tenths = 0; tenths < 999; tenths++) {
    await clock.advance(100);
    expect(source.get()).toBe("eJy-1");
  }
  expect(calls).toBeGreaterThan(2);
  expect(calls).toBeLessThan(12);
  await clock.advance(100);
  await expect(source.get()).rejects.toThrow("the key store is down");
});

test("a failed function rejects the call, and the next call calls it again", async () => {
  let calls = 0;
  const reason = new Error("no");
  const userSig = async () => (++calls === 1 ? Promise.reject(reason) : "eJy-2");
  const source = createUserSigSource({ ...app, userSig }, createManualClock());
  await expect(source.get()).rejects.toBe(reason);
  expect(await source.get()).toBe("eJy-2");
});

test("a call that ends leaves the others waiting; when all have ended, the signal is aborted and the next call starts again", async () => {
  const calls: { signal: AbortSignal; result: Pending<string> }[] = [];
  const userSig = ({ signal }: { signal: AbortSignal }) => {
    const result = pending<string>();
    calls.push({ signal, result });
    return result.promise;
  };
  const source = createUserSigSource({ ...app, userSig }, createManualClock());
  const [one, two] = [new AbortController(), new AbortController()];
  const waiting = Promise.allSettled([source.get(one.signal), source.get(two.signal)]);
  one.abort("first");
  expect(calls[0]?.signal.aborted).toBe(false);
  two.abort("second");
  expect(calls[0]?.signal.aborted).toBe(true);
  expect(await waiting).toEqual([
    { status: "rejected", reason: "first" },
    { status: "rejected", reason: "second" },
  ]);

  const next = source.get(new AbortController().signal);
  calls[1]?.result.resolve("eJy-new");
  expect(await next).toBe("eJy-new");
  calls[0]?.result.resolve("eJy-late");
  await becomesIdle();
  expect(source.get()).toBe("eJy-new");
  expect(source.secrets()).toContain("eJy-late");
});

test.each([
  undefined,
  null,
  "",
  7,
  "eJy with blank",
  "eJy-line\n",
  { userSig: "" },
  {},
  { userSig: "eJy", expiresAt: "soon" },
  { userSig: "eJy", expiresAt: Date.UTC(2026, 0, 2) / 1000 },
])("a result of %j is an InvalidArgumentError that does not show it", async (result) => {
  const source = createUserSigSource({ ...app, userSig: () => result as string }, createManualClock());
  const error = await Promise.resolve(source.get()).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(inspect(error)).not.toContain("eJy");
});

test("an expired UserSig of the function is used once, and rejected once the clock of the service is known", async () => {
  const clock = createManualClock();
  const userSig = () => ({ userSig: "eJy-late", expiresAt: clock.now() - day });
  const source = createUserSigSource({ ...app, userSig }, clock);
  expect(await source.get()).toBe("eJy-late");
  source.serverDate(new Date(clock.now()).toUTCString());
  await expect(source.get()).rejects.toThrow("a future expiresAt in milliseconds, but is one that returned a past one");
});

test("returning the same UserSig repeatedly does not remove others from the secrets", async () => {
  let calls = 0;
  const userSig = () => (++calls === 1 ? "eJy-first" : "eJy-same");
  const source = createUserSigSource({ ...app, userSig }, createManualClock());
  for (let count = 0; count < 20; count++) source.rejected(await source.get());
  expect(calls).toBe(20);
  expect(source.secrets()).toEqual(expect.arrayContaining(["eJy-first", "eJy-same"]));
});
