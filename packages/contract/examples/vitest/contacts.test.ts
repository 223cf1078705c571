import { ApiError, createClient, type Client } from "@contact-groups/client";
import { startContractServer, type ContractServer } from "@contact-groups/contract";
import { afterAll, afterEach, beforeAll, expect, test } from "vitest";
import { addFriends, countConversations } from "./contacts.ts";

let api: ContractServer;
let client: Client;
beforeAll(async () => {
  api = await startContractServer();
  client = createClient({ baseUrl: api.url, sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" });
});
afterEach(() => api.reset());
afterAll(() => api.close());

test("returns the friends that the service did not add", async () => {
  api.plan("create_contact_group", {
    body: {
      ActionStatus: "OK",
      ErrorCode: 0,
      ErrorInfo: "",
      GroupResultItem: [
        {
          GroupItem: { GroupName: "family", GroupId: 1 },
          ResultItem: [
            { ContactItem: { Type: 1, To_Account: "user_0002" }, ResultCode: 0, ResultInfo: "" },
            { ContactItem: { Type: 1, To_Account: "user_0003" }, ResultCode: 50001, ResultInfo: "not imported" },
          ],
        },
      ],
    },
  });
  expect(await addFriends(client, "user_0001", "family", ["user_0002", "user_0003"])).toEqual(["user_0003"]);
  expect(api).toHaveReceivedValidRequests();
});

test("throws the error for too many groups", async () => {
  api.plan("create_contact_group", { error: "TooManyConversationGroups" });
  const error = await addFriends(client, "user_0001", "family", []).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(ApiError);
  expect(api).toHaveReceivedValidRequests();
});

test("counts the conversations of all pages, even if one call fails", async () => {
  api.plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { status: 502 }, { example: "LastOfTwoPages" }]);
  expect(await countConversations(client, "user_0003")).toBe(3);
  expect(api).toHaveReceivedValidRequests();
});
