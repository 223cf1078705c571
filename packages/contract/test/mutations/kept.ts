/** Mutations of texts that a provider must keep, and of calls one after the other and at the same time. */
import { changing, changingRequest, type Fetch, type Json, type Mutation, succeeding } from "./mutation.ts";

/** Returns a copy in which the texts of some members are changed. */
function withTexts(value: Json, names: readonly string[], edit: (text: string) => string, name = ""): Json {
  if (typeof value === "string") return names.includes(name) ? edit(value) : value;
  if (Array.isArray(value)) return value.map((item) => withTexts(item, names, edit, name));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [key, withTexts(member, names, edit, key)]));
}

const inRequests = (names: readonly string[], edit: (text: string) => string): Mutation["wrap"] =>
  changingRequest((requested) => void (requested.body = withTexts(requested.body, names, edit)));

const inResponses = (names: readonly string[], edit: (text: string) => string): Mutation["wrap"] =>
  changing((body) => withTexts(body, names, edit));

const groupNames = ["GroupName", "OldGroupName", "NewGroupName"];

function toHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;");
}

/** Applies two mutations. */
function both(one: Mutation["wrap"], other: Mutation["wrap"]): Mutation["wrap"] {
  return (fetch) => {
    const inner = one?.(fetch) ?? fetch;
    return other?.(inner) ?? inner;
  };
}

/** Changes marked conversations in the responses of get and of search. */
function inGetAndSearch(edit: (item: Json) => void): Mutation["wrap"] {
  return both(
    succeeding("get", ({ ContactItem }) => void ContactItem?.forEach(edit)),
    succeeding("search", ({ ContactResultItem }) => void ContactResultItem.forEach(edit)),
  );
}

/** Responds to a read as to the same read before, and gets the current response for the next one. */
function late(command: string): Mutation["wrap"] {
  return (fetch) => {
    const last = new Map<string, Json>();
    return async (request) => {
      if (!request.url.includes(`/${command}_`)) return fetch(request);
      const key = await request.clone().text();
      const current: Json = await (await fetch(request)).json();
      const old = last.get(key) ?? current;
      last.set(key, current);
      return Response.json(old);
    };
  };
}

/** Handles calls that arrive together; `alone` handles the others. */
function together(
  commands: RegExp,
  handle: (requests: readonly Request[], fetch: Fetch) => readonly Promise<Response>[],
) {
  return ((fetch) => {
    let waiting: { readonly request: Request; readonly respond: (response: Promise<Response>) => void }[] = [];
    return (request) => {
      if (!commands.test(request.url)) return fetch(request);
      return new Promise((respond) => {
        waiting.push({ request, respond });
        if (waiting.length > 1) return;
        setImmediate(() => {
          const arrived = waiting;
          waiting = [];
          const responses = handle(
            arrived.map((one) => one.request),
            fetch,
          );
          for (const [index, one] of arrived.entries()) one.respond(responses[index] ?? fetch(one.request));
        });
      });
    };
  }) satisfies Mutation["wrap"];
}

export const keptMutations: readonly Mutation[] = [
  {
    name: "the path is read as a file system without case reads it",
    foundBy: "request-check-path-spelling",
    wrap: (fetch) => async (request) => {
      const url = new URL(request.url);
      url.pathname = url.pathname.toLowerCase().replaceAll(/\/+/g, "/").replace(/\/$/, "");
      const body = request.method === "POST" ? { body: await request.arrayBuffer() } : {};
      return fetch(new Request(url, { method: request.method, ...body }));
    },
  },
  {
    name: "names are trimmed",
    foundBy: "names-are-kept",
    wrap: inRequests(groupNames, (text) => text.trim() || text),
  },
  {
    name: "names are escaped for HTML",
    foundBy: "names-are-kept",
    wrap: inResponses(groupNames, toHtml),
  },
  {
    name: "names are decoded as if they were in a URL",
    foundBy: "names-are-kept",
    wrap: inRequests(groupNames, (text) => text.replaceAll("+", " ")),
  },
  {
    name: "names are normalised",
    foundBy: "names-are-kept",
    wrap: inRequests(groupNames, (text) => text.normalize("NFC")),
  },
  {
    name: "custom marks are trimmed",
    foundBy: "custom-mark-is-kept",
    wrap: inRequests(["CustomMark"], (text) => text.trim()),
  },
  {
    name: "custom marks are escaped for HTML",
    foundBy: "custom-mark-is-kept",
    wrap: inResponses(["CustomMark"], toHtml),
  },
  {
    name: "the case of UserIDs does not count",
    foundBy: "user-ids-differ-by-case",
    wrap: inRequests(["From_Account", "To_Account"], (text) => text.toLowerCase()),
  },
  {
    name: "the case of UserIDs does not count, and responses have them as they were sent",
    foundBy: "user-ids-differ-by-case",
    wrap: inRequests(["From_Account"], (text) => text.toLowerCase()),
  },
  {
    name: "get and search have the bits of marks in reverse order",
    foundBy: "marks-are-the-same-in-get-and-search",
    wrap: inGetAndSearch((item) => void (item.StandardMark = [...item.StandardMark].toReversed().join(""))),
  },
  {
    name: "get and search omit custom marks",
    foundBy: "marks-are-the-same-in-get-and-search",
    wrap: inGetAndSearch((item) => void delete item.CustomMark),
  },
  {
    name: "get has what it had before the last write",
    foundBy: "next-read-sees-a-write",
    wrap: late("get"),
  },
  {
    name: "search has what it had before the last write",
    foundBy: "next-read-sees-a-write",
    wrap: late("search"),
  },
  {
    name: "calls at the same time get the responses of each other",
    foundBy: "calls-at-the-same-time",
    wrap: together(/search_/, (requests, fetch) => requests.map((request) => fetch(request)).toReversed()),
  },
  {
    name: "of creations at the same time, only the first is written",
    foundBy: "calls-at-the-same-time",
    wrap: together(/create_/, (requests, fetch) =>
      requests.map(async (request, index) => {
        const { From_Account, GroupContactItem }: Json = await request.clone().json();
        const response = await fetch(request);
        const url = request.url.replace("create_", "del_");
        const body = JSON.stringify({ From_Account, GroupName: [GroupContactItem[0].GroupName] });
        if (index > 0) await fetch(new Request(url, { method: "POST", body }));
        return response;
      }),
    ),
  },
];
