import { expect, test } from "vitest";
import { batchLength, callAccounts, type AccountEndpointName } from "../accounts.ts";
import { emulate, failure } from "../call.ts";

const cases: readonly (readonly [AccountEndpointName, string, unknown])[] = [
  ["multiaccount_import", "Accounts", "ann"],
  ["multiaccount_import", "AccountList", { UserID: "ann" }],
  ["account_check", "CheckItem", { UserID: "ann" }],
];

test.each(cases)("%s accepts as many items of %s as a page allows, and rejects none or one more", async (...args) => {
  const [endpoint, field, item] = args;
  const emulator = emulate();
  const send = (length: number): ReturnType<typeof callAccounts> =>
    callAccounts(emulator, endpoint, { [field]: Array.from({ length }, () => item) });
  expect(await send(batchLength)).toMatchObject({ ErrorCode: 0 });
  for (const length of [0, batchLength + 1]) {
    const response = await send(length);
    expect(response).toMatchObject(failure("BatchSizeInvalid", "account.batch"));
    expect(response.ErrorInfo).toContain(`/${field} must have at `);
    expect(response.ErrorInfo).toContain(`but has ${length}.`);
  }
});
