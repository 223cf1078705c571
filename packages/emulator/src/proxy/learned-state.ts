/** What the responses of the service show of a user's state. */
import { toInteger } from "@contact-groups/core/json";
import { DocumentError } from "../document.ts";
import type { SeedConversation, SeedGroup, SeedUser } from "../seed.ts";
import { isMembers } from "./differences.ts";
import type { Shadow, UserImage } from "./shadow.ts";

/** A page of `getContactGroup`, or a search. */
export interface SeenPage {
  readonly conversations: readonly unknown[];
  readonly groups: readonly unknown[];
  /** Whether no page follows. */
  readonly isLast: boolean;
  /** Start of the next page. */
  readonly next: number;
}

/** Returns what a response to a reading operation lists; undefined when it has no lists. */
export function pageOf(body: unknown): SeenPage | undefined {
  if (!isMembers(body)) return undefined;
  const { ContactItem, ContactResultItem, GroupItem, CompleteFlag, NextStartIndex } = body;
  const conversations = ContactItem ?? ContactResultItem ?? [];
  const groups = GroupItem ?? [];
  if (!Array.isArray(conversations) || !Array.isArray(groups)) return undefined;
  const isLast = CompleteFlag === undefined || CompleteFlag === null || toInteger(CompleteFlag) !== 0;
  return { conversations, groups, isLast, next: toInteger(NextStartIndex) };
}

/** A conversation that nobody has, for what follows a page. */
const following: SeedConversation = { Type: 1, To_Account: "\u007e".repeat(32), customMark: "next page" };

interface ImageParts {
  readonly userId: string;
  /** Milliseconds since the epoch, for conversations without a time. */
  readonly at: number;
  readonly shadow: Shadow;
}

/** Returns a state with what was seen; undefined when the emulator cannot have such a state. */
export function imageOfPage({ conversations, groups, isLast }: SeenPage, parts: ImageParts): UserImage | undefined {
  const { userId, at, shadow } = parts;
  const seeds = groups.flatMap((group): readonly SeedGroup[] =>
    isMembers(group) ? [{ name: String(group["GroupName"]), id: group["GroupId"] as number }] : [],
  );
  const byId = seeds.toSorted((one, other) => Number(one.id) - Number(other.id));
  const ids = new Set(seeds.map(({ id }) => id));
  const kept = conversations.flatMap((item) => (isMembers(item) ? toSeed(item, ids) : []));
  const user: SeedUser = { userId, groups: byId, conversations: [...kept, ...(isLast ? [] : [following])] };
  try {
    return shadow.imageOf(user, at);
  } catch (error) {
    if (error instanceof DocumentError) return undefined;
    throw error;
  }
}

/** Returns the seed of a conversation; none for one without groups and marks, which no state has. */
function toSeed(item: Readonly<Record<string, unknown>>, ids: ReadonlySet<unknown>): readonly SeedConversation[] {
  const { Type, To_Account, ToGroupId, StandardMark, CustomMark, ContactGroupId, Timestamp } = item;
  const groupIds = Array.isArray(ContactGroupId) ? ContactGroupId.filter((id) => ids.has(id)) : [];
  const customMark = CustomMark ?? "";
  // Zeros alone are no mark of a conversation that is listed for something else.
  const isListed = groupIds.length > 0 || customMark !== "";
  const standardMark = isListed && /^0*$/.test(String(StandardMark ?? "")) ? "" : (StandardMark ?? "");
  const hasMarks = standardMark !== "" || customMark !== "";
  if (groupIds.length === 0 && !hasMarks) return [];
  const type = toInteger(Type);
  const seed = {
    Type: type,
    ...(type === 2 ? { ToGroupId } : { To_Account }),
    ...(groupIds.length > 0 && { groupIds }),
    ...(standardMark !== "" && { standardMark }),
    ...(customMark !== "" && { customMark }),
    ...(Timestamp !== undefined && { timestamp: Timestamp }),
  };
  // The seed's own check follows.
  return [seed as unknown as SeedConversation];
}
