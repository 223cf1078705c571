/** Ways to go through all pages, and to search for a long list. */
import createOpenapiFetch from "openapi-fetch";
import { createClient, type Client, type Conversation, type MarkedConversation } from "../dist/index.js";
import type { paths } from "@contact-groups/openapi/types";
import { operations, requestBodies } from "@contact-groups/openapi/model";
import { longListsService } from "./long-lists-service.ts";

const searchChunkSize = requestBodies.searchContactGroup.fields.ContactItem.maxItems;

/** Goes through a user's conversations or a search's results. Tells `see` of each, and resolves to what it holds in the end. */
export type LongList = (see: () => void) => Promise<unknown>;

const from = { From_Account: "user15" };
const baseUrl = "http://service.test";
const userSig = "x".repeat(200);
const query = {
  sdkappid: "1400000000",
  identifier: "administrator",
  usersig: userSig,
  contenttype: "json",
  random: 1,
} as const;

/** Ways through `count` conversations, page by page. The one that all others are divided by comes first. */
export function pagings(count: number): Readonly<Record<string, LongList>> {
  return {
    "openapi-fetch, a loop that collects": async (see) => {
      const api = openapiFetch(count);
      const held: MarkedConversation[] = [];
      for (let StartIndex = 0; ;) {
        const body = { ...from, StartIndex };
        const { data } = await api.POST(operations.getContactGroup.path, { params: { query }, body });
        if (data?.ActionStatus !== "OK") throw new Error("a page was not answered");
        for (const item of data.ContactItem ?? []) {
          held.push(item);
          see();
        }
        if (data.CompleteFlag === 1) return held;
        StartIndex = data.NextStartIndex ?? 0;
      }
    },
    "client, for await": async (see) => {
      for await (const { groups } of client(count).iterateContactGroup(from)) if (groups[0]?.GroupName) see();
    },
    "client, pages()": async (see) => {
      for await (const page of client(count).iterateContactGroup(from).pages()) page.ContactItem?.forEach(see);
    },
    "client, toArray()": async (see) => {
      const held = await client(count).iterateContactGroup(from).toArray();
      held.forEach(see);
      return held;
    },
  };
}

/** Ways to search for a list. The one that all others are divided by comes first. */
export function searches(list: Conversation[]): Readonly<Record<string, LongList>> {
  return {
    "openapi-fetch, a loop of parts": async (see) => {
      const api = openapiFetch(0);
      const held: MarkedConversation[] = [];
      for (let start = 0; start < list.length; start += searchChunkSize) {
        const body = { ...from, ContactItem: list.slice(start, start + searchChunkSize) };
        const { data } = await api.POST(operations.searchContactGroup.path, { params: { query }, body });
        if (data?.ActionStatus !== "OK") throw new Error("a part was not answered");
        for (const item of data.ContactResultItem) {
          held.push(item);
          see();
        }
      }
      return held;
    },
    "client, searchContactGroup": async (see) => {
      const { ContactResultItem } = await client(0).searchContactGroup({ ...from, ContactItem: list });
      ContactResultItem.forEach(see);
      return ContactResultItem;
    },
  };
}

/** Everything is on. The limiter does its work, at a rate that no machine reaches. */
function client(count: number): Client {
  const rateLimit = { calls: 1000, seconds: 0.001 };
  const { sdkappid, identifier } = query;
  return createClient({
    sdkAppId: Number(sdkappid),
    identifier,
    userSig,
    baseUrl,
    fetch: longListsService(count),
    rateLimit,
  });
}

function openapiFetch(count: number): ReturnType<typeof createOpenapiFetch<paths>> {
  return createOpenapiFetch<paths>({ baseUrl, fetch: longListsService(count) });
}
