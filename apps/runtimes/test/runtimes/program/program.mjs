/**
 * Uses the client as a program would, and returns the outcome. It is the same in every runtime, so it receives the package's
 * entries instead of importing them.
 *
 * @param {typeof import("@contact-groups/client")} client
 * @param {typeof import("@contact-groups/client/usersig")} usersig
 * @param {string} baseUrl URL of a contract server.
 */
export async function tryClient(client, usersig, baseUrl) {
  const credentials = { sdkAppId: 1400000000, identifier: "administrator", secretKey: crypto.randomUUID() };
  const sent = [];
  const chat = client.createClient({
    ...credentials,
    baseUrl,
    fetch: (url, init) => {
      sent.push(new URL(url).searchParams);
      return fetch(url, init);
    },
    middleware: [chooseExample],
  });

  const created = await chat.createContactGroup({
    From_Account: "user_0001",
    GroupContactItem: [{ GroupName: "family", ContactItem: [client.c2c("user_0002"), client.g2c("@TGS#2DISBANDED")] }],
  });
  const listed = [];
  for await (const conversation of chat.iterateContactGroup({ From_Account: "user_0001" })) listed.push(conversation);
  const found = await chat.searchContactGroup({
    From_Account: "user_0001",
    ContactItem: [client.c2c("user_0002"), client.g2c("@TGS#1B2AUI7RZ")],
  });

  const failed = await failure(() =>
    chat.getContactGroup({ From_Account: "user_0001", StartIndex: 0 }, prefer("InvalidRequestParameter")),
  );
  const unsent = await failure(() => chat.getContactGroup({ From_Account: "", StartIndex: 0 }));
  const aborted = await failure(() =>
    chat.getContactGroup({ From_Account: "user_0001", StartIndex: 0 }, { signal: AbortSignal.abort("enough") }),
  );
  // Node.js 20 prints a warning where more than ten listeners are on one signal.
  const shared = client.createClient({ ...credentials, baseUrl });
  const { signal } = new AbortController();
  const onOneSignal = await Promise.all(
    Array.from({ length: 30 }, () => shared.getContactGroup({ From_Account: "user_0001", StartIndex: 0 }, { signal })),
  );
  const unsigned = await failure(() => usersig.signUserSig({ ...credentials, sdkAppId: 0 }));

  const signatures = sent.map((query) => usersig.verifyUserSig(query.get("usersig"), credentials));
  return {
    created: created.GroupResultItem.map((result) => result.GroupItem),
    failures: created.failures,
    listed,
    found: found.ContactResultItem,
    groups: found.GroupItem,
    failed: {
      name: failed.name,
      code: failed.code,
      operation: failed.operation,
      attempts: failed.attempts,
      retryable: failed.retryable,
      isApiError: failed instanceof client.ApiError,
      isContactGroupsError: failed instanceof client.ContactGroupsError,
      message: failed.message,
    },
    unsent: { isInvalidArgumentError: unsent instanceof client.InvalidArgumentError, pointer: unsent.pointer },
    aborted,
    onOneSignal: onOneSignal.length,
    // One class for all entries.
    unsigned: unsigned instanceof client.InvalidArgumentError,
    signatures: (await Promise.all(signatures)).map((verdict) => verdict.valid),
    randoms: new Set(sent.map((query) => query.get("random"))).size,
  };
}

/** The contract server keeps no state: the program plans which of its examples comes next. */
function chooseExample(call, next) {
  if (call.operation === "createContactGroup")
    return next({ ...call, init: { ...call.init, ...prefer("PartialFailure") } });
  if (call.operation !== "getContactGroup" || call.init.headers !== undefined) return next(call);
  const page = call.body.StartIndex === 0 ? "FirstOfTwoPages" : "LastOfTwoPages";
  return next({ ...call, init: { ...call.init, ...prefer(page) } });
}

function prefer(example) {
  return { headers: { Prefer: `example=${example}` } };
}

async function failure(call) {
  try {
    await call();
  } catch (error) {
    return error;
  }
  throw new Error("The call succeeded.");
}
