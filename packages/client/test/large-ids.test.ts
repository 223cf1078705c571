/** IDs beyond 2^53 - 1 are kept apart: a number would round them to the same value. */
import { expect, test } from "vitest";
import { c2c } from "../src/index.ts";
import { clientOf } from "./respond.ts";
import { most } from "./searches.ts";

const groups = `[{"GroupName":"family","GroupId":9007199254740993},{"GroupName":"work","GroupId":9007199254740992}]`;
const item = (id: string, name: string) =>
  `{"Type":1,"To_Account":"${name}","StandardMark":"","Timestamp":1,"ContactGroupId":[${id}]}`;

test("iterateContactGroup joins each conversation with the name of its own group", async () => {
  const items = `[${item("9007199254740993", "user1")},${item("9007199254740992", "user2")},${item("9007199254740994", "user3")}]`;
  const text = `{"ErrorCode":0,"CompleteFlag":1,"ContactItem":${items},"GroupItem":${groups}}`;
  const client = clientOf(() => Promise.resolve(new Response(text)));
  const found = await client.iterateContactGroup({ From_Account: "user15" }).toArray();
  expect(found.map((one) => one.groups)).toEqual([
    [{ GroupId: "9007199254740993", GroupName: "family" }],
    [{ GroupId: "9007199254740992", GroupName: "work" }],
    [{ GroupId: "9007199254740994", GroupName: undefined }],
  ]);
});

test("iterateContactGroup joins an ID that is a number with the same ID as text", async () => {
  const text = `{"ErrorCode":0,"CompleteFlag":1,"ContactItem":[${item('"7"', "user1")}],"GroupItem":[{"GroupName":"family","GroupId":7}]}`;
  const client = clientOf(() => Promise.resolve(new Response(text)));
  const [found] = await client.iterateContactGroup({ From_Account: "user15" }).toArray();
  expect(found?.groups).toEqual([{ GroupId: 7, GroupName: "family" }]);
});

test("searchContactGroup keeps both names of two groups in a list of any length", async () => {
  const text = `{"ErrorCode":0,"ContactResultItem":[],"GroupItem":${groups}}`;
  const client = clientOf(() => Promise.resolve(new Response(text)));
  const ContactItem = Array.from({ length: most + 1 }, (_, index) => c2c(`user${index}`));
  const { GroupItem } = await client.searchContactGroup({ From_Account: "user15", ContactItem });
  expect(GroupItem).toEqual([
    { GroupName: "family", GroupId: "9007199254740993" },
    { GroupName: "work", GroupId: "9007199254740992" },
  ]);
});
