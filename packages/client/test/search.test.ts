import { describe, expect, it } from "vitest";
import type { Conversation, MarkedConversation, SearchContactGroupRequest } from "@contact-groups/openapi/bodies";
import { c2c, g2c } from "../src/conversation.ts";
import { InvalidArgumentError } from "../src/errors.ts";
import { rejection } from "./respond.ts";
import { bundle } from "./bundle.ts";
import { requestedBy, known, most, names, request, searchAll, users } from "./searches.ts";
import { conversations, ok, searchService, sendTo } from "./service.ts";

describe("a search", () => {
  it("passes a list that one call can hold, and its response, on", async () => {
    const response = { ...ok, ContactResultItem: conversations(1), Later: 1 };
    const send = sendTo(() => response);
    const body = request(users(most));
    const init = { headers: { "x-trace": "1" } };

    expect(await searchAll(send, body, init)).toEqual({ ...response, failures: [] });
    expect(send.calls).toEqual([{ operation: "searchContactGroup", body, init }]);
    expect(send.calls[0]?.body).toBe(body);
  });

  it("splits by the limit of the description", async () => {
    const { maxItems } = bundle.components.schemas["SearchContactGroupRequest"]!.properties!["ContactItem"]!;
    expect(most).toBe(maxItems);
    const send = searchService(known);
    await searchAll(send, request(users(2 * most + 1)));
    expect(send.calls.map(({ body }) => requestedBy(body).length)).toEqual([most, most, 1]);
  });

  it("keeps the order of the request, whichever part gets its response first", async () => {
    const list = users(known.length).toReversed();
    const service = searchService(known);
    let release: () => void = () => {};
    const first = new Promise<void>((resolve) => (release = resolve));
    const send = sendTo(async ({ operation, body }, index) => {
      if (index === 0) await first;
      else if (index === 3) release();
      return service(operation, body as SearchContactGroupRequest);
    });
    const { ContactResultItem } = await searchAll(send, request(list));
    expect(ContactResultItem).toEqual(known.toReversed());
  });

  it("sends a repeated conversation once and returns it at each of its places", async () => {
    const send = searchService(known);
    const { ContactResultItem } = await searchAll(
      send,
      request([c2c("user1"), c2c("user2"), c2c("user1"), c2c("nobody")]),
    );
    expect(ContactResultItem).toEqual([known[1], known[2], known[1]]);
    expect(send.calls).toMatchObject([{ body: { ContactItem: [c2c("user1"), c2c("user2")].concat(c2c("nobody")) } }]);
  });

  it("distinguishes a user from a chat group of the same ID", async () => {
    const [user] = conversations(1);
    const group: MarkedConversation = { Type: 2, ToGroupId: "user0", StandardMark: "1", Timestamp: 1 };
    const send = searchService([user!, group]);
    const { ContactResultItem } = await searchAll(send, request([g2c("user0"), c2c("user0"), g2c("user0")]));
    expect(ContactResultItem).toEqual([group, user, group]);
  });

  it("recognises a conversation whose Type a gateway turned into text", async () => {
    const send = sendTo(({ body }) => ({
      ...ok,
      ContactResultItem: (requestedBy(body) as Conversation[])
        .map((item) => ({ ...item, Type: String(item.Type) }))
        .toReversed(),
    }));
    const { ContactResultItem } = await searchAll(send, request([c2c("a"), g2c("b"), c2c("a")]));
    expect(ContactResultItem).toMatchObject([{ To_Account: "a" }, { ToGroupId: "b" }, { To_Account: "a" }]);
  });

  it("keeps conversations of the response that were not requested", async () => {
    const send = sendTo(({ body }) => ({ ...ok, ContactResultItem: [...requestedBy(body), g2c("more")] }));
    const { ContactResultItem } = await searchAll(send, request([c2c("a"), c2c("a")]));
    expect(ContactResultItem).toEqual([c2c("a"), c2c("a"), g2c("more")]);
  });

  it("merges the group tables, each group once", async () => {
    const list = known.map((item, index) => ({ ...item, ContactGroupId: index < most ? [1] : [2, 1] }));
    const { GroupItem } = await searchAll(searchService(list, names), request(users(known.length)));
    expect(GroupItem).toEqual([
      { GroupId: 1, GroupName: "family" },
      { GroupId: 2, GroupName: "work" },
    ]);
  });

  it("has no group table where the service sends none", async () => {
    const send = sendTo(() => ({ ...ok, ContactResultItem: [] }));
    expect(await searchAll(send, request(users(most + 1)))).toEqual({ ...ok, ContactResultItem: [], failures: [] });
  });

  it.each([1, 2, most, most + 1])(
    "has the order of the request, also for %d conversations in another one",
    async (n) => {
      const send = sendTo(({ body }) => ({ ...ok, ContactResultItem: requestedBy(body).toReversed() }));
      expect((await searchAll(send, request(users(n)))).ContactResultItem).toEqual(users(n));
    },
  );

  it("of an empty list has an empty result, and sends nothing", async () => {
    const send = sendTo(() => ok);
    expect(await searchAll(send, request([]))).toEqual({ ...ok, ContactResultItem: [], failures: [] });
    const aborted = AbortSignal.abort(new Error("no longer needed"));
    expect(await rejection(searchAll(send, request([]), { signal: aborted }))).toBe(aborted.reason);
    expect(send.calls).toEqual([]);
  });

  it("keeps the envelope and the other fields of the first part's response", async () => {
    const send = sendTo((_, index) => ({ ...ok, ContactResultItem: [], RequestId: `id-${index}` }));
    expect(await searchAll(send, request(users(most + 1)))).toEqual({
      ...ok,
      ContactResultItem: [],
      failures: [],
      RequestId: "id-0",
    });
  });

  it("passes the headers, the signal and the times to each call", async () => {
    const send = searchService(known);
    const init = { signal: new AbortController().signal, headers: { "x-trace": "1" }, timeoutMs: 10, deadlineMs: 20 };
    await searchAll(send, request(users(most + 1)), init);
    expect(send.calls).toMatchObject([{ init }, { init }]);
  });

  it.each([[undefined], [null], ["user0"], [{ length: 2 }], [Array(3)]])(
    "leaves a list of %j to the checks of the call",
    async (list) => {
      const send = sendTo(() => ok);
      const body = { From_Account: "user15", ContactItem: list } as unknown as SearchContactGroupRequest;
      await searchAll(send, body);
      expect(send.calls[0]?.body).toBe(body);
    },
  );

  it("sends every item that names no conversation, unchanged", async () => {
    const items = [null, null, 3, "user0", {}, { Type: 1 }, { Type: 1 }, { Type: 3, To_Account: "user0" }];
    const list = [...items, ...users(300)] as Conversation[];
    const send = searchService([]);
    await searchAll(send, request(list));
    expect(send.calls.flatMap(({ body }) => requestedBy(body))).toEqual(list);
  });
});

describe("the check", () => {
  it("sees the whole list before a part of it is sent", async () => {
    const send = searchService(known);
    const wrong = new InvalidArgumentError("/ContactItem/7/To_Account", "a string", "3");
    const body = request(users(known.length));
    const seen: object[] = [];
    const check = (whole: object) => {
      seen.push(whole);
      throw wrong;
    };
    expect(await rejection(searchAll(send, body, {}, check))).toBe(wrong);
    expect(seen).toEqual([body]);
    expect(send.calls).toHaveLength(0);
  });

  it("is left to the call where there is one call", async () => {
    const check = () => {
      throw new Error("checked twice");
    };
    expect((await searchAll(searchService(known), request(users(1)), {}, check)).ContactResultItem).toHaveLength(1);
  });
});

describe("concurrency", () => {
  it("is 4 unless given, and never more than given", async () => {
    expect(await mostAtOnce(undefined)).toBe(4);
    expect(await mostAtOnce(1)).toBe(1);
    expect(await mostAtOnce(7)).toBe(7);
    expect(await mostAtOnce(100)).toBe(10);
  });

  it.each([[0], [-1], [1.5], [NaN], [Infinity], ["2"]])("rejects %j", async (concurrency) => {
    const send = sendTo(() => ok);
    const init = { concurrency: concurrency as number };
    expect(await rejection(searchAll(send, request(users(1)), init))).toBeInstanceOf(InvalidArgumentError);
    expect(send.calls).toHaveLength(0);
  });

  async function mostAtOnce(concurrency: number | undefined): Promise<number> {
    let running = 0;
    let peak = 0;
    const send = sendTo(async () => {
      peak = Math.max(peak, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return { ...ok, ContactResultItem: [] };
    });
    await searchAll(send, request(users(10 * most)), { concurrency });
    return peak;
  }
});
