export { createEmulator } from "./create-emulator.ts";
export type {
  Emulated,
  EmulatedApp,
  Emulator,
  EmulatorOptions,
  Listener,
  ListenOptions,
  TlsOptions,
} from "./emulator.ts";
export type { TextPieces } from "./state/state-text.ts";
export type { EmulatorApp } from "./request.ts";
export type { EmulatorClock } from "./clock.ts";
export type { CallRecord } from "./journal.ts";

export type { ConversationFault, ConversationFaultRecord, Fault, FaultHandle, FaultRecord, Faults } from "./faults.ts";

export type { SeedApp, SeedChatGroup, SeedConversation, SeedDocument, SeedGroup, SeedUser } from "./seed.ts";
export { DocumentError } from "./document.ts";
export { presets } from "./presets.ts";
export type { Preset, PresetName, PresetOptions } from "./presets.ts";

export { defaultSettings, strictSettings } from "./settings.ts";
export type { GivenSettings, RateLimit, Settings } from "./settings.ts";
export { rules } from "./rules.ts";
export type { Rule, RuleId } from "./rules.ts";

export { createMemoryStore } from "./store/memory.ts";
export type { Store } from "./store/store.ts";
