import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Conversation } from "@contact-groups/openapi/bodies";
import { c2c, g2c } from "../src/conversation.ts";
import { ContactGroupsError } from "../src/errors.ts";
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

function named(id: number, isGroup: boolean): Conversation {
  return isGroup ? g2c(`id${id}`) : c2c(`id${id}`);
}

function byId(groups: readonly { readonly GroupId: number }[] | undefined): unknown {
  return groups?.toSorted((a, b) => a.GroupId - b.GroupId);
}
