import type { ErrorName } from "./generated/errors.ts";
import type { Settings } from "./settings.ts";

/** Name of a rule, as answers, the journal and `FIDELITY.md` have it. */
export type RuleId =
  | "gate.path"
  | "gate.method"
  | "gate.query"
  | "gate.app"
  | "gate.usersig-readable"
  | "gate.usersig-app"
  | "gate.usersig-identifier"
  | "gate.usersig-expiry"
  | "gate.usersig-signature"
  | "gate.administrator"
  | "gate.rate"
  | "gate.size"
  | "gate.syntax"
  | "gate.body"
  | "gate.string-type"
  | "gate.both-ids"
  | "user.imported"
  | "create.one-group"
  | "create.name-empty"
  | "create.name-bytes"
  | "create.conversation-count"
  | "create.edition"
  | "create.existing-name"
  | "create.group-count"
  | "create.peer-imported"
  | "create.chat-group"
  | "create.chat-group-known"
  | "create.conversation-cap"
  | "create.cap-scope"
  | "create.new-group"
  | "state.timestamp"
  | "get.page"
  | "get.beyond-end"
  | "get.empty-group"
  | "search.found"
  | "search.conversation-count"
  | "search.unknown-conversation"
  | "search.chat-group"
  | "core.failure"
  | "fault";

/** A rule by which the emulator answers. `FIDELITY.md` has all of them, and a test compares the two. */
export interface Rule {
  readonly id: RuleId;
  /** What the emulator does unless the setting says otherwise. */
  readonly what: string;
  /** Public documents that say so, by their keys in the description; `project` where none does. */
  readonly evidence: string;
  /** The setting that changes it. */
  readonly setting?: keyof Settings;
  /** The error that a call, or one of its conversations, is answered with. */
  readonly error?: ErrorName;
}
