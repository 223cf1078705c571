import { errorCodes } from "@contact-groups/openapi/model";
import { c2c, g2c, PartialFailureError } from "@contact-groups/client";
import { describe, expect, test } from "vitest";
import type { SeedDocument } from "../../src/index.ts";
import { emulate, people, seconds } from "../call.ts";
import { ways } from "./connect.ts";

const From_Account = "ann";

/** Ann with a number of conversations, in one of two groups or in both. */
function conversationsOf(count: number): SeedDocument {
  const conversations = Array.from({ length: count }, (_, index) => ({
    ...c2c(`peer${index}`),
    groups: [["friends"], ["work"], ["friends", "work"]][index % 3] ?? [],
  }));
  return {
    apps: [people, { users: [{ userId: "ann", groups: [{ name: "friends" }, { name: "work" }], conversations }] }],
  };
}

describe.each(Object.entries(ways))("a client %s", (_way, reach) => {
  test("finds what it created", async () => {
    const emulator = emulate();
    const client = await reach(emulator);
    const ContactItem = [c2c("bob"), g2c("@TGS#open")];
    const { failures, GroupResultItem } = await client.createContactGroup({
      From_Account,
      GroupContactItem: [{ GroupName: "\u5bb6\u65cf", ContactItem }],
    });
    expect(failures).toEqual([]);
    expect(GroupResultItem).toMatchObject([{ GroupItem: { GroupName: "\u5bb6\u65cf", GroupId: 1 } }]);
    const kept = ContactItem.map((item) => ({ ...item, StandardMark: "", ContactGroupId: [1], Timestamp: seconds }));
    expect(await client.getContactGroup({ From_Account, StartIndex: 0 })).toMatchObject({ ContactItem: kept });
    expect(await client.searchContactGroup({ From_Account, ContactItem })).toMatchObject({ ContactResultItem: kept });
    await emulator.close();
  });

  test("reports each conversation that failed, by its code", async () => {
    const emulator = emulate();
    const client = await reach(emulator, { throwOnPartialFailure: true });
    const ContactItem = [c2c("bob"), c2c("nobody"), g2c("@TGS#gone"), g2c("@TGS#open")];
    const error: unknown = await client
      .createContactGroup({ From_Account, GroupContactItem: [{ GroupName: "a", ContactItem }] })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(PartialFailureError);
    const { failures } = error as PartialFailureError;
    expect(failures.map(({ ContactItem: item, ResultCode }) => [item, ResultCode])).toEqual([
      [c2c("nobody"), errorCodes.UserNotImported],
      [g2c("@TGS#gone"), errorCodes.ChatGroupUnavailable],
    ]);
    expect((await client.getContactGroup({ From_Account, StartIndex: 0 })).ContactItem).toHaveLength(2);
    await emulator.close();
  });

  test("iterates over 1,000 conversations with the names of their groups, and continues where it stopped", async () => {
    const emulator = emulate({}, { seed: conversationsOf(1000) });
    const client = await reach(emulator);
    const all = await client.iterateContactGroup({ From_Account }).toArray();
    expect(all.map((item) => item.Type === 1 && item.To_Account)).toEqual(
      Array.from({ length: 1000 }, (_, index) => `peer${index}`),
    );
    expect(all.slice(0, 3).map(({ groups }) => groups.map(({ GroupName }) => GroupName))).toEqual([
      ["friends"],
      ["work"],
      ["friends", "work"],
    ]);
    expect(emulator.calls).toHaveLength(10);
    const rest = await client.iterateContactGroup({ From_Account, StartIndex: 950 }).toArray();
    expect(rest).toEqual(all.slice(950));
    await emulator.close();
  });

  test("searches for 3,000 conversations in parts, and returns them in the order requested", async () => {
    const emulator = emulate({}, { seed: conversationsOf(3000) });
    const client = await reach(emulator);
    const ContactItem = Array.from({ length: 3000 }, (_, index) => c2c(`peer${2999 - index}`));
    const found = await client.searchContactGroup({ From_Account, ContactItem: [c2c("nobody"), ...ContactItem] });
    expect(found.ContactResultItem).toMatchObject(ContactItem);
    expect(found.GroupItem).toEqual([
      { GroupName: "friends", GroupId: 1 },
      { GroupName: "work", GroupId: 2 },
    ]);
    expect(emulator.calls).toHaveLength(11);
    await emulator.close();
  });
});
