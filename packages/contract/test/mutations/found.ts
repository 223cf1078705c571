/** Mutations of what get and search return: pages, conversations, times, marks and IDs. */
import { codeOf } from "../code-of.ts";
import { calling, changing, changingRequest, type Json, type Mutation, succeeding } from "./mutation.ts";

const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
const conversations = (response: Json): Json[] => response.ContactItem ?? response.ContactResultItem ?? [];
const isRead = (command: string): boolean => command === "get" || command === "search";

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

export const foundMutations: readonly Mutation[] = [
  {
    name: "an addition is written twice",
    foundBy: "conversations-are-added-and-removed",
    wrap: changingFound((item) => {
      if (item.ContactGroupId) item.ContactGroupId = [...item.ContactGroupId, ...item.ContactGroupId];
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
