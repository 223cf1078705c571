/** Mutations of what is kept: for how long, next to what else, and which bits, bytes and characters of it. */
import { requestBodies } from "@contact-groups/openapi/model";
import { codeOf } from "../code-of.ts";
import {
  calling,
  changing,
  changingRequest,
  fail,
  instead,
  type Json,
  type Mutation,
  signedAnew,
  succeeding,
} from "./mutation.ts";

const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
const { fields: deletion } = requestBodies.delContactGroup;
const [mostOfUserId, mostOfName] = [deletion.From_Account.maxBytes, deletion.GroupName.items.maxBytes];
const mostChanges =
  requestBodies.updateContactGroup.fields.UpdateGroup.alternatives[1].fields.ContactUpdateItem.maxItems;
const removal = (ContactItem: Json): Json => ({ ContactOptType: 2, ContactItem });
const update = (From_Account: string, OldGroupName: string, ...ContactUpdateItem: Json[]): Json => ({
  From_Account,
  UpdateType: 1,
  UpdateGroup: { UpdateGroupType: 2, OldGroupName, ContactUpdateItem },
});

/** Changes the texts of a field where they are read. */
const reading = (field: "GroupName" | "CustomMark", edit: (text: string) => string): Mutation["wrap"] =>
  changing((response, { command }) => {
    if (command !== "get" && command !== "search") return;
    const items: Json[] =
      field === "GroupName" ? response.GroupItem : (response.ContactItem ?? response.ContactResultItem);
    for (const item of items ?? []) if (typeof item[field] === "string") item[field] = edit(item[field]);
  });

/** Takes a name for that of an earlier group of the user, when both look the same to a collation. */
const comparing =
  (fold: (text: string) => string): Mutation["wrap"] =>
  (fetch, emulator) => {
    const names = new Map<string, string>();
    return changingRequest(({ command, body }) => {
      const [group] = command === "create" && Array.isArray(body.GroupContactItem) ? body.GroupContactItem : [];
      if (typeof group?.GroupName !== "string") return;
      const key = `${body.From_Account} ${fold(group.GroupName)}`;
      group.GroupName = names.get(key) ?? group.GroupName;
      names.set(key, group.GroupName);
    })!(fetch, emulator);
  };

const isSearch = ({ url }: Request): boolean => url.includes("/search_");

const [end, forms, kept] = [
  "writes-are-kept-to-the-end",
  "names-keep-blanks-and-unicode-forms",
  "texts-are-kept-as-they-are",
];

export const keptMutations: readonly Mutation[] = [
  {
    name: "a group is forgotten after some calls",
    foundBy: end,
    wrap: (fetch, emulator) => {
      const created: { readonly body: Json; age: number }[] = [];
      return calling(async ({ command, body }, send) => {
        for (const group of created) group.age++;
        const old = created.findIndex(({ age }) => age > 1);
        if (old !== -1) {
          const [{ body: group } = { body: undefined }] = created.splice(old, 1);
          const GroupName = [group.GroupContactItem[0].GroupName];
          await send("del", { From_Account: group.From_Account, GroupName });
        }
        const response = await send(command, body);
        if (command === "create" && response.ErrorCode === 0) created.push({ body, age: 0 });
        return response;
      })!(fetch, emulator);
    },
  },
  {
    name: "every read has a later Timestamp",
    foundBy: end,
    wrap: (fetch, emulator) => {
      let reads = 0;
      return succeeding("get", (response) => {
        reads++;
        for (const item of response.ContactItem) item.Timestamp += reads;
      })!(fetch, emulator);
    },
  },
  {
    name: "only the first mark is written",
    foundBy: end,
    wrap: (fetch, emulator) => {
      let calls = 0;
      return calling(async ({ command, body }, send) => {
        if (command !== "mark" || !body.MarkItem?.[0]?.ContactItem || ++calls === 1) return send(command, body);
        const results = body.MarkItem.map(({ OptType, ContactItem }: Json) => ({ OptType, ContactItem }));
        return { ...ok, ResultItem: results.map((item: Json) => ({ ...item, ResultCode: 0, ResultInfo: "" })) };
      })!(fetch, emulator);
    },
  },
  {
    name: "a removal removes the conversation from every group",
    foundBy: "conversations-are-added-and-removed",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command !== "update" || response.ErrorCode !== 0) return response;
      const removed = (body.UpdateGroup.ContactUpdateItem ?? []).filter((item: Json) => item.ContactOptType === 2);
      const { GroupItem } = await send("get", { From_Account: body.From_Account, StartIndex: 0 });
      if (removed.length > 0)
        for (const { GroupName } of GroupItem)
          if (GroupName !== body.UpdateGroup.OldGroupName)
            await send("update", update(body.From_Account, GroupName, ...removed));
      return response;
    }),
  },
  {
    name: "the last of as many changes as the limit is lost",
    foundBy: "conversations-per-update",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      const changes: Json[] = body.UpdateGroup?.ContactUpdateItem ?? [];
      if (response.ErrorCode === 0 && changes.length === mostChanges)
        await send(
          "update",
          update(body.From_Account, body.UpdateGroup.OldGroupName, removal(changes.at(-1).ContactItem)),
        );
      return response;
    }),
  },
  {
    name: "a call with the same random has the response of the one before",
    foundBy: "calls-with-the-same-random",
    wrap: (fetch, emulator) => {
      const sent = new Map<string, Json>();
      return calling(async ({ command, body, query }, send) => {
        const key = `${command} ${query.get("random")}`;
        const response = sent.get(key) ?? (await send(command, body));
        sent.set(key, response);
        return response;
      })!(fetch, emulator);
    },
  },
  {
    name: "one bit in the middle is not set",
    foundBy: "every-bit-can-be-set",
    wrap: changingRequest(({ command, body }) => {
      if (command !== "mark" || !Array.isArray(body.MarkItem)) return;
      for (const item of body.MarkItem)
        if (Array.isArray(item?.SetMark)) item.SetMark = item.SetMark.filter((bit: number) => bit !== 17);
    }),
  },
  {
    name: "custom marks are cut at 128 characters",
    foundBy: "custom-mark-bytes",
    wrap: reading("CustomMark", (text) => text.slice(0, 128)),
  },
  {
    name: "custom marks that are JSON are parsed and written again",
    foundBy: kept,
    wrap: reading("CustomMark", (text) => (text.startsWith("{") ? JSON.stringify(JSON.parse(text)) : text)),
  },
  {
    name: "a change returns another UpdateType",
    foundBy: "renamed-group-keeps-its-conversations",
    wrap: succeeding("update", (response) => void (response.UpdateType = 2)),
  },
  {
    name: "results of markings have the OptType of standard marks",
    foundBy: "custom-mark-is-set-and-cleared",
    wrap: succeeding("mark", ({ ResultItem }) => {
      for (const item of ResultItem) item.OptType = 1;
    }),
  },
  {
    name: "a search finds at most 255 conversations",
    foundBy: "grouped-conversations",
    wrap: succeeding("search", ({ ContactResultItem }) => void ContactResultItem.splice(255)),
  },
  {
    name: "of several concurrent markings, only the first is written",
    foundBy: "concurrent-changes-are-all-kept",
    wrap: (fetch, emulator) => {
      let running = 0;
      return calling(async ({ command, body }, send) => {
        if (command !== "mark") return send(command, body);
        const isFirst = ++running === 1;
        const response = await send(command, body);
        await undefined;
        const clear = (item: Json): Json => ({ OptType: 1, ContactItem: item.ContactItem, ClearMark: item.SetMark });
        if (!isFirst && response.ErrorCode === 0) await send(command, { ...body, MarkItem: body.MarkItem.map(clear) });
        running--;
        return response;
      })!(fetch, emulator);
    },
  },
  {
    name: "concurrent creates exceed the limit of groups",
    foundBy: "concurrent-creates-keep-the-limit",
    wrap: (fetch, emulator) => {
      const beyond: Json[] = [];
      return calling(async ({ command, body }, send) => {
        const response = await send(command, body);
        if (command === "get" && response.GroupItem) response.GroupItem.push(...beyond);
        if (command !== "create" || response.ErrorCode !== codeOf("TooManyConversationGroups")) return response;
        const GroupItem = { GroupName: body.GroupContactItem[0].GroupName, GroupId: 1000 + beyond.length };
        beyond.push(GroupItem);
        return { ...ok, GroupResultItem: [{ GroupItem, ResultItem: [] }] };
      })!(fetch, emulator);
    },
  },
  {
    name: "a search does not check the signature",
    foundBy: "request-checks-of-every-operation",
    wrap: (fetch, emulator) => (request) => (isSearch(request) ? signedAnew(fetch, emulator)(request) : fetch(request)),
  },
  {
    name: "UserSigs are accepted for a day after they expired",
    foundBy: "request-check-usersig-expiry",
    wrap: (fetch, emulator) => async (request) => {
      const response = await fetch(request.clone());
      const { ErrorCode } = (await response.clone().json()) as { readonly ErrorCode: number };
      if (ErrorCode !== codeOf("UserSigExpired")) return response;
      emulator.clock.advance(-86_400_000);
      const again = await fetch(request);
      emulator.clock.advance(86_400_000);
      return again;
    },
  },
  {
    name: "a call with an expired UserSig is rejected after it was done",
    foundBy: "request-check-before-writing",
    wrap: (fetch, emulator) => async (request) => {
      const response = await fetch(request.clone());
      const { ErrorCode } = (await response.clone().json()) as { readonly ErrorCode: number };
      if (ErrorCode === codeOf("UserSigExpired")) await signedAnew(fetch, emulator)(request);
      return response;
    },
  },
  {
    name: "a rejected marking marks its first conversation",
    foundBy: "rejected-change-writes-nothing",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command === "mark" && response.ErrorCode !== 0 && body.MarkItem?.length > 1)
        await send("mark", { ...body, MarkItem: body.MarkItem.slice(0, 1) });
      return response;
    }),
  },
  {
    name: "a rejected change adds its first conversation",
    foundBy: "rejected-change-writes-nothing",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      const [first, ...others] = body.UpdateGroup?.ContactUpdateItem ?? [];
      if (command === "update" && response.ErrorCode !== 0 && others.length > 0)
        await send("update", update(body.From_Account, body.UpdateGroup.OldGroupName, first));
      return response;
    }),
  },
  {
    name: "a rejected deletion deletes its first group",
    foundBy: "rejected-change-writes-nothing",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command === "del" && body.GroupName?.length === 2)
        await send("del", { ...body, GroupName: body.GroupName.slice(0, 1) });
      return response;
    }),
  },
  {
    name: "a group of too many conversations is created without them",
    foundBy: "conversations-per-create",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (response.ErrorCode === codeOf("InvalidConversationCount") && command === "create")
        await send("create", {
          ...body,
          GroupContactItem: [{ GroupName: body.GroupContactItem[0].GroupName }],
        });
      return response;
    }),
  },
  {
    name: "UserIDs have one byte less",
    foundBy: "longest-ids",
    wrap: instead(({ body }) =>
      body?.From_Account?.length === mostOfUserId ? fail("InvalidRequestParameter") : undefined,
    ),
  },
  {
    name: "names to be deleted have one byte less",
    foundBy: "new-group-name-bytes",
    wrap: instead(({ command, body }) =>
      command === "del" && body?.GroupName?.[0]?.length === mostOfName ? fail("GroupNameTooLong") : undefined,
    ),
  },
  {
    name: "a deletion takes its name for a pattern",
    foundBy: "missing-group-is-not-changed",
    wrap: calling(async ({ command, body }, send) => {
      const [name] = body.GroupName ?? [];
      if (command !== "del" || typeof name !== "string" || !/[%_]/.test(name)) return send(command, body);
      const { GroupItem } = await send("get", { From_Account: body.From_Account, StartIndex: 0 });
      const pattern = new RegExp(`^${name.replaceAll("%", ".*").replaceAll("_", ".")}$`, "su");
      const found = GroupItem?.find(({ GroupName }: Json) => pattern.test(GroupName));
      return send(command, found ? { ...body, GroupName: [found.GroupName] } : body);
    }),
  },
  {
    name: "names of digits lose their zeros",
    foundBy: kept,
    wrap: reading("GroupName", (text) => (/^0\d+$/.test(text) ? String(Number(text)) : text)),
  },
  {
    name: "a name that objects of JavaScript have is lost",
    foundBy: kept,
    wrap: succeeding("get", (response) => {
      response.GroupItem = response.GroupItem.filter(({ GroupName }: Json) => !(GroupName in {}));
    }),
  },
  {
    name: "names lose the variation of emoji",
    foundBy: kept,
    wrap: reading("GroupName", (text) => text.replaceAll("\uFE0F", "")),
  },
  {
    name: "names lose marks of the direction of writing",
    foundBy: kept,
    wrap: reading("GroupName", (text) => text.replaceAll(/[\u200E\u200F]/g, "")),
  },
  {
    name: "names lose control characters",
    foundBy: "control-characters-are-kept",
    wrap: reading("GroupName", (text) => text.replaceAll(/\p{Cc}/gu, "")),
  },
  {
    name: "names end at a zero",
    foundBy: "control-characters-are-kept",
    wrap: reading("GroupName", (text) => text.replace(/\0.*/s, "")),
  },
  {
    name: "names with the same 31 bytes are the same",
    foundBy: "group-name-bytes",
    wrap: comparing((text) => Buffer.from(text).toString("hex", 0, 31)),
  },
  {
    name: "blanks at the end of a name do not count",
    foundBy: forms,
    wrap: comparing((text) => text.replace(/ +$/, "")),
  },
  {
    name: "names that differ by accents are the same",
    foundBy: forms,
    wrap: comparing((text) => text.normalize("NFD").replaceAll(/\p{M}/gu, "")),
  },
  {
    name: "names that differ by emoji are the same",
    foundBy: forms,
    wrap: comparing((text) => text.replaceAll(/[\u{10000}-\u{10FFFF}]/gu, "?")),
  },
  {
    name: "hiragana and katakana are the same",
    foundBy: forms,
    wrap: comparing((text) =>
      text.replaceAll(/[\u30A1-\u30F6]/g, (one) => String.fromCodePoint((one.codePointAt(0) ?? 0) - 0x60)),
    ),
  },
  { name: "ß is the same as ss", foundBy: forms, wrap: comparing((text) => text.replaceAll("ß", "ss")) },
  {
    name: "the case of letters beyond ASCII does not count",
    foundBy: forms,
    wrap: comparing((text) => text.replaceAll(/\P{ASCII}/gu, (one) => one.toLowerCase())),
  },
  {
    name: "characters without width do not count",
    foundBy: forms,
    wrap: comparing((text) => text.replaceAll(/[\u200B-\u200D]/g, "")),
  },
];
