import type { SeedChatGroup, SeedConversation, SeedUser } from "@contact-groups/emulator";
import type {
  ContactUpdateItem,
  Conversation,
  ConversationGroupId,
  GroupItem,
  MarkedConversation,
  ResultItem,
  UpdateGroupResult,
} from "@contact-groups/openapi/bodies";
import type { OperationId, RequestBody } from "@contact-groups/openapi/model";
import { type Model, operations } from "../reference/model.ts";

/** The state in which the description's example requests get the example responses. */
export interface SampleState {
  readonly accounts: readonly string[];
  readonly chatGroups: readonly SeedChatGroup[];
  /** Users with the conversation groups that the examples of a change or a deletion name. */
  readonly owners: readonly SeedUser[];
  /** Users with the groups and marks that the example responses of pages contain. */
  readonly users: readonly SeedUser[];
  readonly limits: { readonly groups: number; readonly conversations: number };
}

/** Reads it off the examples of all operations. */
export function sampleState(model: Model): SampleState {
  const all = operations(model);
  const bodies = all.flatMap(({ requests, responses }) => [...requests, ...responses].map(({ value }) => value));
  const missing = new Set<string>();
  const disbanded = new Set<string>();
  const accounts = new Set<string>();
  const chatGroups = new Set<string>();
  for (const body of bodies)
    walk(body, (object) => {
      const { From_Account } = object as Partial<RequestBody<OperationId>>;
      const { To_Account, ToGroupId } = object as Partial<Ids>;
      for (const user of [From_Account, To_Account]) if (user !== undefined) accounts.add(user);
      if (ToGroupId !== undefined) chatGroups.add(ToGroupId);
      const { ResultCode = 0, ContactItem } = object as Partial<ResultItem>;
      if (ResultCode === 0 || !ContactItem) return;
      if (ContactItem.Type === 2) disbanded.add(ContactItem.ToGroupId);
      else missing.add(ContactItem.To_Account);
    });
  return {
    accounts: [...accounts].filter((account) => !missing.has(account)).toSorted(),
    chatGroups: [...chatGroups].toSorted().map((id) => (disbanded.has(id) ? { id, disbanded: true } : { id })),
    owners: owners(model),
    users: users(model),
    limits: {
      groups: model.limits.groupsPerUser.maximum,
      conversations: model.limits.groupedConversations.maximum,
    },
  };
}

/** The ids of both kinds of conversation. */
type Ids = Omit<Extract<Conversation, { Type: 1 }> & Omit<Extract<Conversation, { Type: 2 }>, "Type">, "Type">;

/** Each example response of a change or a deletion has the IDs of its groups; the request of the same name has the conversations that it removes. */
function owners(model: Model): SeedUser[] {
  const found = new Map<string, SeedUser>();
  const changing = operations(model).filter(({ effect }) => effect !== "read" && effect !== "create");
  for (const { requests, responses } of changing)
    for (const { name: example, value: request } of requests) {
      const { From_Account: userId } = request as RequestBody<OperationId>;
      const { groups = [], conversations = [] } = found.get(userId) ?? {};
      const owned = new Map(groups.map((group) => [group.name, group]));
      walk(responses.find(({ name }) => name === example)?.value, (object) => {
        const { GroupId: id, GroupName, OldGroupName: name = GroupName } = object as Partial<UpdateGroupResult>;
        if (id !== undefined && name !== undefined) owned.set(name, { name, id: Number(id) });
      });
      if (owned.size === 0) continue;
      const removed: SeedConversation[] = [];
      walk(request, (object) => {
        const { ContactOptType, ContactItem } = object as Partial<ContactUpdateItem>;
        if (ContactOptType === 2 && ContactItem) removed.push({ ...ContactItem, groups: [...owned.keys()] });
      });
      found.set(userId, { userId, groups: [...owned.values()], conversations: [...conversations, ...removed] });
    }
  return [...found.values()];
}

function users(model: Model): SeedUser[] {
  const found = new Map<string, SeedUser>();
  for (const { requests, responses, paging } of operations(model))
    for (const request of paging ? requests : []) {
      const { From_Account: userId } = request.value as RequestBody<OperationId>;
      const response = responses.find(({ name }) => name === request.name);
      if (!response || !paging) continue;
      const page = response.value as Readonly<Record<string, unknown>>;
      const items = (page[paging.items] ?? []) as readonly MarkedConversation[];
      const groups = (page[paging.names ?? ""] ?? []) as readonly GroupItem[];
      const nameOf = new Map(groups.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
      const before = found.get(userId);
      found.set(userId, {
        userId,
        groups: groups.map(({ GroupName, GroupId }) => ({ name: GroupName, id: Number(GroupId) })),
        conversations: [...(before?.conversations ?? []), ...items.map((item) => seeded(item, nameOf))],
      });
    }
  return [...found.values()];
}

function seeded(
  { StandardMark, CustomMark, ContactGroupId = [], Timestamp, ...conversation }: MarkedConversation,
  nameOf: ReadonlyMap<ConversationGroupId, string>,
): NonNullable<SeedUser["conversations"]>[number] {
  return {
    ...conversation,
    groups: ContactGroupId.map((id) => nameOf.get(id)).filter((name) => name !== undefined),
    standardMark: StandardMark,
    ...(CustomMark !== undefined && { customMark: CustomMark }),
    timestamp: Timestamp,
  };
}

function walk(value: unknown, visit: (object: object) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value);
  for (const inner of Object.values(value)) walk(inner, visit);
}
