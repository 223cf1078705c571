import { ApiError } from "@contact-groups/client";
import { expect, test } from "vitest";
import { emulate } from "../call.ts";
import { ways } from "./connect.ts";

test.each(Object.keys(ways))("%s, `call` imports the accounts that an operation then needs", async (way) => {
  const client = await ways[way]!(emulate({}, { seed: { apps: [{ accounts: [] }] } }), { retry: false });
  const read = () => client.safe.getContactGroup({ From_Account: "ann", StartIndex: 0 });
  expect((await read()).error).toMatchObject({ code: 50001 });
  expect(await client.call("v4/im_open_login_svc/account_import", { UserID: "ann" })).toMatchObject({ ErrorCode: 0 });
  expect(await client.call("v4/im_open_login_svc/account_check", { CheckItem: [{ UserID: "ann" }] })).toMatchObject({
    ResultItem: [{ UserID: "ann", AccountStatus: "Imported" }],
  });
  expect((await read()).ok).toBe(true);
});

test("`call` fails with the code of an endpoint, and of one that there is not", async () => {
  const client = await ways["over HTTP"]!(emulate({}, { seed: { apps: [{}] } }), { retry: false });
  const invalid = await client.call("v4/im_open_login_svc/account_import", {}).catch((error: unknown) => error);
  expect(invalid).toBeInstanceOf(ApiError);
  expect(invalid).toMatchObject({ operation: "v4/im_open_login_svc/account_import", attempts: 1 });
  expect((await client.safe.call("v4/none/such", {})).error).toMatchObject({ code: 60009, operation: "v4/none/such" });
});
