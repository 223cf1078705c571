import { describe, expect, it } from "vitest";
import { InvalidArgumentError, ProtocolError } from "../src/errors.ts";
import { rejection } from "./respond.ts";
import { collect, conversations, iterateContactGroup, ok, pagesOf, sendTo } from "./service.ts";

const body = { From_Account: "user15" };

describe("iterateContactGroup", () => {
  it("iterates over the conversations of all pages in their order", async () => {
    const [first, second, third] = conversations(3);
    const send = pagesOf({ ContactItem: [first!, second!] }, { ContactItem: [third!] });

    const items = await collect(iterateContactGroup(send, body));

    expect(items).toMatchObject([first, second, third]);
    expect(send.calls).toMatchObject([
      { operation: "getContactGroup", body: { From_Account: "user15", StartIndex: 0 } },
      { operation: "getContactGroup", body: { From_Account: "user15", StartIndex: 1 } },
    ]);
  });

  it("ends on CompleteFlag 1 with any NextStartIndex", async () => {
    const send = pagesOf({ CompleteFlag: 1, NextStartIndex: 1 }, {});
    await collect(iterateContactGroup(send, body));
    expect(send.calls).toHaveLength(1);
  });

  it("ends on a response that does not say that there is more", async () => {
    const send = sendTo(() => ok);
    expect(await collect(iterateContactGroup(send, body))).toEqual([]);
    expect(send.calls).toHaveLength(1);
  });

  it("continues after an empty page and after one without a list", async () => {
    const [only] = conversations(1);
    const send = pagesOf({ ContactItem: [] }, {}, { ContactItem: [only!] });
    expect(await collect(iterateContactGroup(send, body))).toMatchObject([only]);
  });

  it("reads CompleteFlag and NextStartIndex that a gateway turned into text", async () => {
    const send = sendTo((_, index) => ({ ...ok, CompleteFlag: String(index), NextStartIndex: "7" }));
    await collect(iterateContactGroup(send, body));
    expect(send.calls).toMatchObject([{ body: { StartIndex: 0 } }, { body: { StartIndex: 7 } }]);
  });

  it.each([
    [5],
    [4],
    [0],
    [-1],
    [5.5],
    [2 ** 53],
    [undefined],
    [null],
    ["more"],
    [{}],
    [{ valueOf: null, toString: null }],
  ])("throws a ProtocolError when CompleteFlag is 0 and NextStartIndex changes from 5 to %j", async (next) => {
    const send = sendTo(() => ({ ...ok, ContactItem: conversations(1), CompleteFlag: 0, NextStartIndex: next }));
    const items = iterateContactGroup(send, { ...body, StartIndex: 5 })[Symbol.asyncIterator]();

    expect((await items.next()).value).toMatchObject({ To_Account: "user0" });
    const error = await rejection(items.next());

    expect(error).toBeInstanceOf(ProtocolError);
    expect(error).toMatchObject({ operation: "getContactGroup", retryable: false });
    expect(String(error)).toContain("its NextStartIndex does not advance");
    expect(send.calls).toHaveLength(1);
  });

  it("sends nothing more after break", async () => {
    const send = pagesOf({ ContactItem: conversations(2) }, { ContactItem: conversations(2) });
    for await (const item of iterateContactGroup(send, body)) if (conversationOf(item) === "user1") break;
    expect(send.calls).toHaveLength(1);
  });

  it("starts at the body's StartIndex", async () => {
    const send = pagesOf({}, {}, {}, {});
    await collect(iterateContactGroup(send, { ...body, StartIndex: 3 }));
    await collect(iterateContactGroup(send, { ...body, StartIndex: 2 }));
    expect(send.calls).toMatchObject([
      { body: { StartIndex: 3 } },
      { body: { StartIndex: 2 } },
      { body: { StartIndex: 3 } },
    ]);
  });

  it("starts at the first page with each loop", async () => {
    const items = iterateContactGroup(pagesOf({ ContactItem: conversations(2) }), body);
    expect(await collect(items)).toHaveLength(2);
    expect(await collect(items)).toHaveLength(2);
  });

  it("passes the signal, the headers and the times to each call", async () => {
    const send = pagesOf({}, {});
    const init = { signal: new AbortController().signal, headers: { "x-trace": "1" }, timeoutMs: 10, deadlineMs: 20 };
    await collect(iterateContactGroup(send, body, init));
    expect(send.calls).toMatchObject([{ init }, { init }]);
  });

  it("leaves a body that is not an object to the checks of the call", async () => {
    const send = pagesOf({});
    await collect(iterateContactGroup(send, undefined as unknown as typeof body));
    expect(send.calls).toMatchObject([{ body: { StartIndex: 0 } }]);
  });

  it("passes on what a call rejects with", async () => {
    const reason = new Error("stop");
    const items = iterateContactGroup(
      sendTo(() => Promise.reject(reason)),
      body,
    );
    expect(await rejection(collect(items))).toBe(reason);
  });

  it("throws a ProtocolError for a list that is not a list", async () => {
    for (const page of [{ ContactItem: 3 }, { ContactItem: {} }, { ContactItem: [null] }, { GroupItem: "family" }])
      expect(
        await rejection(
          collect(
            iterateContactGroup(
              sendTo(() => ({ ...ok, ...page })),
              body,
            ),
          ),
        ),
      ).toBeInstanceOf(ProtocolError);
  });
});

describe("names of conversation groups", () => {
  const family = { GroupId: 1, GroupName: "family" };
  const work = { GroupId: 2, GroupName: "work" };

  it("are joined in, in the order of ContactGroupId", async () => {
    const send = pagesOf({ ContactItem: conversations(1, [2, 1]), GroupItem: [family, work] });
    expect(await collect(iterateContactGroup(send, body))).toMatchObject([
      { ContactGroupId: [2, 1], groups: [work, family] },
    ]);
  });

  it("are remembered from earlier pages", async () => {
    const send = pagesOf({ GroupItem: [family] }, { ContactItem: conversations(1, [1, 2]), GroupItem: [work] });
    expect(await collect(iterateContactGroup(send, body))).toMatchObject([{ groups: [family, work] }]);
  });

  it("are undefined for an ID that no page has named", async () => {
    const send = pagesOf({ ContactItem: conversations(1, [3]), GroupItem: [family] });
    expect((await collect(iterateContactGroup(send, body)))[0]?.groups).toEqual([{ GroupId: 3, GroupName: undefined }]);
  });

  it("are an empty list for a conversation in no group", async () => {
    const { ContactGroupId: _, ...item } = conversations(1)[0]!;
    const send = pagesOf({ ContactItem: [item], GroupItem: [family] });
    expect(await collect(iterateContactGroup(send, body))).toEqual([{ ...item, groups: [] }]);
  });
});

describe("pages", () => {
  it("are as the service sends them, with the start of the next one", async () => {
    const send = pagesOf({ ContactItem: conversations(1) }, { ContactItem: [] }, { ContactItem: conversations(2) });
    const seen: unknown[] = [];
    let StartIndex: number | undefined;
    for await (const page of iterateContactGroup(send, body).pages()) {
      seen.push(page.ContactItem);
      StartIndex = page.NextStartIndex;
      break;
    }
    for await (const page of iterateContactGroup(send, { ...body, StartIndex }).pages()) seen.push(page.ContactItem);

    expect(seen).toEqual([conversations(1), [], conversations(2)]);
    expect(send.calls).toHaveLength(3);
  });
});

describe("toArray", () => {
  it("collects all conversations", async () => {
    const send = pagesOf({ ContactItem: conversations(2) }, { ContactItem: conversations(3) });
    expect(await iterateContactGroup(send, body).toArray()).toHaveLength(5);
  });

  it.each([
    [0, 0, 0],
    [1, 1, 1],
    [2, 2, 1],
    [3, 3, 2],
    [9, 4, 2],
  ])("with a limit of %i collects %i items and requests %i pages", async (limit, count, calls) => {
    const send = pagesOf({ ContactItem: conversations(2) }, { ContactItem: conversations(2) });
    expect(await iterateContactGroup(send, body).toArray({ limit })).toHaveLength(count);
    expect(send.calls).toHaveLength(calls);
  });

  it.each([[-1], [NaN]])("rejects a limit of %d", async (limit) => {
    const send = pagesOf({});
    expect(await rejection(iterateContactGroup(send, body).toArray({ limit }))).toBeInstanceOf(InvalidArgumentError);
    expect(send.calls).toHaveLength(0);
  });
});

function conversationOf(item: object): unknown {
  return "To_Account" in item ? item.To_Account : undefined;
}
