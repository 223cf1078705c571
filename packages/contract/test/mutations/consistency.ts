/** Mutations of a provider that loses, repeats, delays or mixes up what it was told. */
import { setImmediate } from "node:timers/promises";
import { codeOf } from "../../src/operations.ts";
import { signUserSig } from "../../src/verify/request.ts";
import { sdkAppId, secretKey } from "../verify/strict-emulator.ts";
import {
  calling,
  changing,
  changingRequest,
  fail,
  type Json,
  type Mutation,
  rewriting,
  succeeding,
} from "./mutation.ts";

const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
const conversations = (response: Json): Json[] => response.ContactItem ?? response.ContactResultItem ?? [];
const isRead = (command: string): boolean => command === "get" || command === "search";

/** Loses some creates: they succeed, and nothing is kept. */
const losing =
  (isLost: (creates: number) => boolean): Mutation["wrap"] =>
  (fetch, emulator) => {
    let creates = 0;
    return calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command !== "create" || response.ErrorCode !== 0 || !isLost(++creates)) return response;
      const [{ GroupName }] = body.GroupContactItem;
      await send("del", { From_Account: body.From_Account, GroupName: [GroupName] });
      return response;
    })!(fetch, emulator);
  };

/** Sends the response to an earlier read again. */
const caching =
  (keyOf: (command: string, body: Json) => string, mostUses = Infinity): Mutation["wrap"] =>
  (fetch, emulator) => {
    const kept = new Map<string, { readonly response: Json; uses: number }>();
    return calling(async ({ command, body }, send) => {
      if (!isRead(command)) return send(command, body);
      const key = keyOf(command, body);
      const found = kept.get(key);
      if (found && found.uses++ < mostUses) return structuredClone(found.response);
      const response = await send(command, body);
      if (response.ErrorCode === 0) kept.set(key, { response, uses: 0 });
      return response;
    })!(fetch, emulator);
  };

/** A call whose response waits for that of another. */
interface OpenCall {
  readonly response: Response;
  swapped?: Response;
}

/** Sends the responses to two calls of these commands that are open at the same time to one another. */
const swapping =
  (...commands: readonly string[]): Mutation["wrap"] =>
  (fetch) => {
    let open: OpenCall | undefined;
    return async (request) => {
      const response = await fetch(request);
      if (!commands.some((command) => request.url.includes(`/${command}_`))) return response;
      const other = open;
      open = undefined;
      if (other) {
        other.swapped = response;
        return other.response;
      }
      const own: OpenCall = { response };
      open = own;
      for (let turn = 0; turn < 20; turn++) if (open === own) await setImmediate();
      if (open === own) open = undefined;
      return own.swapped ?? response;
    };
  };

/** Reads before it writes, and overwrites what another call wrote in the meantime. */
const racing: Mutation["wrap"] = (fetch, emulator) => {
  let open = 0;
  return calling(async ({ command, body }, send) => {
    if (command !== "create") return send(command, body);
    const isAlone = open++ === 0;
    await setImmediate();
    const response = await send(command, body);
    open--;
    if (isAlone || response.ErrorCode !== 0) return response;
    await send("del", { From_Account: body.From_Account, GroupName: [body.GroupContactItem[0].GroupName] });
    return response;
  })!(fetch, emulator);
};

/** Responds to calls whose UserSig has an error as if it were good. */
const accepting =
  (error: string): Mutation["wrap"] =>
  (fetch, emulator) =>
  async (request) => {
    const response = await fetch(request.clone());
    const { ErrorCode } = (await response.clone().json()) as { readonly ErrorCode: number };
    if (ErrorCode !== codeOf(error)) return response;
    const url = new URL(request.url);
    const identifier = url.searchParams.get("identifier") ?? "";
    const issuedAt = Math.floor(emulator.clock.now() / 1000);
    url.searchParams.set("usersig", signUserSig({ sdkAppId, identifier, secretKey, issuedAt, validSeconds: 60 }));
    return fetch(new Request(url, request));
  };

/** Changes each conversation that is read. */
const changingFound = (edit: (conversation: Json) => void, ...commands: readonly string[]): Mutation["wrap"] =>
  changing((response, { command }) => {
    if (isRead(command) && (commands.length === 0 || commands.includes(command))) conversations(response).forEach(edit);
  });

const lists = ["SetMark", "ClearMark"];
/** Changes each item of a marking. */
const changingMarks = (edit: (item: Json) => void): Mutation["wrap"] =>
  changingRequest(({ command, body }) => {
    if (command === "mark" && Array.isArray(body?.MarkItem)) body.MarkItem.forEach(edit);
  });

const reverse = (text: string): string => [...text].toReversed().join("");

export const consistencyMutations: readonly Mutation[] = [
  {
    name: "every tenth create is lost",
    foundBy: "concurrent-creates-are-all-kept",
    wrap: losing((creates) => creates % 10 === 0),
  },
  { name: "every third create is lost", foundBy: "groups-per-user", wrap: losing((creates) => creates % 3 === 0) },
  { name: "every create is lost", foundBy: "created-group-is-found", wrap: losing(() => true) },
  {
    name: "reads come from a cache of requests",
    foundBy: "life-of-a-group",
    wrap: caching((command, body) => JSON.stringify([command, body])),
  },
  {
    name: "reads come from a cache of users",
    foundBy: "life-of-a-group",
    wrap: caching((command, { From_Account }) => JSON.stringify([command, From_Account])),
  },
  {
    name: "the second of two equal reads comes from a cache",
    foundBy: "life-of-a-group",
    wrap: caching((command, body) => JSON.stringify([command, body]), 1),
  },
  {
    name: "reads of all users come from one cache",
    foundBy: "created-group-is-found",
    wrap: caching((command) => command),
  },
  {
    name: "responses to concurrent reads are swapped",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: swapping("get"),
  },
  {
    name: "responses to concurrent creates are swapped",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: swapping("create"),
  },
  {
    name: "responses to concurrent calls are swapped",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: swapping("get", "create", "search", "mark"),
  },
  { name: "one of several concurrent creates is kept", foundBy: "concurrent-creates-are-all-kept", wrap: racing },
  {
    name: "a create makes a second group of the same name",
    foundBy: "empty-group-is-named",
    wrap: succeeding("get", (response) => {
      response.GroupItem = response.GroupItem.flatMap((group: Json) => [
        group,
        { ...group, GroupId: group.GroupId + 1000 },
      ]);
    }),
  },
  {
    name: "an addition is written twice",
    foundBy: "conversations-are-added-and-removed",
    wrap: changingFound((item) => {
      if (item.ContactGroupId) item.ContactGroupId = [...item.ContactGroupId, ...item.ContactGroupId];
    }),
  },
  {
    name: "a deletion is done twice, and reports the second time",
    foundBy: "deleted-group-is-gone",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      return command === "del" && response.ErrorCode === 0 ? send(command, body) : response;
    }),
  },
  {
    name: "a rename is done twice, and reports the second time",
    foundBy: "renamed-group-keeps-its-conversations",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      return command === "update" && response.ErrorCode === 0 && body.UpdateGroup.UpdateGroupType === 1
        ? send(command, body)
        : response;
    }),
  },
  {
    name: "every page is the first",
    foundBy: "all-pages-are-read",
    wrap: changingRequest(({ command, body }) => {
      if (command === "get" && body.StartIndex > 0 && body.StartIndex < 10_000) body.StartIndex = 0;
    }),
  },
  {
    name: "the last page is never sent",
    foundBy: "all-pages-are-read",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command !== "get" || response.CompleteFlag !== 0) return response;
      const next = await send(command, { ...body, StartIndex: response.NextStartIndex });
      return next.CompleteFlag === 1 ? { ...response, CompleteFlag: 1, NextStartIndex: 0 } : response;
    }),
  },
  {
    name: "a later page lacks its first conversation",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response, { body }) => void (body.StartIndex > 0 && response.ContactItem.shift())),
  },
  {
    name: "a page lacks its last conversation",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response) => void (response.CompleteFlag === 0 && response.ContactItem.pop())),
  },
  {
    name: "NextStartIndex is the number of the page",
    foundBy: "all-pages-are-read",
    wrap: succeeding(
      "get",
      (response) =>
        void (response.NextStartIndex > 0 && (response.NextStartIndex = Math.ceil(response.NextStartIndex / 100))),
    ),
  },
  {
    name: "NextStartIndex is text",
    foundBy: "all-pages-are-read",
    wrap: succeeding("get", (response) => void (response.NextStartIndex += "")),
  },
  {
    name: "a page that is not the last is empty",
    foundBy: "all-pages-are-read",
    wrap: succeeding(
      "get",
      (response, { body }) =>
        void (response.CompleteFlag === 0 && body.StartIndex === 0 && (response.ContactItem = [])),
    ),
  },
  {
    name: "a search returns all conversations of the user",
    foundBy: "created-group-is-found",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command !== "search" || response.ErrorCode !== 0) return response;
      const { ContactItem } = await send("get", { From_Account: body.From_Account, StartIndex: 0 });
      return { ...response, ContactResultItem: ContactItem };
    }),
  },
  {
    name: "a search names only groups of the last conversation",
    foundBy: "two-groups-of-a-conversation",
    wrap: succeeding("search", (response) => void (response.GroupItem = response.GroupItem.slice(-1))),
  },
  {
    name: "a search names no group",
    foundBy: "created-group-is-found",
    wrap: succeeding("search", (response) => void (response.GroupItem = [])),
  },
  {
    name: "a conversation is in its first group only",
    foundBy: "two-groups-of-a-conversation",
    wrap: changingFound((item) => {
      item.ContactGroupId &&= item.ContactGroupId.slice(0, 1);
    }),
  },
  {
    name: "a create ignores chat groups",
    foundBy: "chat-group-conversation",
    wrap: changingFound((item) => {
      if (item.Type === 2) item.Type = 1;
    }),
  },
  {
    name: "a change does its first item only",
    foundBy: "conversations-are-added-and-removed",
    wrap: changingRequest(({ command, body }) => {
      if (command === "update") body.UpdateGroup?.ContactUpdateItem?.splice?.(1);
    }),
  },
  {
    name: "failed conversations are not in the results",
    foundBy: "unknown-peer-fails-alone",
    wrap: succeeding("create", ({ GroupResultItem: [group] }) => {
      group.ResultItem = group.ResultItem.filter(({ ResultCode }: Json) => ResultCode === 0);
    }),
  },
  {
    name: "an unknown user has an empty page",
    foundBy: "get-for-unknown-user",
    wrap: changing((response, { command }) =>
      command === "get" && response.ErrorCode === codeOf("UserNotImported")
        ? { ContactItem: [], GroupItem: [], CompleteFlag: 1, NextStartIndex: 0, ...ok }
        : undefined,
    ),
  },
  {
    name: "times are an hour late",
    foundBy: "created-group-is-found",
    wrap: changingFound((item) => {
      item.Timestamp += 3600;
    }),
  },
  {
    name: "times are in the local time of China",
    foundBy: "created-group-is-found",
    wrap: changingFound((item) => {
      item.Timestamp += 8 * 3600;
    }),
  },
  {
    name: "a time is text",
    foundBy: "created-group-is-found",
    wrap: changingFound((item) => {
      item.Timestamp += "";
    }),
  },
  {
    name: "times are 0",
    foundBy: "created-group-is-found",
    wrap: changingFound((item) => {
      item.Timestamp = 0;
    }),
  },
  {
    name: "all bits of marks are reversed",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingFound((item) => {
      item.StandardMark &&= reverse(item.StandardMark);
    }),
  },
  {
    name: "marks have 64 digits from the left",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingFound((item) => {
      item.StandardMark &&= reverse(item.StandardMark.padStart(64, "0"));
    }),
  },
  {
    name: "marks are a decimal number",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingFound((item) => {
      item.StandardMark &&= String(Number.parseInt(item.StandardMark, 2));
    }),
  },
  {
    name: "marks are a hexadecimal number",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingFound((item) => {
      item.StandardMark &&= Number.parseInt(item.StandardMark, 2).toString(16);
    }),
  },
  {
    name: "marks are a JSON number",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingFound((item) => {
      item.StandardMark &&= Number(item.StandardMark);
    }),
  },
  {
    name: "custom marks are never returned",
    foundBy: "custom-mark-is-set-and-cleared",
    wrap: changingFound((item) => {
      delete item.CustomMark;
    }),
  },
  {
    name: "custom marks are not stored",
    foundBy: "custom-mark-is-set-and-cleared",
    wrap: changingMarks((item) => {
      if (item.CustomMark) item.CustomMark = "";
    }),
  },
  {
    name: "ClearMark is ignored",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingMarks((item) => {
      if (item.SetMark) delete item.ClearMark;
    }),
  },
  {
    name: "only one bit is set",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingMarks((item) => {
      item.SetMark?.splice?.(1);
    }),
  },
  {
    name: "bits are set in both lists",
    foundBy: "marks-are-set-and-cleared",
    wrap: changingMarks((item) => {
      const bits = lists.flatMap((name) => (Array.isArray(item[name]) ? item[name] : []));
      if (item.ClearMark?.length && item.SetMark) item.SetMark = [...new Set(bits)];
      if (item.SetMark) delete item.ClearMark;
    }),
  },
  {
    name: "marks of chat groups are lost",
    foundBy: "chat-group-is-marked",
    wrap: changingFound((item) => {
      if (item.Type === 2) item.StandardMark = "";
    }),
  },
  { name: "expired UserSigs are accepted", foundBy: "request-check-usersig-expiry", wrap: accepting("UserSigExpired") },
  {
    name: "truncated UserSigs are accepted",
    foundBy: "request-check-usersig-readable",
    wrap: accepting("UserSigIllegal"),
  },
  {
    name: "the UserSig of another user is accepted",
    foundBy: "request-check-usersig-identifier",
    wrap: accepting("UserSigIdentifierMismatch"),
  },
  {
    name: "the case of the identifier does not count",
    foundBy: "request-check-identifier-case",
    wrap: rewriting((url) => {
      const identifier = url.searchParams.get("identifier");
      if (identifier?.toLowerCase() === "administrator") url.searchParams.set("identifier", "administrator");
    }),
  },
  {
    name: "a missing StartIndex counts as 0",
    foundBy: "rule/getContactGroup/body/StartIndex/required",
    wrap: changingRequest(({ command, body }) => void (command === "get" && (body.StartIndex ??= 0))),
  },
  {
    name: "comments in JSON are ignored",
    foundBy: "request-check-syntax",
    wrap: (fetch) => async (request) => {
      if (request.method !== "POST") return fetch(request);
      const text = Buffer.from(await request.arrayBuffer());
      const body = text.toString("latin1").replaceAll(/\/\*.*?\*\/|,(?=\s*[}\]])/gs, "");
      return fetch(new Request(request.url, { method: "POST", body: Uint8Array.from(Buffer.from(body, "latin1")) }));
    },
  },
  {
    name: "what follows the JSON is ignored",
    foundBy: "request-check-syntax",
    wrap: (fetch) => async (request) => {
      if (request.method !== "POST") return fetch(request);
      const text = await request.clone().text();
      return fetch(new Request(request.url, { method: "POST", body: text.replace(/\} \{\}$/, "}") }));
    },
  },
  {
    name: "calls over the limit have another code of throttling",
    foundBy: "call-rate",
    wrap: changing((response) =>
      response.ErrorCode === codeOf("CallRateExceeded") ? fail("RequestTooFrequent") : undefined,
    ),
  },
  {
    name: "an ID is 0",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: succeeding("create", ({ GroupResultItem: [{ GroupItem }] }) => void (GroupItem.GroupId = 0)),
  },
  {
    name: "an ID is negative",
    foundBy: "created-group-is-found",
    wrap: succeeding("create", ({ GroupResultItem: [{ GroupItem }] }) => void (GroupItem.GroupId *= -1)),
  },
];
