export { createEmulator } from "./create-emulator.ts";
export type { Emulator, Listener, ListenOptions } from "./emulator.ts";
export type { EmulatorApp, EmulatorOptions } from "./emulator-options.ts";
export type { EmulatorClock } from "./clock.ts";
export type { CallRecord } from "./calls.ts";
export type { Wait } from "./fetch-deliver.ts";

export type { Fault, FaultHandle, FaultRecord, Faults } from "./faults/fault.ts";
export type { Delivery } from "./delivery.ts";
export type { Control, ControlAnswer, ControlRequest } from "./control/control.ts";

export type { SeedApp, SeedChatGroup, SeedConversation, SeedDocument, SeedGroup, SeedUser } from "./seed-document.ts";
export { DocumentError } from "./document-error.ts";
export { presets } from "./presets/presets.ts";
export type { Preset, PresetName, PresetOptions } from "./presets/preset.ts";

export { defaultSettings } from "./settings.ts";
export type { RateLimit, Settings } from "./settings.ts";
export { rules } from "./rules.ts";
export type { RuleId } from "./rules.ts";
export type { Rule } from "./rule.ts";

export type { Json, JsonItems } from "./json.ts";
export { createMemoryStore } from "./store/memory.ts";
export type {
  ChatGroupRow,
  ConversationKey,
  ConversationPage,
  ConversationRow,
  ConversationType,
  GroupRow,
  Membership,
  Standing,
  Store,
  StoreCounts,
  StoreExamples,
  UserKey,
  UserRow,
} from "./store/store.ts";

export type { Core } from "./core/core.ts";
export type { CoreAnswer, CoreCall, RawCall, UnreadableBody, UserSigFinding } from "./core/core-call.ts";
