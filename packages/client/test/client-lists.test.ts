import { describe, expect, it } from "vitest";
import { respondWith, respondInTurn, clientOf, failed, rejection } from "./respond.ts";
import { most } from "./searches.ts";
import { conversations, ok } from "./service.ts";
import { requestExamples, successExamples } from "@contact-groups/openapi/model";
import {
  BatchError,
  c2c,
  InvalidArgumentError,
  PartialFailureError,
  RequestError,
  type Fetch,
  type SearchContactGroupRequest,
} from "../src/index.ts";

const body = { From_Account: "user15" };
const many = { ...body, ContactItem: Array.from({ length: 2 * most + 100 }, (_, index) => c2c(`user${index}`)) };
const { FirstOfTwoPages, LastOfTwoPages } = successExamples.getContactGroup;

describe("a client", () => {
  it("iterates over the pages, with the names of the groups", async () => {
    const client = clientOf(respondInTurn(FirstOfTwoPages, LastOfTwoPages));
    const items = await client.iterateContactGroup(body).toArray();
    expect(items).toMatchObject([...(FirstOfTwoPages.ContactItem ?? []), ...(LastOfTwoPages.ContactItem ?? [])]);
    expect(items[0]?.groups).toEqual([{ GroupId: 1, GroupName: "family" }]);
  });

  it("rejects an iteration with the reason of its signal, and sends nothing more", async () => {
    const fetch = respondInTurn(FirstOfTwoPages, LastOfTwoPages);
    const controller = new AbortController();
    const pages = clientOf(fetch).iterateContactGroup(body, { signal: controller.signal }).pages();
    const items = pages[Symbol.asyncIterator]();
    await items.next();
    controller.abort(new Error("no longer needed"));
    expect(await rejection(items.next())).toBe(controller.signal.reason);
    expect(fetch.count()).toBe(1);
  });

  it("rejects a negative StartIndex", async () => {
    const fetch = respondInTurn(FirstOfTwoPages);
    const error = await rejection(
      clientOf(fetch)
        .iterateContactGroup({ ...body, StartIndex: -1 })
        .toArray(),
    );
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ pointer: "/StartIndex" });
    expect(fetch.count()).toBe(0);
  });

  it("searches for more than one call can take", async () => {
    const { ContactResultItem } = await clientOf(searching()).searchContactGroup(many);
    expect(ContactResultItem).toEqual(conversations(2 * most + 100));
  });

  it("throws the error of a part of a search, and keeps the results of the others", async () => {
    const service = searching();
    const fetch: Fetch = (url, init) =>
      String(init.body).includes(`"user${most}"`) ? respondWith(failed(50002))(url, init) : service(url, init);
    const error = await rejection(clientOf(fetch, { retry: false }).searchContactGroup(many));
    expect(error).toBeInstanceOf(BatchError);
    expect(error).toMatchObject({
      code: 50002,
      cause: expect.any(RequestError),
      missing: many.ContactItem.slice(most, 2 * most),
    });
    expect(error).toMatchObject({ partial: { ContactResultItem: { length: most + 100 } } });
  });

  it("rejects a long search with an invalid conversation before it sends a part", async () => {
    const fetch = respondInTurn(ok);
    const ContactItem = many.ContactItem.with(most + 50, c2c(""));
    const error = await rejection(clientOf(fetch).searchContactGroup({ ...body, ContactItem }));
    expect(error).toBeInstanceOf(InvalidArgumentError);
    expect(error).toMatchObject({ pointer: `/ContactItem/${most + 50}/To_Account` });
    expect(fetch.count()).toBe(0);
  });

  it("has an empty result for a search of an empty list, and sends nothing", async () => {
    const fetch = respondInTurn(ok);
    const client = clientOf(fetch);
    const empty = { ...ok, ContactResultItem: [], failures: [] };
    expect(await client.searchContactGroup({ ...body, ContactItem: [] })).toEqual(empty);
    expect(await client.safe.searchContactGroup({ ...body, ContactItem: [] })).toEqual({ ok: true, data: empty });
    const wrong = client.searchContactGroup({ From_Account: "", ContactItem: [] });
    expect(await rejection(wrong)).toMatchObject({ pointer: "/From_Account" });
    expect(fetch.count()).toBe(0);
  });

  it("lists the conversation because of which a search is refused, or throws it with throwOnPartialFailure", async () => {
    const service = searching();
    const fetch: Fetch = (url, init) =>
      String(init.body).includes(`"user${most}"`) ? respondWith(failed(51007))(url, init) : service(url, init);
    const { failures, ContactResultItem } = await clientOf(fetch).searchContactGroup(many);
    expect(failures).toMatchObject([{ ContactItem: c2c(`user${most}`), ResultCode: 51007 }]);
    expect(ContactResultItem).toHaveLength(many.ContactItem.length - 1);
    const strict = clientOf(fetch, { throwOnPartialFailure: true });
    const error = await rejection(strict.searchContactGroup(many));
    expect(error).toBeInstanceOf(PartialFailureError);
    expect(error).toMatchObject({
      failures,
      message: expect.stringContaining(`1 of ${many.ContactItem.length} items`),
    });
    const safe = await clientOf(fetch, { throwOnPartialFailure: true }).safe.searchContactGroup(many);
    if (safe.error instanceof PartialFailureError) expect(safe.error.failures[0]?.pointer).toBe(`/ContactItem/${most}`);
    else throw new Error("no partial failure");
  });

  it("rejects a search with the reason of its signal", async () => {
    const signal = AbortSignal.abort(new Error("no longer needed"));
    expect(await rejection(clientOf(searching()).searchContactGroup(many, { signal }))).toBe(signal.reason);
  });

  it("lists the conversations that a create did not add", async () => {
    const { PartialFailure } = successExamples.createContactGroup;
    const client = clientOf(respondWith(PartialFailure));
    const { failures } = await client.createContactGroup(requestExamples.createContactGroup.PartialFailure);
    expect(failures).toMatchObject([{ ResultCode: 51007, pointer: "/GroupContactItem/0/ContactItem/1" }]);
  });

  it("throws them with throwOnPartialFailure", async () => {
    const { PartialFailure } = successExamples.createContactGroup;
    const client = clientOf(respondWith(PartialFailure), { throwOnPartialFailure: true });
    const error = await rejection(client.createContactGroup(requestExamples.createContactGroup.PartialFailure));
    expect(error).toBeInstanceOf(PartialFailureError);
    const result = await client.safe.createContactGroup(requestExamples.createContactGroup.PartialFailure);
    expect(result.error).toBeInstanceOf(PartialFailureError);
  });
});

/** Finds every conversation that is requested. */
function searching(): Fetch {
  return (_, init) => {
    const { ContactItem } = JSON.parse(String(init.body)) as SearchContactGroupRequest;
    const marks = { StandardMark: "", ContactGroupId: [], Timestamp: 0 };
    return Promise.resolve(
      Response.json({ ...ok, ContactResultItem: ContactItem.map((item) => ({ ...item, ...marks })) }),
    );
  };
}
