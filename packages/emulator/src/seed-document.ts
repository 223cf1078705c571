/** The one JSON form in which state comes in and goes out: seeds, presets, exports, snapshots. */

/** Everything that an emulator keeps. What a snapshot gives is a whole seed. */
export interface SeedDocument {
  readonly apps: readonly SeedApp[];
}

/** What is kept of one app. */
export interface SeedApp {
  /** The first app of the emulator when it is left out. */
  readonly sdkAppId?: number | undefined;
  /** UserIDs that were imported. A user below is imported as well, unless `imported` is false. */
  readonly accounts?: readonly string[] | undefined;
  readonly chatGroups?: readonly SeedChatGroup[] | undefined;
  readonly users?: readonly SeedUser[] | undefined;
}

/** A chat group. Without `members` every user is a member. */
export interface SeedChatGroup {
  readonly id: string;
  readonly disbanded?: boolean | undefined;
  readonly members?: readonly string[] | undefined;
}

/** A user with conversation groups and conversations. Limits do not apply: a seed may be over them. */
export interface SeedUser {
  readonly userId: string;
  /** False keeps the user's data without an account. */
  readonly imported?: boolean | undefined;
  /** In the order of their creation. */
  readonly groups?: readonly SeedGroup[] | undefined;
  /** In the order of the pages. */
  readonly conversations?: readonly SeedConversation[] | undefined;
  /** Highest ID that a group of the user ever had, when it is above those in `groups`. */
  readonly lastGroupId?: number | undefined;
  /** `StartIndex` of the next new conversation, when it is not the one behind the last in `conversations`. */
  readonly nextPosition?: number | undefined;
}

/** A conversation group. Without `id` it gets the next one, from 1 on. */
export interface SeedGroup {
  readonly name: string;
  readonly id?: number | undefined;
}

/** A conversation. The first three fields are those of the API. */
export interface SeedConversation {
  readonly Type: 1 | 2;
  readonly To_Account?: string | undefined;
  readonly ToGroupId?: string | undefined;
  /** Names of the groups that it is in. */
  readonly groups?: readonly string[] | undefined;
  /** When it joined each of `groups`, as rising numbers of the user. In the order of the document when it is left out. */
  readonly joined?: readonly number[] | undefined;
  /** Bits as text, the rightmost is bit 0. */
  readonly standardMark?: string | undefined;
  readonly customMark?: string | undefined;
  /** Unix seconds; the emulator's clock when it is left out. */
  readonly timestamp?: number | undefined;
  /** Its `StartIndex`, when it is not the one behind its neighbour's. */
  readonly position?: number | undefined;
}
