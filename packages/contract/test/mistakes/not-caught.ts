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
    name: "sends a parameter that the API does not have",
    rule: "schema",
    transport: "http",
    notCaught: "the service ignores other parameters of the query, and gateways add some",
    program: ({ send }) => send("get", { From_Account, StartIndex: 0 }, { query: { platform: "web" } }),
  },
];
