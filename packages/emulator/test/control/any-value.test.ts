import * as fc from "fast-check";
import { expect, test } from "vitest";
import { latestTime } from "../../src/clock.ts";
import { controlBase } from "../../src/generated/control.ts";
import { createEmulator, type Emulator } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { create, get, now, people, search, to } from "../call.ts";
import { ways } from "../client/connect.ts";
import { stores } from "../model/stores.ts";

/** Is written as a number that JavaScript reads as Infinity. */
const huge = "1e400";
const edges = [0, 1, -1, 2 ** 31, 2 ** 32, 2 ** 53 - 1, 2 ** 53, latestTime, latestTime + 1, 8.64e15, 1e300, -1e300];
const number = fc.oneof(
  fc.constantFrom<number | string>(...edges, 0.5, huge),
  fc.integer(),
  fc.double({ noNaN: true }),
);
const text = fc.oneof(
  fc.constantFrom("ann", "bob", "\u0000", "\u009B31m", "\u202E", "\uD800"),
  fc.string({ maxLength: 8 }),
);

interface ControlCall {
  readonly method: string;
  readonly path: string;
  readonly body: unknown;
}

/** The app, or a number that is that of no app. */
const sdkAppId = fc.oneof({ weight: 3, arbitrary: fc.constant(1400000000) }, number);

const some = <Value extends object>(model: { readonly [Name in keyof Value]: fc.Arbitrary<Value[Name]> }) =>
  fc.record(model, { requiredKeys: [] });

const conversation = fc.record(
  {
    Type: fc.constant(1),
    To_Account: fc.constantFrom("bob", "cat"),
    groups: fc.constantFrom([], ["a"]),
    joined: fc.array(number, { maxLength: 1 }),
    customMark: text,
    timestamp: number,
    position: number,
  },
  { requiredKeys: ["Type", "To_Account", "customMark"] },
);
const user = fc.record(
  {
    userId: fc.constantFrom("ann", "dan"),
    groups: fc.oneof(
      fc.constant([{ name: "a" }]),
      number.map((id) => [{ name: "a", id }]),
      number.map((id) => [{ name: "a", id }, { name: "b" }]),
    ),
    conversations: fc.array(conversation, { maxLength: 2 }),
    lastGroupId: number,
    nextPosition: number,
  },
  { requiredKeys: ["userId"] },
);
const app = some({
  sdkAppId,
  accounts: fc.array(text, { maxLength: 1 }),
  users: fc.array(user, { maxLength: 1 }),
});
const effect = fc.oneof(
  fc.record({ error: number }),
  fc.record({ error: fc.constant("NetworkTimeout"), errorInfo: text }),
  fc.record({ status: number }),
  fc.record({ body: text, contentType: text }),
  fc.record({ truncate: number }),
  fc.record({ drip: fc.record({ bytes: number, everyMs: fc.constantFrom(0, 1) }) }),
  fc.constantFrom({ reset: true }, { delayMs: 1 }, { body: "", delayMs: 1 }),
);
const likely = fc.oneof(fc.constant(1), number);
const selector = some({ sdkAppId: likely, nth: likely, times: likely, probability: likely, seed: likely });

const calls: fc.Arbitrary<ControlCall> = fc.oneof(
  command("PUT", "/clock", fc.record({ now: number, frozen: fc.boolean() }, { requiredKeys: ["now"] })),
  command("PATCH", "/clock", some({ advanceMs: number, frozen: fc.boolean() })),
  command("POST", "/seed", fc.record({ apps: fc.array(app, { maxLength: 2 }) })),
  command("PUT", "/state", fc.record({ apps: fc.array(app, { maxLength: 2 }) })),
  command("POST", "/accounts", fc.record({ sdkAppId, accounts: fc.array(text, { maxLength: 1 }) })),
  command(
    "PATCH",
    "/marks",
    fc.record({
      sdkAppId,
      userId: fc.constant("ann"),
      Type: fc.constant(1),
      To_Account: fc.constantFrom("bob", "eve"),
      customMark: text,
    }),
  ),
  command(
    "PATCH",
    "/settings",
    some({ pageSize: number, groupNameBytes: number, unknownPeer: fc.constantFrom("item", "call", "x") }),
  ),
  command(
    "POST",
    "/apps",
    some({
      sdkAppId,
      settings: some({ pageSize: number }),
      seed: fc.record({ apps: fc.array(app, { maxLength: 1 }) }),
    }),
  ),
  command(
    "POST",
    "/faults",
    fc.tuple(effect, selector).map(([does, when]) => ({ ...does, ...when })),
  ),
);

function command(method: string, path: string, body: fc.Arbitrary<unknown>): fc.Arbitrary<ControlCall> {
  return body.map((value) => ({ method, path, body: value }));
}

const cases = Object.keys(stores).flatMap((store) => Object.keys(ways).map((way) => [store, way] as const));

test.each(cases)("handles each call after any control call, with the store %s, %s", async (store, way) => {
  const accepted = new Set<string>();
  const emulator = createEmulator({ seed: { apps: [people] }, store: stores[store]?.() as never, now: () => now });
  const listener = way === "over HTTP" ? await emulator.listen() : undefined;
  const send: Emulator["fetch"] = (input, init) => {
    const { pathname, search: query } = new URL(input as URL);
    return listener ? fetch(`${listener.url}${pathname}${query}`, init) : emulator.fetch(input, init);
  };
  const control = async (method: string, path: string, body?: string): Promise<Response> =>
    send(`http://emulator.test${controlBase}${path}`, {
      method,
      ...(body !== undefined && { body, headers: { "Content-Type": "application/json" } }),
    });
  const service: Emulator = { ...emulator, fetch: send };

  await fc.assert(
    fc.asyncProperty(fc.array(calls, { minLength: 1, maxLength: 3 }), async (script) => {
      for (const path of ["/faults", "/journal"]) await control("DELETE", path);
      emulator.reset();
      for (const { method, path, body } of script) {
        const { status } = await control(method, path, JSON.stringify(body).replaceAll(`"${huge}"`, huge));
        expect(status).toBeLessThan(500);
        if (status < 300) accepted.add(path);
      }
      // A fault can break these, but nothing else.
      const faulty = emulator.faults.list().length > 0;
      for (const run of [
        () => create(service, "x", [to("bob")]),
        () => get(service),
        () => search(service, [to("bob")]),
      ])
        await (faulty ? run().catch((error: unknown) => expect(error).toBeInstanceOf(Error)) : run());
      for (const { rule, why } of emulator.calls)
        if (rule === "core.failure") expect(why).toMatch(/is in use|must return an integer above/);

      await control("DELETE", "/faults");
      expect(await get(service)).toMatchObject({ ErrorCode: expect.any(Number) });
      for (const path of ["/clock", "/journal", "/health", "/apps", "/settings"])
        expect((await control("GET", path)).status).toBe(200);
      const state = await (await control("GET", "/state")).text();
      expect((await control("PUT", "/state", state)).status).toBe(204);
      expect(await (await control("GET", "/state")).text()).toBe(state);
      const date = new Date((await control("GET", "/health")).headers.get("Date") ?? "").getTime();
      expect(date).toBe(Math.floor(emulator.clock.now() / 1000) * 1000);
    }),
    // A run over HTTP sends about 20 requests, and adds only their way to what the others show.
    { numRuns: amount({ quick: listener ? 40 : 100, thorough: 2000 }), seed: 1 },
  );
  expect([...accepted].toSorted()).toEqual([
    "/accounts",
    "/apps",
    "/clock",
    "/faults",
    "/marks",
    "/seed",
    "/settings",
    "/state",
  ]);
  await emulator.close();
});
