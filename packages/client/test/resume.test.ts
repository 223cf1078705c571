import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Conversation } from "@contact-groups/openapi/bodies";
import { errorCodes } from "@contact-groups/openapi/model";
import {
  addToContactGroup,
  BatchError,
  c2c,
  markConversations,
  NetworkError,
  type OperationId,
  type Progress,
} from "../src/index.ts";
import { toApiError } from "../src/response.ts";
import { createMockClient } from "../src/testing.ts";
import { rejection } from "./respond.ts";
import { known, most, names, request, requestedBy, searchAll, users } from "./searches.ts";
import { collect, conversations, iterateContactGroup, ok, pagesOf, searchService, sendTo } from "./service.ts";

type Seen = Progress<OperationId>;
const lost = new NetworkError("searchContactGroup", undefined);

describe("onProgress of a long list", () => {
  test("is called after each part, with its result and what is done altogether", async () => {
    const seen: Seen[] = [];
    const onProgress = (progress: Seen) => seen.push(progress);
    const list = users(known.length);
    const result = await searchAll(searchService(known, names), request(list), { concurrency: 1, onProgress });
    const parts = [
      known.slice(0, most),
      known.slice(most, 2 * most),
      known.slice(2 * most, 3 * most),
      known.slice(3 * most),
    ];
    expect(seen.map((one) => one.result)).toMatchObject(parts.map((ContactResultItem) => ({ ContactResultItem })));
    expect(seen.map(({ done }) => done)).toEqual([most, 2 * most, 3 * most, known.length]);
    expect(seen.every(({ total, failed }) => total === known.length && failed === 0)).toBe(true);
    expect(result.ContactResultItem).toEqual(known);
  });

  test("has the conversation because of which a part is refused, with its pointer into the whole list", async () => {
    const refused = toApiError("searchContactGroup", errorCodes.ChatGroupUnavailable, "", undefined, undefined, true);
    const has = (body: object) =>
      requestedBy(body).some((one) => (one as { To_Account: string }).To_Account === "user301");
    const send = sendTo(({ body }) => (has(body) ? Promise.reject(refused) : ok));
    const seen: Seen[] = [];
    await searchAll(send, request(users(most + 2)), { onProgress: (progress: Seen) => seen.push(progress) });
    expect(seen.flatMap(({ result }) => (result as { failures?: readonly object[] }).failures ?? [])).toMatchObject([
      { ContactItem: c2c("user301"), pointer: "/ContactItem/301" },
    ]);
    expect(seen.at(-1)).toMatchObject({ done: most + 2, total: most + 2, failed: 1 });
  });

  test.each([
    [
      "throws",
      () => {
        throw new Error("disk full");
      },
    ],
    [
      "rejects with",
      async () => {
        throw new Error("disk full");
      },
    ],
  ])("stops the job by what it %s", async (_, onProgress) => {
    const fetch = searchService(known);
    const search = searchAll(fetch, request(users(3 * most)), { concurrency: 1, onProgress });
    expect(await rejection(search)).toEqual(new Error("disk full"));
    expect(fetch.calls).toHaveLength(1);
  });

  test("is awaited before the next part is sent", async () => {
    const fetch = searchService(known);
    const calls: number[] = [];
    const onProgress = async () => {
      await new Promise((resolve) => setImmediate(resolve));
      calls.push(fetch.calls.length);
    };
    await searchAll(fetch, request(users(3 * most)), { concurrency: 1, onProgress });
    expect(calls).toEqual([1, 2, 3]);
  });

  test.each([
    ["addToContactGroup", addToContactGroup, { GroupName: "family" }],
    ["markConversations", markConversations, { set: ["star"] }],
  ] as const)(
    "keeps what %s had done before it was aborted, with pointers into the caller's list",
    async (_, call, more) => {
      const client = createMockClient();
      const controller = new AbortController();
      const list = users(250);
      const failing = (item: object) => ({ ...item, ResultCode: JSON.stringify(item).includes("user150") ? 50001 : 0 });
      client.mock.always("updateContactGroup", ({ UpdateGroup }: any) => ({
        body: { ...ok, UpdateGroupResult: { ContactResultItem: UpdateGroup.ContactUpdateItem.map(failing) } } as never,
      }));
      client.mock.always("markContact", ({ MarkItem }) => ({
        body: { ...ok, ResultItem: MarkItem.map(failing) } as never,
      }));
      const seen: Seen[] = [];
      const onProgress = (progress: Seen) => {
        if (seen.push(progress) === 2) controller.abort(new Error("no longer needed"));
      };
      const init = { onProgress, signal: controller.signal } as object;
      const body = { From_Account: "user15", ContactItem: list, ...more } as never;
      const error = await rejection((call as (...args: unknown[]) => Promise<object>)(client, body, init));
      expect(error).toBe(controller.signal.reason);
      expect(seen.map(({ done, total, failed }) => [done, total, failed])).toEqual([
        [100, 250, 0],
        [200, 250, 1],
      ]);
      const { failures } = seen[1]!.result as unknown as { failures: object[] };
      expect(failures).toMatchObject([{ pointer: "/ContactItem/150" }]);

      const sent = client.mock.calls.length;
      const resumed = (call as (...args: unknown[]) => Promise<object>)(client, body, { resume: seen[1]!.resume });
      expect(await resumed).toMatchObject({ failures: [] });
      const rest = client.mock.calls.slice(sent);
      expect(rest).toHaveLength(1);
      const ids = list.map(({ To_Account }: any) => To_Account);
      expect(ids.filter((id) => JSON.stringify(rest).includes(`"${id}"`))).toEqual(["user15", ...ids.slice(200)]);
    },
  );
});

describe("resume of a long list", () => {
  test("sends only what is missing, and returns its results", async () => {
    const list = users(known.length);
    const failing = sendTo(async ({ operation, body }, index) => {
      if (index === 2) throw lost;
      return searchService(known)(operation, body);
    });
    const error = await rejection(searchAll(failing, request(list), { concurrency: 1 }));
    if (!(error instanceof BatchError)) throw error;
    const send = searchService(known);
    const { ContactResultItem } = await searchAll(send, request(list), { resume: error.resume });
    expect(send.calls.flatMap(({ body }) => requestedBy(body))).toEqual(list.slice(2 * most));
    expect(ContactResultItem).toEqual(known.slice(2 * most));
    expect(typeof JSON.parse(JSON.stringify(error.resume))).toBe("string");
  });

  test("of a list that is done sends nothing", async () => {
    let resume = "";
    const onProgress = (progress: Seen) => (resume = progress.resume);
    await searchAll(searchService(known), request(users(most + 1)), { onProgress });
    const send = searchService(known);
    expect(await searchAll(send, request(users(most + 1)), { resume })).toMatchObject({
      ContactResultItem: [],
      failures: [],
    });
    expect(send.calls).toEqual([]);
  });

  test.each([
    ["another list", request(users(most + 2))],
    ["another order", request(users(most + 1).toReversed())],
    ["another user", { ...request(users(most + 1)), From_Account: "user16" }],
  ])("is rejected with %s", async (_, other) => {
    let resume = "";
    const onProgress = (progress: Seen) => (resume = progress.resume);
    await searchAll(searchService(known), request(users(most + 1)), { onProgress });
    const send = searchService(known);
    const error = await rejection(searchAll(send, other, { resume }));
    expect(error).toMatchObject({
      kind: "argument",
      argument: "resume",
      message: "resume must be the text of a call of searchContactGroup with the same body, but is another",
    });
    expect(send.calls).toEqual([]);
  });

  test.each(["", "null", "{", "[]", "[1,2]", '"x"'])("is rejected where it is %j", async (resume) => {
    expect(await rejection(searchAll(searchService(known), request(users(1)), { resume }))).toMatchObject({
      argument: "resume",
    });
  });

  test("ends with each conversation sent once, in any number of processes and for any order of the parts", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 2000 }), { maxLength: 4 * most, size: "max" }),
        fc.array(fc.nat({ max: 4 }), { maxLength: 6 }),
        fc.integer({ min: 1, max: 5 }),
        async (ids, crashes, concurrency) => {
          const body = request(ids.map((id) => c2c(`user${id}`)));
          const found: Conversation[] = [];
          let resume: string | undefined;
          for (const lastCall of [...crashes, Infinity]) {
            const send = sendTo(({ body: part }, index) =>
              index >= lastCall ? Promise.reject(lost) : { ...ok, ContactResultItem: requestedBy(part) },
            );
            const onProgress = ({ result, resume: text }: Seen) => {
              found.push(...((result as { ContactResultItem?: Conversation[] }).ContactResultItem ?? []));
              resume = text;
            };
            await searchAll(send, body, { concurrency, onProgress, resume }).catch((error: unknown) => {
              if (error instanceof BatchError) expect(error.resume).toBe(resume);
              else expect(error).toBe(lost);
            });
          }
          const sort = (list: Conversation[]) => list.map((one) => JSON.stringify(one)).toSorted();
          expect(sort(found)).toEqual(sort(body.ContactItem));
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("an iteration", () => {
  const body = { From_Account: "user15" };
  const pages = Array.from({ length: 3 }, (_, page) => ({
    ContactItem: conversations(2, [1]).map((one) => ({
      ...one,
      To_Account: `page${page}-${"To_Account" in one && one.To_Account}`,
    })),
    ...(page === 0 && { GroupItem: [{ GroupId: 1, GroupName: "family" }] }),
  }));

  test("calls onProgress once the items of a page are used, and continues after it", async () => {
    const all = await collect(iterateContactGroup(pagesOf(...pages), body));
    const seen: Progress<"getContactGroup">[] = [];
    const iterator = iterateContactGroup(pagesOf(...pages), body, { onProgress: (progress) => seen.push(progress) });
    expect(iterator.resume).toBeUndefined();
    const used: unknown[] = [];
    for await (const item of iterator) if (used.push(item) === 3) break;
    expect(seen).toMatchObject([{ done: 2, total: undefined, failed: 0, resume: iterator.resume, result: pages[0] }]);

    const send = pagesOf(...pages);
    const rest = iterateContactGroup(send, body, { resume: iterator.resume });
    expect(await rest.toArray()).toEqual(all.slice(2));
    expect(send.calls.map((call) => (call.body as { StartIndex: number }).StartIndex)).toEqual([1, 2]);
    expect(await iterateContactGroup(send, body, { resume: rest.resume }).toArray()).toEqual([]);
    expect(send.calls).toHaveLength(2);
  });

  test("continues with the pages too", async () => {
    const iterator = iterateContactGroup(pagesOf(...pages), body);
    let count = 0;
    for await (const _ of iterator.pages()) if (++count === 2) break;
    const rest = await collect(iterateContactGroup(pagesOf(...pages), body, { resume: iterator.resume }).pages());
    expect(rest.map(({ ContactItem }) => ContactItem)).toEqual([pages[1]!.ContactItem, pages[2]!.ContactItem]);
  });

  test("rejects the resume of another user", async () => {
    const iterator = iterateContactGroup(pagesOf(...pages), body);
    await iterator.toArray();
    const send = pagesOf(...pages);
    const other = iterateContactGroup(send, { From_Account: "user16" }, { resume: iterator.resume }).toArray();
    expect(await rejection(other)).toMatchObject({ argument: "resume", operation: "getContactGroup" });
    expect(send.calls).toEqual([]);
  });

  test("ends with what onProgress throws, and requests no further page", async () => {
    const send = pagesOf(...pages);
    const onProgress = () => Promise.reject(new Error("disk full"));
    const items = iterateContactGroup(send, { From_Account: "user15" }, { onProgress }).toArray();
    expect(await rejection(items)).toEqual(new Error("disk full"));
    expect(send.calls).toHaveLength(1);
  });
});

describe("the lane", () => {
  const lanes = (send: { readonly calls: readonly { readonly init: object | undefined }[] }) =>
    new Set(send.calls.map(({ init }) => (init as { lane?: string } | undefined)?.lane));

  test("is bulk for the parts of a list and the pages of an iteration, unless given", async () => {
    const service = searchService(known);
    await searchAll(service, request(users(most + 1)));
    expect(lanes(service)).toEqual(new Set(["bulk"]));
    const pages = pagesOf({}, {});
    await collect(iterateContactGroup(pages, { From_Account: "user15" }));
    expect(lanes(pages)).toEqual(new Set(["bulk"]));
    const own = searchService(known);
    await searchAll(own, request(users(most + 1)), { lane: "interactive" });
    expect(lanes(own)).toEqual(new Set(["interactive"]));
  });

  test("is that of the client for a list that one call can hold", async () => {
    const service = searchService(known);
    await searchAll(service, request(users(most)));
    expect(lanes(service)).toEqual(new Set([undefined]));
  });
});
