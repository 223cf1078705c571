import createOpenapiFetch from "openapi-fetch";
import { c2c, createClient, type Client, isSuccess } from "@contact-groups/client";
import { operations, requestBodies, type RequestBody, type ResponseBody } from "@contact-groups/openapi/model";
import type { paths } from "@contact-groups/openapi/types";
import { compare, contenders, cpu, heldBytes, type Run } from "../compare.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";

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
const chunkSize = requestBodies.searchContactGroup.fields.ContactItem.maxItems;
const conversations = Array.from({ length: 100_000 }, (_, index) => c2c(`user${index}`));

/** Iterates over `count` conversations. Calls `see` with each, and resolves to what it still holds at the end. */
type Way = (count: number, see: () => void) => Promise<unknown>;

const pagings: Readonly<Record<string, Way>> = {
  "openapi-fetch, a loop that collects": async (count, see) => {
    const api = openapiFetch(count);
    const held = [];
    for (let StartIndex = 0; ;) {
      const body = { ...from, StartIndex };
      const { data } = await api.POST(operations.getContactGroup.path, { params: { query }, body });
      if (!data || !isSuccess(data)) throw new Error("The request for a page failed.");
      for (const item of data.ContactItem ?? []) {
        held.push(item);
        see();
      }
      if (data.CompleteFlag === 1) return held;
      StartIndex = data.NextStartIndex ?? 0;
    }
  },
  "client, for await": async (count, see) => {
    for await (const { groups } of client(count).iterateContactGroup(from)) if (groups[0]?.GroupName) see();
  },
  "client, pages()": async (count, see) => {
    for await (const page of client(count).iterateContactGroup(from).pages()) page.ContactItem?.forEach(see);
  },
  "client, toArray()": async (count, see) => {
    const held = await client(count).iterateContactGroup(from).toArray();
    held.forEach(see);
    return held;
  },
};

const searches: Readonly<Record<string, Way>> = {
  "openapi-fetch, a loop of parts": async (count, see) => {
    const api = openapiFetch(0);
    const held = [];
    for (let start = 0; start < count; start += chunkSize) {
      const body = { ...from, ContactItem: conversations.slice(start, Math.min(start + chunkSize, count)) };
      const { data } = await api.POST(operations.searchContactGroup.path, { params: { query }, body });
      if (!data || !isSuccess(data)) throw new Error("The request for a part failed.");
      for (const item of data.ContactResultItem) {
        held.push(item);
        see();
      }
    }
    return held;
  },
  "client, searchContactGroup": async (count, see) => {
    const ContactItem = conversations.slice(0, count);
    const { ContactResultItem } = await client(0).searchContactGroup({ ...from, ContactItem });
    ContactResultItem.forEach(see);
    return ContactResultItem;
  },
};

export const about =
  "Long lists from a service in the same process. The peer is a loop over openapi-fetch, which has to collect the conversations.";
export const peers: Program["peers"] = ["openapi-fetch"];

export async function* measure({ quick }: Circumstances): AsyncGenerator<Report> {
  const [rounds, paged, searched] = quick ? [3, 100_000, 10_000] : [5, 1_000_000, conversations.length];
  const measures = { "CPU, µs each": cpu, "held in the end, bytes each": heldBytes };
  const all = (ways: typeof pagings, count: number) => contenders(ways, (way) => goThrough(way, count, 1));
  yield compare(`Paging of ${paged} conversations`, all(pagings, paged), measures, rounds);
  yield compare(`Search for ${searched} conversations`, all(searches, searched), measures, rounds);
  for (const [ways, most] of [
    [pagings, paged],
    [searches, searched],
  ] as const) {
    for (const [name, way] of Object.entries(ways).slice(0, 2)) {
      // A short list is repeated, so that each measurement takes as long.
      const lengths = Object.fromEntries([100, 10, 1].map((times) => [`${name}, ${most / times}`, times]));
      const title = `Cost of one conversation by the length of the list: ${name}`;
      const repeated = contenders(lengths, (times) => goThrough(way, most / times, times));
      yield compare(title, repeated, { "CPU, µs each": cpu }, rounds);
    }
  }
}

/** Iterates over a list a number of times. */
async function goThrough(way: Way, count: number, times: number): Promise<Run> {
  let seen = 0;
  let held: unknown;
  for (let time = 0; time < times; time++) held = await way(count, () => void seen++);
  if (seen !== count * times) throw new Error(`${seen} of ${count * times} conversations were seen`);
  return { calls: seen, held };
}

/** Everything is enabled. The rate limit is far above what any machine reaches. */
function client(count: number): Client {
  const { sdkappid, identifier } = query;
  const rateLimit = { calls: 1000, seconds: 0.001 };
  return createClient({ sdkAppId: Number(sdkappid), identifier, userSig, baseUrl, fetch: serviceOf(count), rateLimit });
}

function openapiFetch(count: number): ReturnType<typeof createOpenapiFetch<paths>> {
  return createOpenapiFetch<paths>({ baseUrl, fetch: serviceOf(count) });
}

const groupIds = Array.from({ length: 20 }, (_, index) => index + 1);
const GroupItem = groupIds.map((GroupId) => ({ GroupName: `group ${GroupId}`, GroupId }));
const marks = { StandardMark: "111001", ContactGroupId: groupIds.slice(0, 2), Timestamp: 1775217000 };
const envelope = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" } as const;

/**
 * Returns a service in the process, without a socket, that holds none of its conversations. It has pages of 100 up to `count`, and a search
 * finds everything. Fits as `fetch` of both clients.
 */
function serviceOf(count: number): (input: string | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const url = typeof input === "string" ? input : input.url;
    const text = typeof input === "string" ? String(init?.body) : await input.text();
    return new Response(JSON.stringify(url.includes(operations.getContactGroup.path) ? page(text) : found(text)));
  };

  function page(text: string): ResponseBody<"getContactGroup"> {
    const { StartIndex } = JSON.parse(text) as RequestBody<"getContactGroup">;
    const NextStartIndex = Math.min(StartIndex + 100, count);
    const ContactItem = Array.from({ length: NextStartIndex - StartIndex }, (_, index) => ({
      ...c2c(`user${StartIndex + index}`),
      ...marks,
    }));
    return { ...envelope, ContactItem, GroupItem, CompleteFlag: NextStartIndex === count ? 1 : 0, NextStartIndex };
  }

  function found(text: string): ResponseBody<"searchContactGroup"> {
    const { ContactItem } = JSON.parse(text) as RequestBody<"searchContactGroup">;
    return { ...envelope, ContactResultItem: ContactItem.map((item) => ({ ...item, ...marks })), GroupItem };
  }
}
