import { ApiError, HttpError, NetworkError, ProtocolError, type ContactGroupsError } from "@contact-groups/client";
import { errorCatalogue } from "@contact-groups/client/catalogue";
import { describe, expect, test } from "vitest";
import type { Fault } from "../../src/index.ts";
import { emulate, get } from "../call.ts";
import { connect, ways } from "./connect.ts";
import { createSharedClock } from "./shared-clock.ts";

const page = { From_Account: "ann", StartIndex: 0 };
const creation = { From_Account: "ann", GroupContactItem: [{ GroupName: "family" }] };
const atOnce = { baseDelayMs: 0, maxDelayMs: 0 };

type ErrorClass = abstract new (...args: never[]) => ContactGroupsError;

/** Faults of the connection, the error that a client throws for them, and whether it retries a read. */
const broken: readonly (readonly [string, Fault, ErrorClass, boolean])[] = [
  ["a gateway that fails", { status: 502 }, HttpError, true],
  ["a gateway that rejects", { status: 403 }, HttpError, false],
  ["a connection that breaks", { reset: true }, NetworkError, true],
  ["a body that is cut off", { truncate: 20 }, NetworkError, true],
  ["a body that is not JSON", { body: "<html>" }, ProtocolError, false],
  ["a body that is no envelope", { body: "{}" }, ProtocolError, false],
];

describe.each(Object.entries(ways))("a client %s", (_, reach) => {
  test.each(broken)("handles %s", async (__, fault, expected, isRetried) => {
    const emulator = emulate();
    const client = await reach(emulator, { retry: atOnce });
    emulator.faults.add({ ...fault, times: 1 });
    const first: unknown = await client.getContactGroup(page).catch((reason: unknown) => reason);
    if (isRetried) expect(first).toMatchObject({ ActionStatus: "OK" });
    else expect(first).toBeInstanceOf(expected);
    expect(emulator.calls).toHaveLength(isRetried ? 2 : 1);

    emulator.faults.clear();
    emulator.faults.add(fault);
    await expect(client.getContactGroup(page)).rejects.toBeInstanceOf(expected);
    expect(emulator.calls).toHaveLength(isRetried ? 5 : 2);
    await emulator.close();
  });

  test("reads a response that comes byte by byte", async () => {
    const emulator = emulate();
    emulator.faults.add({ drip: { bytes: 1, everyMs: 0 } });
    const client = await reach(emulator);
    expect(await client.createContactGroup(creation)).toMatchObject({ ActionStatus: "OK" });
    await emulator.close();
  });
});

test.each(Object.values(errorCatalogue))(
  "a client ends a call at $code $name, or makes another attempt, as the catalogue advises",
  async ({ code, name, retry }) => {
    const clock = createSharedClock();
    const emulator = emulate({}, { now: clock.now });
    // A new text each time: one that is fixed cannot be renewed.
    let calls = 0;
    const client = connect(emulator, { clock, userSig: () => `any-text-${calls++}`, deadlineMs: 600_000 });
    emulator.faults.add({ error: name, times: 1, operation: "getContactGroup" });
    const read: unknown = await clock.until(client.getContactGroup(page).catch((reason: unknown) => reason));
    if (retry === "never") {
      expect(read).toBeInstanceOf(ApiError);
      expect(read).toMatchObject({ code, entryName: name, attempts: 1 });
    } else expect(read).toMatchObject({ ActionStatus: "OK" });

    emulator.faults.add({ error: code, times: 1, operation: "createContactGroup" });
    const created: unknown = await clock.until(client.createContactGroup(creation).catch((reason: unknown) => reason));
    const isRetried = retry === "throttle" || retry === "refresh-usersig";
    expect(created).toMatchObject(isRetried ? { ActionStatus: "OK" } : { code, attempts: 1 });
    expect((await get(emulator))["GroupItem"]).toHaveLength(isRetried ? 1 : 0);
  },
);
