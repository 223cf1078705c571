import {
  addToContactGroup,
  ApiError,
  c2c,
  type ContactGroupsError,
  HttpError,
  markItem,
  NetworkError,
  ProtocolError,
} from "@contact-groups/client";
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

  test("reports the conversations that fail by a fault, also in the later parts of a long list", async () => {
    const ContactItem = Array.from({ length: 250 }, (__, index) => c2c(`peer${index}`));
    const emulator = emulate({ accounts: "lenient" });
    const client = await reach(emulator, { retry: atOnce });
    await client.createContactGroup(creation);
    emulator.faults.add({
      conversations: [
        { id: "peer7", error: "UserNotImported" },
        { nth: 150, error: 50004, errorInfo: "out of order", when: "after" },
      ],
    });
    const { failures } = await addToContactGroup(client, { From_Account: "ann", GroupName: "family", ContactItem });
    expect(failures).toMatchObject([
      { pointer: "/ContactItem/7", ContactItem: ContactItem[7], ResultCode: 50001 },
      { pointer: "/ContactItem/149", ContactItem: ContactItem[149], ResultCode: 50004, ResultInfo: "out of order" },
    ]);
    expect(emulator.faults.list()).toMatchObject([{ matched: 3, triggered: 2 }]);
    const again = await client.searchContactGroup({ From_Account: "ann", ContactItem: ContactItem.slice(0, 150) });
    expect(again.ContactResultItem).toHaveLength(149);
    await emulator.close();
  });

  test("throws a PartialFailureError for a mark that fails by a fault", async () => {
    const emulator = emulate();
    const client = await reach(emulator, { throwOnPartialFailure: true });
    emulator.faults.add({ conversations: [{ id: "bob", error: "ChatGroupUnavailable", nth: 1 }] });
    const MarkItem = [c2c("cat"), c2c("bob")].map((item) => markItem(item, { set: ["star"] }));
    const marked = client.markContact({ From_Account: "ann", MarkItem });
    await expect(marked).rejects.toMatchObject({
      name: "PartialFailureError",
      failures: [{ pointer: "/MarkItem/1", ResultCode: 51007 }],
    });
    expect(await client.markContact({ From_Account: "ann", MarkItem })).toMatchObject({ failures: [] });
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
