/** Reads every response field by name, through the client's types: renaming one in the description fails here. */
import type { MarkedConversation } from "@contact-groups/client";
import { afterAll, beforeAll, expect, test } from "vitest";
import { startContractServer, type ContractServer } from "../src/index.ts";
import { clientOf } from "./calls.ts";

let server: ContractServer;
beforeAll(async () => void (server = await startContractServer()));
afterAll(() => server.close());

const prefer = (name: string): { headers: Record<string, string> } => ({ headers: { Prefer: `example=${name}` } });

test("createContactGroup returns the group and the result of each conversation", async () => {
  const body = await clientOf(server).createContactGroup(
    {
      From_Account: "user_0001",
      GroupContactItem: [{ GroupName: "group_0003", ContactItem: [{ Type: 1, To_Account: "user_0002" }] }],
    },
    prefer("PartialFailure"),
  );
  expect([body.ActionStatus, body.ErrorCode, body.ErrorInfo]).toEqual(["OK", 0, ""]);
  const [result] = body.GroupResultItem;
  expect(result?.GroupItem?.GroupId).toBe(3);
  expect(result?.GroupItem?.GroupName).toBe("group_0003");
  const [added, failed] = result?.ResultItem ?? [];
  expect([added?.ResultCode, added?.ResultInfo]).toEqual([0, ""]);
  expect(added?.ContactItem.Type === 1 && added.ContactItem.To_Account).toBe("user_0002");
  expect(failed?.ContactItem.Type === 2 && failed.ContactItem.ToGroupId).toBe("@TGS#2DISBANDED");
  expect(failed?.ResultCode).toBeGreaterThan(0);
  expect(failed?.ResultInfo).toMatch(/disbanded/);
});

test("createContactGroup can return an ErrorDisplay", async () => {
  const body = await clientOf(server).createContactGroup(
    { From_Account: "user15", GroupContactItem: [{ GroupName: "test2" }] },
    prefer("AnotherConversation"),
  );
  expect(body.ErrorDisplay).toBe("");
});

test("getContactGroup returns pages", async () => {
  const client = clientOf(server);
  const first = await client.getContactGroup({ From_Account: "user_0003", StartIndex: 0 }, prefer("FirstOfTwoPages"));
  expect(first.CompleteFlag).toBe(0);
  expect(first.NextStartIndex).toBe(37);
  expect(first.GroupItem?.map(({ GroupId, GroupName }) => [GroupId, GroupName])).toEqual([[1, "family"]]);
  expect(first.ContactItem?.map(read)).toEqual([
    ["user_0004", "1", undefined, [1], 1775217000],
    ["@TGS#1B2AUI7RZ", "", undefined, [1], 1775217001],
  ]);
  const last = await client.getContactGroup(
    { From_Account: "user_0003", StartIndex: first.NextStartIndex ?? 0 },
    prefer("LastOfTwoPages"),
  );
  expect([last.CompleteFlag, last.NextStartIndex]).toEqual([1, 0]);
  expect(last.ContactItem?.map(read)).toEqual([["user_0005", "", "follow up on Monday", undefined, 1775217002]]);
});

test("searchContactGroup returns the conversations and names their groups", async () => {
  const body = await clientOf(server).searchContactGroup(
    { From_Account: "user_0001", ContactItem: [{ Type: 2, ToGroupId: "@TGS#1B2AUI7RZ" }] },
    prefer("TwoConversations"),
  );
  // The one that was asked for is first.
  expect(body.ContactResultItem.map(read)).toEqual([
    ["@TGS#1B2AUI7RZ", "", undefined, [1], 1775186067],
    ["user_0002", "11111110", "abcde", [1, 2], 1775217000],
  ]);
  expect(body.GroupItem?.map(({ GroupId, GroupName }) => [GroupId, GroupName])).toEqual([
    [1, "group_0001"],
    [2, "group_0002"],
  ]);
});

function read(conversation: MarkedConversation): unknown[] {
  const { StandardMark, CustomMark, ContactGroupId, Timestamp } = conversation;
  return [
    conversation.Type === 1 ? conversation.To_Account : conversation.ToGroupId,
    StandardMark,
    CustomMark,
    ContactGroupId,
    Timestamp,
  ];
}
