// For the window of a DOM in JavaScript, as test runners have it: it lacks parts of a runtime.
import * as client from "@contact-groups/client";
import { createMockClient } from "@contact-groups/client/testing";

/** Uses the mock client, and returns what it did. */
globalThis.tryMock = async () => {
  const chat = createMockClient();
  chat.mock.next(
    "getContactGroup",
    { error: "UserNotImported" },
    { example: "FirstOfTwoPages" },
    { example: "LastOfTwoPages" },
  );
  const failed = await chat.getContactGroup({ From_Account: "nobody", StartIndex: 0 }).catch((error) => error);
  const listed = await chat.iterateContactGroup({ From_Account: "user_0001" }).toArray();
  const aborted = await chat
    .getContactGroup({ From_Account: "user_0001", StartIndex: 0 }, { signal: AbortSignal.abort("enough") })
    .catch((reason) => reason);
  return JSON.stringify({ code: failed.code, isApiError: failed instanceof client.ApiError, listed, aborted });
};

/** Creates a client, and returns the error that it throws. */
globalThis.tryCreate = (options) => {
  try {
    client.createClient({ sdkAppId: 1400000000, identifier: "administrator", region: "singapore", ...options });
  } catch (error) {
    return `${error.name}: ${error.message}`;
  }
};
