import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createContractFetch } from "../src/index.ts";
import { operations } from "../src/operations.ts";
import { arbitraryOf } from "../src/verify/random-checks.ts";
import { fetchJson } from "./send.ts";

const api = createContractFetch();
const conversation = (id: string): object => ({ Type: 1, To_Account: id });
const chatGroup = { Type: 2, ToGroupId: "@TGS#OTHER" };
const user = { From_Account: "user_0777" };

test.each(operations)("$operationId responds to the request of its first example with it", async (operation) => {
  const { operationId, requests, successes } = operation;
  const [[name, response] = ["", {}]] = Object.entries(successes);
  expect(await fetchJson(api, operationId, { body: requests[name] })).toEqual(response);
});

test("create repeats the group and the conversations of the request, in their order", async () => {
  const body = {
    ...user,
    GroupContactItem: [
      { GroupName: "family", ContactItem: [chatGroup, conversation("a"), conversation("b"), conversation("a")] },
    ],
  };
  const ContactItem = [chatGroup, conversation("a"), conversation("b"), conversation("a")];
  expect(await fetchJson(api, "createContactGroup", { body })).toEqual({
    GroupResultItem: [
      {
        GroupItem: { GroupName: "family", GroupId: 1 },
        ResultItem: ContactItem.map((item) => ({ ContactItem: item, ResultCode: 0, ResultInfo: "" })),
      },
    ],
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
  });
});

test.each([[{ GroupName: "empty" }], [{ GroupName: "empty", ContactItem: [] }]])(
  "create of %j has no results of conversations",
  async (group) => {
    const body = { ...user, GroupContactItem: [group] };
    expect(await fetchJson(api, "createContactGroup", { body })).toMatchObject({
      GroupResultItem: [{ GroupItem: { GroupName: "empty" }, ResultItem: [] }],
    });
  },
);

test("mark has a result for each item", async () => {
  const MarkItem = [
    { OptType: 1, ContactItem: chatGroup, SetMark: [1] },
    { OptType: 2, ContactItem: conversation("a"), CustomMark: "x" },
  ];
  expect(await fetchJson(api, "markContact", { body: { ...user, MarkItem } })).toMatchObject({
    ResultItem: MarkItem.map(({ OptType, ContactItem }) => ({ OptType, ContactItem, ResultCode: 0, ResultInfo: "" })),
  });
});

test("update of members repeats them; a rename has the new name and no members", async () => {
  const update = (UpdateGroup: object): object => ({ ...user, UpdateType: 1, UpdateGroup });
  const ContactUpdateItem = [
    { ContactOptType: 2, ContactItem: conversation("a") },
    { ContactOptType: 1, ContactItem: chatGroup },
    { ContactOptType: 1, ContactItem: conversation("b") },
  ];
  const members = { UpdateGroupType: 2, OldGroupName: "family", ContactUpdateItem };
  expect(await fetchJson(api, "updateContactGroup", { body: update(members) })).toMatchObject({
    UpdateGroupResult: {
      UpdateGroupType: 2,
      GroupName: "family",
      OldGroupName: "family",
      ContactResultItem: ContactUpdateItem.map((item) => ({ ...item, ResultCode: 0, ResultInfo: "" })),
    },
  });
  const rename = { UpdateGroupType: 1, OldGroupName: "family", NewGroupName: "friends" };
  expect(await fetchJson(api, "updateContactGroup", { body: update(rename) })).toMatchObject({
    UpdateGroupResult: { UpdateGroupType: 1, GroupName: "friends", GroupId: 1, OldGroupName: "family" },
  });
  expect(api.exchanges.at(-1)?.response.example).toBe("Rename");
});

test("delete repeats the name", async () => {
  expect(await fetchJson(api, "delContactGroup", { body: { ...user, GroupName: ["family"] } })).toMatchObject({
    GroupItem: [{ GroupName: "family", GroupId: 1 }],
  });
});

test("search returns the conversations that were asked for, each once, and no others", async () => {
  const ContactItem = [chatGroup, conversation("a"), conversation("b"), conversation("a")];
  const { ContactResultItem } = (await fetchJson(api, "searchContactGroup", { body: { ...user, ContactItem } })) as {
    ContactResultItem: object[];
  };
  expect(ContactResultItem).toMatchObject(ContactItem.slice(0, 3));
  expect(ContactResultItem).toHaveLength(3);
});

test.each(operations)("any valid body of $operationId gets a valid response with its items", async (operation) => {
  const { operationId, request, itemResults, batch } = operation;
  const lists = itemResults ?? batch;
  const valid = createContractFetch();
  await fc.assert(
    fc.asyncProperty(arbitraryOf(request), async (body) => {
      valid.reset();
      const response = await fetchJson(valid, operationId, { body });
      expect(response).toMatchObject({ ErrorCode: 0 });
      expect(
        valid.violations({
          sides: ["request", "response"],
          ignore: ["start-index", "double-submit", "id-form", "redundant", "unknown-group", "limit"],
        }),
      ).toEqual([]);
      expect(valid.exchanges[0]?.response.violations).toEqual([]);
      if (lists) expect(countAt(response, lists.response)).toBeLessThanOrEqual(countAt(body, lists.request));
      if (itemResults) expect(countAt(response, itemResults.response)).toBe(countAt(body, itemResults.request));
    }),
    { numRuns: 60 },
  );
});

test("the recording has no UserSig that a request has as a name", async () => {
  const own = createContractFetch();
  const response = await fetchJson(own, "delContactGroup", {
    body: { From_Account: "a", GroupName: ["sig0123456789"] },
    query: { usersig: "sig0123456789" },
  });
  expect(response).toMatchObject({ GroupItem: [{ GroupName: "sig0123456789" }] });
  expect(JSON.stringify(own.exchanges)).not.toContain("sig0123456789");
});

/** Counts the items of the lists at a path; `*` is every item of a list. */
function countAt(value: unknown, path: string): number {
  const parts = path.split("/").slice(1);
  const found = parts.reduce<unknown[]>(
    (values, part) =>
      values.flatMap((one) =>
        part === "*" ? (one as unknown[]) : [(Object(one) as Record<string, unknown>)[part] ?? []],
      ),
    [value],
  );
  return found.flat().length;
}
