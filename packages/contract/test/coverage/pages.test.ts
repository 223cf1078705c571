import { expect, test } from "vitest";
import { pagesOf } from "../../src/coverage/coverage.ts";
import { call, failure, recorded } from "./recorded.ts";

const item = { Type: 1, To_Account: "user_0002", StandardMark: "", Timestamp: 0 };

/** A call for a page, with this many conversations in the response and the next index. */
function page(start: number, items: number, next?: number, user = "user_0001"): ReturnType<typeof call> {
  const response = {
    ActionStatus: "OK",
    ErrorCode: 0,
    ErrorInfo: "",
    ContactItem: Array.from({ length: items }, () => item),
    CompleteFlag: next === undefined ? 1 : 0,
    NextStartIndex: next ?? 0,
  };
  return call("getContactGroup", { From_Account: user, StartIndex: start }, response);
}

const kinds = async (...calls: ReturnType<typeof page>[]) => Object.fromEntries(pagesOf(await recorded(calls)));
const none = { "one page": 0, "several pages": 0, "last page": 0, "empty page": 0 };

test("counts a first page that is also the last as one page", async () => {
  expect(await kinds(page(0, 2))).toEqual({ ...none, "one page": 1 });
});

test("counts an incomplete page when the next one is requested", async () => {
  expect(await kinds(page(0, 2, 2))).toEqual(none);
  expect(await kinds(page(0, 2, 2), page(2, 1))).toEqual({ ...none, "several pages": 1, "last page": 1 });
});

test("does not count the page of another user or start index as the next page", async () => {
  expect(await kinds(page(0, 2, 2), page(2, 1, 4, "user_0003"))).toEqual(none);
  expect(await kinds(page(0, 2, 2), page(1, 1, 9))).toEqual(none);
});

test("counts a page without conversations as an empty page, not as one page", async () => {
  expect(await kinds(page(0, 0))).toEqual({ ...none, "empty page": 1 });
});

test("does not count a failure as a page", async () => {
  const calls = [call("getContactGroup", { From_Account: "user_0001", StartIndex: 0 }, failure(50001))];
  expect(Object.fromEntries(pagesOf(await recorded(calls)))).toEqual(none);
});
