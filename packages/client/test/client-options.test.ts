import { expect, test } from "vitest";
import { inspect } from "node:util";
import {
  c2c,
  ContactGroupsError,
  createClient,
  InvalidArgumentError,
  regions,
  type ClientOptions,
} from "../src/index.ts";
import { signUserSigSync } from "../src/node.ts";
import { callOptionNames, clientOptionNames } from "../src/option-names.ts";
import { createMockClient } from "../src/testing.ts";
import { signUserSig, verifyUserSig } from "../src/usersig.ts";
import { operations } from "@contact-groups/openapi/model";
import { clientOf, okBody, recorder, rejection, respondWith } from "./respond.ts";
import { seededRandom } from "./seeded-random.ts";

const userSig = "eJw-a-usersig_of*tests";
const good = { sdkAppId: 1400000000, identifier: "administrator", userSig, region: "singapore" };

function errorOf(change: Record<string, unknown>): InvalidArgumentError {
  try {
    createClient({ ...good, ...change } as unknown as ClientOptions);
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error;
    throw error;
  }
  throw new Error("createClient took the options");
}

test.each([
  [{ sdkAppId: undefined }, "sdkAppId must be a positive integer, but is undefined"],
  [{ sdkAppId: "1400000000" }, "sdkAppId must be a positive integer, but is a string"],
  [{ sdkAppId: 0 }, "sdkAppId must be a positive integer, but is 0"],
  [{ identifier: "" }, "identifier must be a non-empty string, but is an empty string"],
  [
    { identifier: "\ud800" },
    "identifier must be a string that a URL can hold, but is a string with half of a surrogate pair",
  ],
  [{ userSig: undefined }, "secretKey must be a non-empty string where there is no userSig, but is undefined"],
  [{ userSig: "" }, "userSig must be a non-empty string, but is an empty string"],
  [{ fetch: "fetch" }, "fetch must be a function, but is a string"],
  [{ secretKey: "key" }, "secretKey must be undefined where userSig is given, but is given as well"],
  [{ userSig: undefined, secretKey: "" }, "secretKey must be a non-empty string, but is an empty string"],
  [{ userSig: 7 }, "userSig must be a non-empty string, but is 7"],
  [{ transport: {} }, "transport must be a function, but is an object"],
  [{ onRetry: "log" }, "onRetry must be a function, but is a string"],
  [{ onAttempt: "log" }, "onAttempt must be a function, but is a string"],
  [{ timeoutMs: 0 }, "timeoutMs must be a number of milliseconds from 1 to 2147483647, but is 0"],
  ...[0, -1, 1.5, Number.NaN, Infinity, 2 ** 29].map((bytes): [Record<string, unknown>, string] => [
    { maxResponseBytes: bytes },
    `maxResponseBytes must be a whole number of bytes from 1 to 536870888, but is ${bytes}`,
  ]),
  [
    { maxResponseBytes: "5 MB" },
    "maxResponseBytes must be a whole number of bytes from 1 to 536870888, but is a string",
  ],
  [{ deadlineMs: "1" }, "deadlineMs must be a number of milliseconds from 1 to 2147483647, but is a string"],
  [
    { rateLimit: { calls: 0, seconds: 1 } },
    "rateLimit must be 1 to 100000 calls in up to 86400 seconds, but is 0 calls in 1 seconds",
  ],
  [
    { rateLimit: { calls: 1, seconds: "1" } },
    "rateLimit must be 1 to 100000 calls in up to 86400 seconds, but is 1 calls in a string seconds",
  ],
  [{ random: 7 }, "random must be a function, but is 7"],
  [{ middleware: "x" }, "middleware must be an array, but is a string"],
  [{ middleware: [null] }, "middleware/0 must be a function, but is null"],
  [{ clock: {} }, "clock.now must be a function, but is null"],
  [{ retry: 3 }, "retry must be an object or false, but is 3"],
  [{ timeout: 500 }, "There is no option timeout. Did you mean timeoutMs?"],
  [{ retry: { maxAttempt: 2 } }, "There is no option maxAttempt. Did you mean maxAttempts?"],
  [{ sdkAppID: 1400000000 }, "There is no option sdkAppID. Did you mean sdkAppId?"],
  [{ baseUrl: "http://127.0.0.1" }, "baseUrl must be undefined where region is given, but is given as well"],
])("rejects %o", (change, message) => {
  expect(errorOf(change).message).toBe(message);
});

test("rejects an unknown region and lists the known regions", () => {
  const error = errorOf({ region: "atlantis" });
  expect(error).toMatchObject({ name: "InvalidArgumentError", argument: "region" });
  for (const region of Object.keys(regions)) expect(error.message).toContain(region);
  expect(error.message).toMatch(/but is "atlantis"$/);
  expect(errorOf({ region: "toString" }).argument).toBe("region");
  expect(errorOf({ region: undefined }).argument).toBe("region");
});

test.each([
  ["service.test", "a string that is not a URL"],
  [7, "7"],
  ["ftp://service.test", "a URL of another scheme"],
  ["https://me:secret@service.test", "a URL with credentials"],
  [`https://service.test/?usersig=${userSig}`, "a URL with a query"],
  ["https://service.test/#top", "a URL with a fragment"],
])("rejects the base URL %s", (baseUrl, found) => {
  const error = errorOf({ region: undefined, baseUrl });
  expect(error.message).toBe(
    `baseUrl must be an http or https URL without credentials, query or fragment, but is ${found}`,
  );
});

test("rejects a docs URL that is not a URL", () => {
  expect(errorOf({ docsUrl: "docs.example.com" }).argument).toBe("docsUrl");
});

test.each(["https://service.test/chat", "https://service.test/chat/", "https://service.test/chat//"])(
  "accepts the base URL %s",
  async (baseUrl) => {
    const { fetch, requests } = recorder();
    const client = createClient({ sdkAppId: 1, identifier: "a", userSig, baseUrl, fetch, random: seededRandom() });
    await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
    expect(requests[0]?.url.split("?")[0]).toBe(`https://service.test/chat${operations.getContactGroup.path}`);
  },
);

test("ignores a property that is like no option: the options can be part of a larger configuration", () => {
  expect(createClient({ ...good, department: "sales" } as unknown as ClientOptions)).toHaveProperty("getContactGroup");
});

const wrapped: [wrap: (text: string) => string, found: string][] = [
  [(text) => `${text}\n`, "a line end (trim the text of a file)"],
  [(text) => ` ${text}`, "white space"],
  [(text) => `\ufeff${text}`, "white space"],
  [(text) => `"${text}"`, "quotes"],
  [(text) => `'${text}'`, "quotes"],
  [(text) => `-----BEGIN PRIVATE KEY-----\n${text}\n-----END PRIVATE KEY-----`, "a PEM header"],
  [(text) => `${text}\u200b`, "a character beyond ASCII"],
];
const doors: Record<string, (credential: string) => unknown> = {
  "createClient({ secretKey })": (secretKey) =>
    createClient({ ...good, userSig: undefined, secretKey } as unknown as ClientOptions),
  "createClient({ userSig })": (text) => createClient({ ...good, userSig: text } as ClientOptions),
  "createClient({ userSig: () => … })": (text) =>
    clientOf(respondWith(okBody), { userSig: () => text }).getContactGroup({ From_Account: "user15", StartIndex: 0 }),
  "createMockClient({ secretKey })": (secretKey) => createMockClient({ secretKey }),
  signUserSig: (secretKey) => signUserSig({ sdkAppId: 1, identifier: "a", secretKey }),
  verifyUserSig: (secretKey) => verifyUserSig("eJw", { sdkAppId: 1, identifier: "a", secretKey }),
  signUserSigSync: (secretKey) => signUserSigSync({ sdkAppId: 1, identifier: "a", secretKey }),
};

test.each(Object.entries(doors))("%s says what a credential has by mistake, and does not show it", async (_, open) => {
  for (const [wrap, found] of wrapped) {
    const error = await (async () => open(wrap(userSig)))().catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect((error as Error).message).toContain(`a string with ${found}`);
    expect(inspect(error)).not.toContain(userSig);
  }
});

const odd: readonly unknown[] = [null, "x", 5, -1, true, {}, [], [null], () => undefined, Symbol("odd")];

/** Returns the kind of end: any error of another class is one of ours that escaped. */
async function endOf(run: () => unknown): Promise<unknown> {
  return (async () => run())().then(
    () => "worked",
    (error: unknown) => (error instanceof ContactGroupsError ? "rejected" : error),
  );
}

test.each(Object.keys(clientOptionNames))(
  "any value of the option %s works or ends in an error of this package",
  async (name) => {
    for (const value of odd) {
      const options = {
        ...good,
        fetch: respondWith(okBody),
        random: seededRandom(),
        retry: false,
        rateLimit: false,
        [name]: value,
      } as unknown as ClientOptions;
      const end = await endOf(() => createClient(options).getContactGroup({ From_Account: "user15", StartIndex: 0 }));
      expect([value, end]).toEqual([value, expect.stringMatching(/^(?:worked|rejected)$/)]);
    }
  },
);

test.each(Object.keys(callOptionNames))(
  "any value of a call's %s works or ends in an error of this package",
  async (name) => {
    const client = clientOf(respondWith(okBody), { retry: false, rateLimit: false });
    for (const value of odd) {
      const init = { [name]: value } as object;
      for (const run of [
        () => client.getContactGroup({ From_Account: "user15", StartIndex: 0 }, init),
        () => client.searchContactGroup({ From_Account: "user15", ContactItem: [c2c("user0")] }, init),
        () => client.iterateContactGroup({ From_Account: "user15" }, init).toArray(),
      ])
        expect([value, await endOf(run)]).toEqual([value, expect.stringMatching(/^(?:worked|rejected)$/)]);
    }
  },
);

test("rejects a misspelt option of a call, and options that are not an object", async () => {
  const client = clientOf(respondWith(okBody));
  const call = (init: unknown) =>
    rejection(client.getContactGroup({ From_Account: "user15", StartIndex: 0 }, init as object));
  expect(await call({ timeout: 5 })).toHaveProperty("message", "There is no option timeout. Did you mean timeoutMs?");
  expect(await call({ signal: { aborted: false } })).toHaveProperty(
    "message",
    "signal must be an AbortSignal, but is an object",
  );
  expect(await call(null)).toHaveProperty("message", "init must be an object, but is null");
  const [user, ContactItem] = [{ From_Account: "user15" }, [c2c("user0")]];
  const search = rejection(client.searchContactGroup({ ...user, ContactItem }, null as never));
  expect(await search).toHaveProperty("message", "init must be an object, but is null");
  const iterated = rejection(client.iterateContactGroup(user, { timeout: 5 } as object).toArray());
  expect(await iterated).toHaveProperty("message", "There is no option timeout. Did you mean timeoutMs?");
  const without = rejection(client.iterateContactGroup(user, null as never).toArray());
  expect(await without).toHaveProperty("message", "init must be an object, but is null");
});

test("never shows the UserSig, in any option", () => {
  for (const change of [
    { region: userSig },
    { region: `${userSig} ` },
    { userSig: undefined, secretKey: userSig, region: userSig },
    { sdkAppId: userSig },
    { region: undefined, baseUrl: userSig },
    { fetch: userSig },
  ]) {
    expect(errorOf(change).message).not.toContain(userSig);
  }
});
