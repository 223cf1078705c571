import type { operations } from "../generated/control-types.ts";
import type { SeedApp, SeedDocument } from "../seed-document.ts";

/** Name of a preset. */
export type PresetName = operations["loadPreset"]["parameters"]["path"]["name"];

/** Whose state a preset is. */
export interface PresetOptions {
  /** The first app of the emulator unless given. */
  readonly sdkAppId?: number;
  /** The user whom the preset is about, `user_0001` unless given. */
  readonly userId?: string;
}

/** Makes a state in which the next call of a kind fails. */
export type Preset = (options?: PresetOptions) => SeedDocument;

/** An account that is imported in each preset and has no conversation in any. */
export const freeAccount = "user_0002";

/** Makes a preset of what is in its app. */
export function createPreset(appOf: (userId: string) => SeedApp): Preset {
  return ({ sdkAppId, userId = "user_0001" } = {}) => ({
    apps: [{ ...(sdkAppId !== undefined && { sdkAppId }), ...appOf(userId) }],
  });
}

/** So many names that begin alike: `group_0001`, `group_0002`. */
export function names(beginning: string, length: number): readonly string[] {
  return Array.from({ length }, (_, index) => `${beginning}_${String(index + 1).padStart(4, "0")}`);
}
