import {
  addToContactGroup,
  c2c,
  type Client,
  diffStandardMark,
  formatStandardMark,
  markConversations,
  markItem,
  NetworkError,
  parseStandardMark,
  removeFromContactGroup,
  renameContactGroup,
  RequestError,
} from "@contact-groups/client";
import { errorCodes } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { emulate, people } from "../call.ts";
import { ways } from "./connect.ts";

const From_Account = "ann";
const GroupName = "family";
const peers = Array.from({ length: 250 }, (_, index) => c2c(`peer${index}`));
/** Every 60th of the peers has no account: one or two in each part of 100. */
const unknown = peers.map((_, index) => index).filter((index) => index % 60 === 59);
const known = peers.filter((_, index) => !unknown.includes(index));
const accounts = ["ann", ...known.map(({ To_Account }) => To_Account)];
const seed = { apps: [people, { accounts, users: [{ userId: "ann", groups: [{ name: GroupName }] }] }] };
const retry = { baseDelayMs: 0, maxDelayMs: 0 };

describe.each(Object.entries(ways))("a client %s", (_way, reach) => {
  test("adds and removes conversations in parts, with the failures of all of them", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator);
    const members = { From_Account, GroupName, ContactItem: peers };
    const added = await addToContactGroup(client, members);
    expect(emulator.calls.map(({ code }) => code)).toEqual([0, 0, 0]);
    expect(added.failures.map(({ pointer, ResultCode }) => [pointer, ResultCode])).toEqual(
      unknown.map((index) => [`/ContactItem/${index}`, errorCodes.UserNotImported]),
    );
    expect(added.UpdateGroupResult.ContactResultItem).toHaveLength(peers.length);
    expect(await namesOf(client)).toEqual(known.map(({ To_Account }) => To_Account));

    const removed = await removeFromContactGroup(client, { ...members, ContactItem: known.slice(1) });
    expect(removed.failures).toEqual([]);
    expect(await namesOf(client)).toEqual([known[0]?.To_Account]);
    await emulator.close();
  });

  test("renames a group, after which the old name fails with 51009", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator);
    const rename = { From_Account, OldGroupName: GroupName, NewGroupName: "relatives" };
    const { UpdateGroupResult } = await renameContactGroup(client, rename);
    expect(UpdateGroupResult).toMatchObject({ GroupName: "relatives", OldGroupName: GroupName, GroupId: 1 });
    for (const call of [
      () => renameContactGroup(client, rename),
      () => addToContactGroup(client, { From_Account, GroupName, ContactItem: peers }),
      () => removeFromContactGroup(client, { From_Account, GroupName, ContactItem: peers.slice(0, 1) }),
      () => client.delContactGroup({ From_Account, GroupName: [GroupName] }),
    ])
      await expect(call()).rejects.toMatchObject({ code: errorCodes.ConversationGroupNotFound });
    expect(emulator.calls).toHaveLength(5);
    await client.delContactGroup({ From_Account, GroupName: ["relatives"] });
    await expect(client.delContactGroup({ From_Account, GroupName: ["relatives"] })).rejects.toThrow(RequestError);
    await emulator.close();
  });

  test("retries marks whose connection was reset, but no rename", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator, { retry });
    emulator.faults.add({ reset: true, times: 1, operation: "markContact", when: "after" });
    const ContactItem = known.slice(0, 150);
    const { failures } = await markConversations(client, { From_Account, ContactItem, set: ["star", 40] });
    expect(failures).toEqual([]);
    expect(emulator.calls).toHaveLength(3);
    const StandardMark = formatStandardMark({ star: true, appBits: [40] });
    expect(await client.searchContactGroup({ From_Account, ContactItem })).toMatchObject({
      ContactResultItem: ContactItem.map((item) => ({ ...item, StandardMark })),
    });

    emulator.faults.add({ reset: true, times: 1, operation: "updateContactGroup", when: "after" });
    const rename = renameContactGroup(client, { From_Account, OldGroupName: GroupName, NewGroupName: "relatives" });
    await expect(rename).rejects.toBeInstanceOf(NetworkError);
    expect(emulator.calls.filter(({ operation }) => operation === "updateContactGroup")).toHaveLength(1);
    expect((await client.getContactGroup({ From_Account, StartIndex: 0 })).GroupItem).toMatchObject([
      { GroupName: "relatives" },
    ]);
    await emulator.close();
  });

  test("sets, keeps and clears marks by name and by bit, and a custom mark", async () => {
    const emulator = emulate({}, { seed });
    const client = await reach(emulator);
    const [one, two] = [c2c("peer0"), c2c("peer1")];
    const ContactItem = [one, two];
    await markConversations(client, { From_Account, ContactItem, set: ["unread", "fold", 63], CustomMark: "vip" });
    const MarkItem = [markItem(one, { clear: ["unread"], set: ["hide"] }), markItem(two, { CustomMark: "" })];
    await client.markContact({ From_Account, MarkItem });
    expect(await client.searchContactGroup({ From_Account, ContactItem })).toMatchObject({
      ContactResultItem: [
        { ...one, StandardMark: formatStandardMark({ fold: true, hide: true, appBits: [63] }), CustomMark: "vip" },
        { ...two, StandardMark: formatStandardMark({ unread: true, fold: true, appBits: [63] }) },
      ],
    });
    await emulator.close();
  });
});

test("the difference of two marks turns the one into the other, for any marks", async () => {
  const emulator = emulate();
  const client = await ways["without a socket"]!(emulator);
  const bob = c2c("bob");
  const marked = async (): Promise<string> => {
    const { ContactResultItem } = await client.searchContactGroup({ From_Account, ContactItem: [bob] });
    return ContactResultItem?.[0]?.StandardMark ?? "";
  };
  const mark = fc.bigInt({ min: 0n, max: 2n ** 64n - 1n }).map((bits) => ({ bits }));
  await fc.assert(
    fc.asyncProperty(mark, async (after) => {
      const before = parseStandardMark(await marked());
      const request = { From_Account, ContactItem: [bob], ...diffStandardMark(before, after) };
      expect((await markConversations(client, request)).failures).toEqual([]);
      expect(await marked()).toBe(formatStandardMark(after));
    }),
  );
  await emulator.close();
});

/** Names of the conversations in the group, in the order in which they were added. */
async function namesOf(client: Client): Promise<(string | undefined)[]> {
  const all = await client.iterateContactGroup({ From_Account }).toArray();
  return all.map((item) => (item.Type === 1 ? item.To_Account : undefined));
}
