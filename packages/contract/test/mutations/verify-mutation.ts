import type { VerifyReport } from "../../src/verify/scenario.ts";
import { verify } from "../../src/verify/verify.ts";
import { strictEmulator, verifyOptions } from "../verify/strict-emulator.ts";
import type { Mutation } from "./mutation.ts";

/** Verifies the strict emulator with a mutation, by some scenarios. */
export function verifyMutation(
  { options, wrap }: Partial<Pick<Mutation, "options" | "wrap">>,
  only: readonly string[],
): Promise<VerifyReport> {
  const emulator = strictEmulator(options);
  const broken = wrap?.((request) => emulator.fetch(request), emulator);
  const fetch: typeof globalThis.fetch = broken
    ? (input, init) => broken(new Request(input, init))
    : (input, init) => emulator.fetch(input as string, init);
  return verify({ ...verifyOptions(emulator, fetch), only });
}
