import { expect, test } from "vitest";
import { createClient, InvalidArgumentError, regions, type ClientOptions } from "../src/index.ts";
import { operations } from "@contact-groups/openapi/model";
import { recorder } from "./respond.ts";
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
  [{ userSig: undefined }, "userSig must be a non-empty string, but is undefined"],
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
  [{ random: 7 }, "random must be a function, but is 7"],
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
