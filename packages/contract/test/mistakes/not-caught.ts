/** Mistakes that the requests alone do not show. */
import type { Mistake } from "./mistake.ts";

const From_Account = "user_0001";
const group = { From_Account, GroupContactItem: [{ GroupName: "family" }] };

export const notCaught: readonly Mistake[] = [
  {
    name: "ignores the result of an item",
    rule: "fail-as-success",
    transport: "fetch",
    notCaught: "what a program does with a response shows only in its own results: assert on them",
    program: async ({ plan, send }) => {
      plan("create_contact_group", { example: "PartialFailure" });
      await send("create", group);
    },
  },
  {
    name: "creates a group that it has just created",
    rule: "double-submit",
    transport: "fetch",
    notCaught: "the documents do not say whether a second create fails, so it can be on purpose",
    program: async ({ send }) => {
      await send("create", group);
      await send("create", group);
    },
  },
  {
    name: "retries twice without a wait",
    rule: "retry-advice",
    transport: "fetch",
    notCaught:
      "a test of a correct program shortens its waits, and one retry at once is right after a broken connection",
    program: async ({ plan, send }) => {
      plan("get_contact_group", [{ error: 60008 }, { error: 60008 }]);
      for (let attempt = 0; attempt < 3; attempt++) await send("get", { From_Account, StartIndex: 0 });
    },
  },
  {
    name: "sends the name of a conversation group as a GroupID",
    rule: "unknown-group",
    transport: "fetch",
    notCaught: "the GroupID of a chat group can be any text, also the name of a conversation group",
    program: async ({ send }) => {
      await send("create", group);
      await send("search", { From_Account, ContactItem: [{ Type: 2, ToGroupId: "family" }] });
    },
  },
  {
    name: "sends a parameter that the API does not have",
    rule: "schema",
    transport: "http",
    notCaught: "the service ignores other parameters of the query, and gateways add some",
    program: ({ send }) => send("get", { From_Account, StartIndex: 0 }, { query: { platform: "web" } }),
  },
];
