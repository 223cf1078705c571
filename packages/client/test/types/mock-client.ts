/** Checked by `tsc` alone: each line under a `@ts-expect-error` must be a type error. */
import { createMockClient, requestExamples } from "../../src/testing.ts";

export async function responses(): Promise<void> {
  const client = createMockClient();
  client.mock.next(
    "getContactGroup",
    { example: "OnlyPage" },
    { error: "ServiceTimeout" },
    { error: 60008 },
    { error: 1 },
  );
  // @ts-expect-error - an example of another operation
  client.mock.next("getContactGroup", { example: "PartialFailure" });
  // @ts-expect-error - a failure of another operation
  client.mock.next("getContactGroup", { error: "GroupNameTooLong" });
  // @ts-expect-error - misspelt
  client.mock.always("getContactGroup", { exmaple: "OnlyPage" });
  // @ts-expect-error - no such operation
  client.mock.always("deleteContactGroup", { error: 60008 });
  client.mock.always("searchContactGroup", {
    // @ts-expect-error - a body of another operation
    body: { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", CompleteFlag: 1 },
  });
  client.mock.always("createContactGroup", (body) => {
    // @ts-expect-error - only getContactGroup has it
    void body.StartIndex;
    return body.GroupContactItem.length > 1 ? { error: "UserNotImported" } : { example: "PartialFailure" };
  });
  // @ts-expect-error - the function returns no response
  client.mock.always("createContactGroup", () => 51010);
  await client.createContactGroup(requestExamples.createContactGroup.PartialFailure);
}

export function calls(): unknown[] {
  return createMockClient().mock.calls.map((call) => {
    // @ts-expect-error - before narrowing it may be another operation's
    void call.body.StartIndex;
    return call.operation === "getContactGroup" ? call.body.StartIndex : call.body.From_Account;
  });
}

export function options(): unknown[] {
  return [
    createMockClient({ sdkAppId: 1400000001, region: "singapore" }),
    createMockClient({ secretKey: "key" } as object),
    // @ts-expect-error - the mock client has its own
    createMockClient({ fetch }),
  ];
}
