import { expect, test } from "vitest";
import { createClient, InvalidArgumentError, regions, type ClientOptions } from "../src/index.ts";
import { operations } from "@contact-groups/openapi/model";
import { recorder } from "./respond.ts";
import { seededRandom } from "./seeded-random.ts";

const userSig = "eJw-a-usersig_of*tests";
const good = { sdkAppId: 1400000000, identifier: "administrator", userSig, region: "singapore" };

function refusal(change: Record<string, unknown>): InvalidArgumentError {
  try {
    createClient({ ...good, ...change } as unknown as ClientOptions);
  } catch (error) {
    if (error instanceof InvalidArgumentError) return error;
    throw error;
  }
  throw new Error("createClient took the options");
}

test.each([
  [{ sdkAppId: undefined }, "sdkAppId: expected a positive integer, found undefined"],
  [{ sdkAppId: "1400000000" }, "sdkAppId: expected a positive integer, found text"],
  [{ sdkAppId: 0 }, "sdkAppId: expected a positive integer, found the number 0"],
  [{ identifier: "" }, "identifier: expected text that is not empty, found empty text"],
  [{ identifier: "\ud800" }, "identifier: expected text that a URL can hold, found text with half of a surrogate pair"],
  [{ userSig: undefined }, "userSig: expected text that is not empty, found undefined"],
  [{ userSig: "" }, "userSig: expected text that is not empty, found empty text"],
  [{ fetch: "fetch" }, "fetch: expected a function, found text"],
  [{ secretKey: "key" }, "secretKey: expected no secretKey next to a userSig, found both"],
  [{ userSig: undefined, secretKey: "" }, "secretKey: expected text that is not empty, found empty text"],
  [{ userSig: 7 }, "userSig: expected text that is not empty, found the number 7"],
  [{ transport: {} }, "transport: expected a function, found an object"],
  [{ onRetry: "log" }, "onRetry: expected a function, found text"],
  [{ onAttempt: "log" }, "onAttempt: expected a function, found text"],
  [{ timeoutMs: 0 }, "timeoutMs: expected milliseconds from 1 to 2147483647, found the number 0"],
  ...[0, -1, 1.5, Number.NaN, Infinity, 2 ** 29].map((bytes): [Record<string, unknown>, string] => [
    { maxResponseBytes: bytes },
    `maxResponseBytes: expected a whole number of bytes from 1 to 536870888, found the number ${bytes}`,
  ]),
  [{ maxResponseBytes: "5 MB" }, "maxResponseBytes: expected a whole number of bytes from 1 to 536870888, found text"],
  [{ deadlineMs: "1" }, "deadlineMs: expected milliseconds from 1 to 2147483647, found text"],
  [
    { rateLimit: { calls: 0, seconds: 1 } },
    "rateLimit: expected 1 to 100000 calls in up to 86400 seconds, found 0 in 1",
  ],
  [{ random: 7 }, "random: expected a function, found the number 7"],
  [{ baseUrl: "http://127.0.0.1" }, "baseUrl: expected no baseUrl next to a region, found both"],
])("rejects %o", (change, message) => {
  expect(refusal(change).message).toBe(message);
});

test("rejects an unknown region, and lists those that are known", () => {
  const error = refusal({ region: "atlantis" });
  expect(error).toMatchObject({ name: "InvalidArgumentError", argument: "region" });
  for (const region of Object.keys(regions)) expect(error.message).toContain(region);
  expect(error.message).toMatch(/found "atlantis"$/);
  expect(refusal({ region: "toString" }).argument).toBe("region");
  expect(refusal({ region: undefined }).argument).toBe("region");
});

test.each([
  ["service.test", "text that is not a URL"],
  [7, "the number 7"],
  ["ftp://service.test", "a URL of another scheme"],
  ["https://me:secret@service.test", "a URL with credentials"],
  [`https://service.test/?usersig=${userSig}`, "a URL with a query"],
  ["https://service.test/#top", "a URL with a fragment"],
])("rejects the base URL %s", (baseUrl, found) => {
  const error = refusal({ region: undefined, baseUrl });
  expect(error.message).toBe(
    `baseUrl: expected an http or https URL without credentials, query or fragment, found ${found}`,
  );
});

test("rejects a docs URL that is not a URL", () => {
  expect(refusal({ docsUrl: "docs.example.com" }).argument).toBe("docsUrl");
});

test.each(["https://service.test/chat", "https://service.test/chat/", "https://service.test/chat//"])(
  "takes the base URL %s",
  async (baseUrl) => {
    const { fetch, requests } = recorder();
    const client = createClient({ sdkAppId: 1, identifier: "a", userSig, baseUrl, fetch, random: seededRandom() });
    await client.getContactGroup({ From_Account: "user15", StartIndex: 0 });
    expect(requests[0]?.url.split("?")[0]).toBe(`https://service.test/chat${operations.getContactGroup.path}`);
  },
);

test("never shows the UserSig, in whichever option it was given", () => {
  for (const change of [
    { region: userSig },
    { region: `${userSig} ` },
    { userSig: undefined, secretKey: userSig, region: userSig },
    { sdkAppId: userSig },
    { region: undefined, baseUrl: userSig },
    { fetch: userSig },
  ]) {
    expect(refusal(change).message).not.toContain(userSig);
  }
});
