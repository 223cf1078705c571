import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conversation, OneToOneConversation } from "@contact-groups/openapi/bodies";
import { errorCodes } from "@contact-groups/openapi/model";
import { c2c, g2c } from "../src/conversation.ts";
import type { OperationResult } from "../src/declared.ts";
import { BatchError, ContactGroupsError, NetworkError } from "../src/errors.ts";
import { toApiError } from "../src/response.ts";
import { requestedBy, most, names, request, searchAll, users } from "./searches.ts";
import { conversations, ok, searchService, sendTo } from "./service.ts";

describe("a search of any list", () => {
  it("returns 200,000 conversations, also if the service names them in another way", async () => {
    const many = conversations(200_000);
    expect((await searchAll(searchService(many), request(users(200_000)))).ContactResultItem).toEqual(many);
    const send = sendTo(({ body }) => ({ ...ok, ContactResultItem: requestedBy(body).map(() => ({ Type: 3 })) }));
    expect((await searchAll(send, request(users(200_000)))).ContactResultItem).toHaveLength(200_000);
  });

  it("finds the same conversations as one call of any length", async () => {
    const marked = fc.record({
      id: fc.nat({ max: 900 }),
      isGroup: fc.boolean(),
      ids: fc.uniqueArray(fc.integer({ min: 1, max: 3 })),
    });
    const lists = fc.array(fc.tuple(fc.nat({ max: 900 }), fc.boolean()), { maxLength: 5 * most, size: "max" });
    await fc.assert(
      fc.asyncProperty(
        fc.array(marked, { maxLength: 1000, size: "max" }),
        lists,
        fc.integer({ min: 1, max: 9 }),
        async (stored, list, concurrency) => {
          const all = stored.map(({ id, isGroup, ids }) => ({
            ...named(id, isGroup),
            StandardMark: "",
            ContactGroupId: ids,
            Timestamp: id,
          }));
          const body = request(list.map(([id, isGroup]) => named(id, isGroup)));
          const send = searchService(all, names);
          const giant = await searchService(all, names)("searchContactGroup", body);

          const found = await searchAll(send, body, { concurrency });

          expect(found.ContactResultItem).toEqual(giant.ContactResultItem);
          expect(byId(found.GroupItem)).toEqual(byId(giant.GroupItem));
          for (const call of send.calls) expect(requestedBy(call.body).length).toBeLessThanOrEqual(most);
        },
      ),
      { numRuns: 40 },
    );
  });

  it("ends with a result or a typed error for any response", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(
          fc.constantFrom("ContactResultItem", "GroupItem"),
          fc.oneof(fc.jsonValue(), fc.array(fc.jsonValue())),
        ),
        async (fields) => {
          const search = searchAll(
            sendTo(() => ({ ...ok, ...fields })),
            request(users(most + 1)),
          );
          const error = await search.then(
            () => undefined,
            (reason: unknown) => reason,
          );
          expect(error === undefined || error instanceof ContactGroupsError).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe("a search of any list, with conversations because of which the service refuses a call", () => {
  const refusing = errorCodes.ChatGroupUnavailable;
  const rejectionOf = (code: number) => toApiError("searchContactGroup", code, "gone", undefined, undefined, true);

  /** Has marks of every even user, and refuses calls with any of some users, with others for a reason of its own, and all after some calls. */
  function service(poisoned: ReadonlySet<string>, cursed: ReadonlySet<string>, lastCall: number = Infinity) {
    return sendTo(({ body }, index) => {
      const requested = requestedBy(body) as OneToOneConversation[];
      const any = (set: ReadonlySet<string>) => requested.some(({ To_Account }) => set.has(To_Account));
      if (index >= lastCall) return Promise.reject(new NetworkError("searchContactGroup", undefined));
      if (any(poisoned)) return Promise.reject(rejectionOf(refusing));
      if (any(cursed)) return Promise.reject(rejectionOf(errorCodes.InvalidRequestParameter));
      return { ...ok, ContactResultItem: requested.filter(({ To_Account }) => isEven(To_Account)).toReversed() };
    });
  }

  it("finds one of 300 in about 17 calls", async () => {
    for (const index of [0, 1, 149, 150, 298, 299]) {
      const send = service(new Set([`user${index}`]), new Set());
      const { failures, ContactResultItem } = await searchAll(send, request(users(300)));
      expect(failures).toEqual([
        {
          ContactItem: c2c(`user${index}`),
          ResultCode: refusing,
          ResultInfo: "gone",
          pointer: `/ContactItem/${index}`,
        },
      ]);
      expect(ContactResultItem).toHaveLength(150 - (index % 2 === 0 ? 1 : 0));
      expect(send.calls.length).toBeGreaterThanOrEqual(17);
      expect(send.calls.length).toBeLessThanOrEqual(19);
    }
  });

  it("halves with all calls that it may make at once", async () => {
    let running = 0;
    let peak = 0;
    const inner = service(new Set(["user3", "user200"]), new Set());
    const send = sendTo(async ({ operation, body }) => {
      peak = Math.max(peak, ++running);
      await new Promise((resolve) => setImmediate(resolve));
      running--;
      return inner(operation, body);
    });
    await searchAll(send, request(users(300)), { concurrency: 3 });
    expect(peak).toBe(3);
  });

  it("loses none, keeps the order, and has each in one of results, failures and missing", async () => {
    const some = fc
      .uniqueArray(fc.nat({ max: 700 }), { maxLength: 12 })
      .map((ids) => new Set(ids.map((id) => `user${id}`)));
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.nat({ max: 700 }), { maxLength: 3 * most, size: "max" }),
        some,
        some,
        fc.integer({ min: 1, max: 9 }),
        fc.oneof(fc.constant(Infinity), fc.nat({ max: 60 })),
        async (ids, poisoned, cursed, concurrency, lastCall) => {
          const list = ids.map((id) => c2c(`user${id}`));
          const send = service(poisoned, cursed, lastCall);
          const settled = await searchAll(send, request(list), { concurrency }).then(
            (result) => ({ result, missing: [] as readonly Conversation[] }),
            (error: unknown) =>
              error instanceof BatchError
                ? {
                    result: error.partial as OperationResult<"searchContactGroup">,
                    missing: error.missing as Conversation[],
                  }
                : undefined,
          );

          const refused = [...new Set(ids)].filter((id) => poisoned.has(`user${id}`)).length;
          const parts = Math.ceil(new Set(ids).size / most);
          expect(send.calls.length).toBeLessThanOrEqual(parts + 2 * refused * Math.ceil(Math.log2(most)));
          if (settled === undefined) return;
          const { result, missing } = settled;
          const lost = new Set(missing.map((item) => (item as OneToOneConversation).To_Account));
          expect(lost.size).toBe(missing.length);
          const answered = list.filter(({ To_Account }) => !lost.has(To_Account));
          const isFailed = ({ To_Account }: OneToOneConversation) => poisoned.has(To_Account);
          expect(result.ContactResultItem).toEqual(
            answered.filter((item) => !isFailed(item) && isEven(item.To_Account)),
          );
          const failed = new Map<string, number[]>();
          for (const [index, { To_Account }] of list.entries())
            if (poisoned.has(To_Account) && !lost.has(To_Account))
              failed.set(To_Account, [...(failed.get(To_Account) ?? []), index]);
          // Those of one conversation are together.
          const expected = [...failed.values()].flat();
          expect(indexesOf(result.failures)).toEqual(expected);
          if (lastCall === Infinity)
            for (const id of cursed)
              if (answered.some(({ To_Account }) => To_Account === id)) expect(poisoned).toContain(id);
        },
      ),
      { numRuns: 200 },
    );
  });
});

function indexesOf(failures: readonly { readonly pointer: string | undefined }[]): number[] {
  return failures.map(({ pointer }) => Number(/^\/ContactItem\/(\d+)$/.exec(pointer ?? "")?.[1]));
}

function isEven(userId: string): boolean {
  return Number(userId.slice("user".length)) % 2 === 0;
}

function named(id: number, isGroup: boolean): Conversation {
  return isGroup ? g2c(`id${id}`) : c2c(`id${id}`);
}

function byId(groups: readonly { readonly GroupId: number | string }[] | undefined): unknown {
  return groups?.toSorted((a, b) => Number(a.GroupId) - Number(b.GroupId));
}
