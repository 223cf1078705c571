import type {
  Conversation,
  CreateContactGroupOk,
  GetContactGroupOk,
  GetContactGroupRequest,
  MarkedConversation,
} from "@contact-groups/client";
import type { SeedChatGroup, SeedUser } from "@contact-groups/emulator";
import type { Description } from "../reference/openapi-types.ts";
import { operations } from "../reference/operations.ts";

/** What has to exist for the description's examples to be answered as they say. */
export interface SampleState {
  readonly accounts: readonly string[];
  readonly chatGroups: readonly SeedChatGroup[];
  /** Users with the groups and marks that the examples of get answer. */
  readonly users: readonly SeedUser[];
  readonly limits: { readonly groups: number; readonly conversations: number };
}

/** Reads it off the examples of all operations. */
export function sampleState(description: Description): SampleState {
  const all = operations(description);
  const bodies = all.flatMap(({ requests, responses }) => [...requests, ...responses].map(({ value }) => value));
  const disbanded = new Set(bodies.flatMap((body) => failedGroups(body as CreateContactGroupOk)));
  const accounts = new Set<string>();
  const chatGroups = new Set<string>();
  for (const body of bodies)
    walk(body, ({ From_Account, To_Account, ToGroupId }: Partial<Record<string, unknown>>) => {
      for (const user of [From_Account, To_Account]) if (typeof user === "string") accounts.add(user);
      if (typeof ToGroupId === "string") chatGroups.add(ToGroupId);
    });
  return {
    accounts: [...accounts].toSorted(),
    chatGroups: [...chatGroups].toSorted().map((id) => (disbanded.has(id) ? { id, disbanded: true } : { id })),
    users: users(description),
    limits: {
      groups: maximum(description, "groupsPerUser"),
      conversations: maximum(description, "groupedConversations"),
    },
  };
}

function users(description: Description): SeedUser[] {
  const found = new Map<string, SeedUser>();
  for (const { requests, responses } of operations(description).filter(({ id }) => id === "getContactGroup"))
    for (const request of requests) {
      const { From_Account: userId } = request.value as GetContactGroupRequest;
      const response = responses.find(({ name }) => name === request.name);
      if (!response) continue;
      const { ContactItem = [], GroupItem = [] } = response.value as GetContactGroupOk;
      const nameOf = new Map(GroupItem.map(({ GroupId, GroupName }) => [GroupId, GroupName]));
      const before = found.get(userId);
      found.set(userId, {
        userId,
        groups: GroupItem.map(({ GroupName, GroupId }) => ({ name: GroupName, id: GroupId })),
        conversations: [...(before?.conversations ?? []), ...ContactItem.map((item) => seeded(item, nameOf))],
      });
    }
  return [...found.values()];
}

function seeded(
  { StandardMark, CustomMark, ContactGroupId = [], Timestamp, ...conversation }: MarkedConversation,
  nameOf: ReadonlyMap<number, string>,
): NonNullable<SeedUser["conversations"]>[number] {
  return {
    ...conversation,
    groups: ContactGroupId.map((id) => nameOf.get(id)).filter((name) => name !== undefined),
    standardMark: StandardMark,
    ...(CustomMark !== undefined && { customMark: CustomMark }),
    timestamp: Timestamp,
  };
}

/** Chat groups whose conversation an example says was not added. */
function failedGroups({ GroupResultItem = [] }: Partial<CreateContactGroupOk>): string[] {
  const items = GroupResultItem.flatMap(({ ResultItem = [] }) => ResultItem);
  return items
    .filter(({ ResultCode }) => ResultCode !== 0)
    .map(({ ContactItem }: { ContactItem: Conversation }) => ContactItem)
    .flatMap((conversation) => (conversation.Type === 2 ? [conversation.ToGroupId] : []));
}

function walk(value: unknown, visit: (object: Partial<Record<string, unknown>>) => void): void {
  if (typeof value !== "object" || value === null) return;
  if (!Array.isArray(value)) visit(value);
  for (const inner of Object.values(value)) walk(inner, visit);
}

function maximum(description: Description, name: string): number {
  const limit = description["x-limits"][name];
  if (!limit) throw new Error(`The bundle has no limit ${name}: adjust the console.`);
  return limit.maximum;
}
