import type { RateLimit, Settings } from "../settings.ts";
import { UsageError } from "./usage-error.ts";

/** Takes `--set name=value`. The values are checked when the emulator is made. */
export interface SetOptions {
  readonly values: Partial<Settings>;
  set(text: string): void;
}

/** Makes a list without settings. */
export function collectSettings(): SetOptions {
  const values: Record<string, unknown> = {};
  return {
    values,
    set(text) {
      const [, name, value] = /^(\w+)=(.+)$/.exec(text) ?? [];
      if (name === undefined || value === undefined)
        throw new UsageError("--set must be name=value, such as pageSize=50. The command rules prints all names.");
      values[name] = toValue(name, value);
    },
  };
}

function toValue(name: string, text: string): unknown {
  const [, calls, seconds] = /^(\d+)\/(\d+)$/.exec(text) ?? [];
  if (name === ("rateLimit" satisfies keyof Settings) && calls !== undefined)
    return { calls: Number(calls), seconds: Number(seconds) } satisfies RateLimit;
  return /^\d+$/.test(text) ? Number(text) : text;
}
