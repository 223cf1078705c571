import { describe, expect, it } from "vitest";
import type { SearchContactGroupRequest } from "@contact-groups/openapi/bodies";
import { BatchError, ContactGroupsError, NetworkError, ProtocolError } from "../src/errors.ts";
import type { Send } from "../src/call-init.ts";
import { describe as describeError } from "../src/metadata.ts";
import { toApiError } from "../src/response.ts";
import { rejection } from "./respond.ts";
import { known, most, names, request, searchAll, users } from "./searches.ts";
import { ok, searchService, sendTo, type SentCall } from "./service.ts";

describe("BatchError of a search", () => {
  const metadata = { attempts: 3, durationMs: 700, waitedMs: 400 };
  const cause = describeError(new NetworkError("searchContactGroup", new Error("connection lost")), metadata);

  /** Fails the parts with these numbers, in the order sent. */
  function failing(parts: readonly number[], reason: unknown = cause): Send & { readonly calls: SentCall[] } {
    const service = searchService(known, names);
    return sendTo(({ operation, body }, index) =>
      parts.includes(index) ? Promise.reject(reason) : service(operation, body as SearchContactGroupRequest),
    );
  }

  it("has the conversations found, those missing, and the cause", async () => {
    const error = await rejection(searchAll(failing([1]), request(users(2 * most + 100)), { concurrency: 3 }));

    expect(error).toBeInstanceOf(BatchError);
    expect(error).toBeInstanceOf(ContactGroupsError);
    expect(error).toMatchObject({
      name: "BatchError",
      operation: "searchContactGroup",
      ...metadata,
      retryable: true,
      cause,
      partial: {
        ...ok,
        ContactResultItem: [...known.slice(0, most), ...known.slice(2 * most, 2 * most + 100)],
        GroupItem: [{ GroupId: 1, GroupName: "family" }],
      },
      missing: users(2 * most).slice(most),
    });
    expect(String(error)).toContain(`no result for ${most} of ${2 * most + 100} items (see missing and partial)`);
    expect(String(error)).toContain(cause.message);
  });

  it("has the first of several causes", async () => {
    const later = new NetworkError("searchContactGroup", undefined);
    const send = sendTo((_, index) => (index === 0 ? ok : Promise.reject(index === 1 ? cause : later)));
    expect(await rejection(searchAll(send, request(users(2 * most + 100))))).toMatchObject({ cause });
  });

  it("has the code of its cause", async () => {
    const limited = Object.assign(new NetworkError("searchContactGroup", undefined), { code: 60007 });
    expect(await rejection(searchAll(failing([0], limited), request(users(most + 1))))).toMatchObject({ code: 60007 });
  });

  it("has an empty partial result where nothing was found", async () => {
    const service = sendTo((_, index) => (index === 0 ? ok : Promise.reject(cause)));
    const error = await rejection(searchAll(service, request(users(most + 1)), { concurrency: 1 }));
    expect(error).toMatchObject({ partial: { ...ok, ContactResultItem: [] }, missing: users(most + 1).slice(most) });
  });

  it("has each missing conversation once", async () => {
    const list = [...users(most + 1), ...users(most + 1)];
    expect(await rejection(searchAll(failing([1]), request(list)))).toMatchObject({
      missing: users(most + 1).slice(most),
    });
  });

  it("starts no further part, and waits for those that were sent", async () => {
    const send = failing([0]);
    const error = await rejection(searchAll(send, request(users(known.length)), { concurrency: 2 }));
    expect(send.calls).toHaveLength(2);
    expect(error).toMatchObject({ partial: { ContactResultItem: known.slice(most, 2 * most) } });
  });

  it("is not thrown for a response whose lists are not lists", async () => {
    for (const field of ["ContactResultItem", "GroupItem"]) {
      const send = sendTo(() => ({ ...ok, [field]: "nothing" }));
      expect(await rejection(searchAll(send, request(users(most + 1))))).toBeInstanceOf(ProtocolError);
    }
  });

  it("is thrown after all other parts, where a part fails for a reason of its own", async () => {
    const send = failing([1, 2], toApiError("searchContactGroup", 50002, "", undefined, undefined, true));
    const error = await rejection(searchAll(send, request(users(known.length)), { concurrency: 1 }));
    expect(send.calls).toHaveLength(Math.ceil(known.length / most));
    expect(error).toMatchObject({ code: 50002, missing: users(3 * most).slice(most) });
    expect(error).toMatchObject({
      partial: { ContactResultItem: [...known.slice(0, most), ...known.slice(3 * most)] },
    });
  });

  it("is not thrown where the first parts are all refused: the reason is taken to be common", async () => {
    const refused = toApiError("searchContactGroup", 60010, "", undefined, undefined, true);
    const send = sendTo(() => Promise.reject(refused));
    expect(await rejection(searchAll(send, request(users(100 * most)), { concurrency: 1 }))).toBe(refused);
    expect(send.calls).toHaveLength(4);
  });

  it.each([
    ["the credentials", 70009],
    ["the app", 60020],
    ["the rate", 60007],
    ["the service", 50004],
  ])("is thrown at once where %s are the reason, with %d", async (_, code) => {
    const send = failing([1], toApiError("searchContactGroup", code, "", undefined, undefined, true));
    const error = await rejection(searchAll(send, request(users(known.length)), { concurrency: 1 }));
    expect(send.calls).toHaveLength(2);
    expect(error).toMatchObject({ code, missing: users(known.length).slice(most) });
  });

  it("prints none of the conversations", async () => {
    const error = await rejection(searchAll(failing([1]), request(users(most + 1))));
    expect(JSON.stringify(error)).not.toContain("user1");
  });

  it("is not thrown where no part has a result: the first error is passed on", async () => {
    expect(await rejection(searchAll(failing([0]), request(users(most))))).toBe(cause);
    expect(await rejection(searchAll(failing([0]), request([...users(1), ...users(1)])))).toBe(cause);
    expect(await rejection(searchAll(failing([0]), request(users(3 * most)), { concurrency: 1 }))).toBe(cause);
  });

  it("is not thrown for an aborted search: the signal's reason is passed on", async () => {
    const reason = new Error("no longer needed");
    expect(await rejection(searchAll(failing([1], reason), request(users(2 * most + 100))))).toBe(reason);
    const refused = toApiError("searchContactGroup", 50002, "", undefined, undefined, true);
    const both = sendTo((_, index) => (index === 0 ? ok : Promise.reject(index === 1 ? refused : reason)));
    expect(await rejection(searchAll(both, request(users(3 * most)), { concurrency: 1 }))).toBe(reason);
  });
});
