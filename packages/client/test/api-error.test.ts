import { expect, test } from "vitest";
import { errorCatalogue, explain, type ErrorEntry } from "../src/catalogue.ts";
import {
  ApiError,
  ApplicationError,
  AuthError,
  ContactGroupsError,
  RequestError,
  ThrottleError,
  TransientError,
  type ErrorCategory,
} from "../src/index.ts";
import { respondWith, clientOf, failed, rejection } from "./respond.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const entries: readonly ErrorEntry[] = Object.values(errorCatalogue);
const classes: Readonly<Record<ErrorCategory, typeof ApiError>> = {
  request: RequestError,
  auth: AuthError,
  throttle: ThrottleError,
  transient: TransientError,
  application: ApplicationError,
};

async function failure(body: object, options = {}): Promise<ApiError> {
  const error = await rejection(clientOf(respondWith(body), { retry: false, ...options }).getContactGroup(page));
  if (!(error instanceof ApiError)) throw error;
  return error;
}

test.each(entries)("throws $code $name as the class of $category", async (entry) => {
  const error = await failure(failed(entry.code));
  expect(error.constructor).toBe(classes[entry.category]);
  expect(error).toMatchObject({
    name: error.constructor.name,
    code: entry.code,
    entryName: entry.name,
    category: entry.category,
    retry: entry.retry,
    // The UserSig of this client is a fixed one.
    retryable: !["never", "refresh-usersig"].includes(entry.retry),
    info: "said by the service",
    operation: "getContactGroup",
    attempts: 1,
  });
  expect(explain(error.code)).toBe(entry);
});

test.each(entries)("says what failed and what to do about $code", async ({ code, name }) => {
  const { message } = await failure(failed(code));
  expect(message).toMatch(new RegExp(`^getContactGroup failed with ${code} ${name}: said by the service - \\S.*[.?]`));
});

test("adds the hint of codes whose message is misleading", async () => {
  const hinted = entries.filter(({ hint }) => hint !== undefined);
  expect(hinted).not.toEqual([]);
  for (const { code, hint } of hinted) expect((await failure(failed(code))).message).toContain(hint);
});

test("links to the official document that lists the code", async () => {
  const documents = { 51013: "https://www.tencentcloud.com/", 51010: "https://trtc.io/document/" };
  for (const [code, start] of Object.entries(documents)) {
    const { docsUrl, message } = await failure(failed(Number(code)));
    expect(docsUrl).toMatch(new RegExp(`^${start}`));
    expect(message).toContain(docsUrl);
  }
});

test("links to the code's page of the docs site in the option docsUrl", async () => {
  const error = await failure(failed(51010), { docsUrl: "https://docs.example.com/chat/" });
  expect(error.docsUrl).toBe("https://docs.example.com/chat/errors/51010/");
  expect(error.message).toMatch(/ See https:\/\/docs\.example\.com\/chat\/errors\/51010\/$/);
});

test("throws a code that the catalogue does not list as an ApiError with that code", async () => {
  const error = await failure(failed(9123456789, ""), { docsUrl: "https://docs.example.com" });
  expect(error.constructor).toBe(ApiError);
  expect(error).toMatchObject({ name: "ApiError", code: 9123456789, info: "", retryable: false });
  expect([error.entryName, error.category, error.retry, error.docsUrl]).toEqual(Array(4).fill(undefined));
  expect(error.message).toBe("getContactGroup failed with 9123456789 (not in the error catalogue)");
  expect(explain(9123456789)).toBeUndefined();
});

test("does not read the names of inherited properties as codes", async () => {
  expect(explain("toString" as never)).toBeUndefined();
});

test("keeps the RequestId, if the service sends one", async () => {
  expect((await failure({ ...failed(51010), RequestId: "Id-7" })).requestId).toBe("Id-7");
  expect((await failure(failed(51010))).requestId).toBeUndefined();
  expect((await failure({ ...failed(51010), RequestId: 7 })).requestId).toBeUndefined();
});

test("has one base class and keeps the class in its name", async () => {
  const error = await failure(failed(1));
  expect(error).toBeInstanceOf(ContactGroupsError);
  expect(error).toBeInstanceOf(Error);
});

test("has the wait of the error catalogue in retryAfterMs", async () => {
  expect((await failure(failed(70050))).retryAfterMs).toBe(60_000);
  expect((await failure(failed(60018))).retryAfterMs).toBeUndefined();
});
