import { expect, test } from "vitest";
import { ApiError, ContactGroupsError, errorCatalogue, type ErrorEntry } from "../src/index.ts";
import { answer, clientOf, rejection } from "./answer.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const entries: readonly ErrorEntry[] = Object.values(errorCatalogue);

async function failure(body: object): Promise<ApiError> {
  const error = await rejection(clientOf(answer(body)).getContactGroup(page));
  if (!(error instanceof ApiError)) throw error;
  return error;
}

test.each(entries)("raises $code $name with its name, info and fix", async (entry) => {
  const info = "said by the service";
  const error = await failure({ ActionStatus: "FAIL", ErrorCode: entry.code, ErrorInfo: info });
  expect(error).toMatchObject({ name: "ApiError", code: entry.code, info, operation: "getContactGroup" });
  expect(error.entry).toEqual(entry);
  expect(error.category).toBe(entry.category);
  for (const part of [String(entry.code), entry.name, info, entry.fix]) expect(error.message).toContain(part);
});

test("raises a code that the catalogue does not know, intact", async () => {
  const error = await failure({ ActionStatus: "FAIL", ErrorCode: 9123456789, ErrorInfo: "" });
  expect(error).toMatchObject({ code: 9123456789, info: "", entry: undefined, category: undefined });
  expect(error.message).toBe("getContactGroup failed with 9123456789 (not in the error catalogue)");
});

test("raises a body that fails by only one of ActionStatus and ErrorCode", async () => {
  expect(await failure({ ActionStatus: "OK", ErrorCode: 90001, ErrorInfo: "x" })).toMatchObject({ code: 90001 });
  expect(await failure({ ActionStatus: "FAIL", ErrorCode: 0, ErrorInfo: "x" })).toMatchObject({ code: 0, info: "x" });
});

test("raises a failure without ErrorInfo", async () => {
  expect(await failure({ ActionStatus: "FAIL", ErrorCode: 90001 })).toMatchObject({ code: 90001, info: "" });
});

test("has one base class and keeps the class in its name", async () => {
  const error = await failure({ ActionStatus: "FAIL", ErrorCode: 1, ErrorInfo: "" });
  expect(error).toBeInstanceOf(ContactGroupsError);
  expect(error).toBeInstanceOf(Error);
  expect(error.name).toBe(error.constructor.name);
});
