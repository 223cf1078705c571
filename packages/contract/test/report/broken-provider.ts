/** A provider that breaks the contract in chosen ways, and the report on it. */
import { codeOf } from "../code-of.ts";
import type { VerifyOptions } from "../../src/verify/verify-options.ts";
import type { VerifyReport } from "../../src/verify/scenario.ts";
import { verify } from "../../src/verify/verify.ts";
import { changing, type Json, type ReceivedRequest } from "../mutations/mutation.ts";
import { strictEmulator, verifyOptions } from "../verify/strict-emulator.ts";

/** Verifies the strict emulator with responses that are edited in place. */
export function verifyBroken(
  edit: (response: Json, requested: ReceivedRequest) => void,
  more: Partial<VerifyOptions> = {},
): Promise<VerifyReport> {
  const emulator = strictEmulator();
  const broken = changing(edit)?.((request) => emulator.fetch(request), emulator);
  const fetch: typeof globalThis.fetch = async (input, init) =>
    (await broken?.(new Request(input, init))) ?? new Response();
  return verify({ ...verifyOptions(emulator, fetch), ...more });
}

/** Sends every `ErrorCode` as a text. */
export function codeAsText(response: Json): void {
  response.ErrorCode = String(response.ErrorCode);
}

/** Rejects every create that is valid. */
export function createsFail(response: Json, { command }: ReceivedRequest): void {
  if (command === "create" && response.ErrorCode === 0)
    Object.assign(response, {
      ActionStatus: "FAIL",
      ErrorCode: codeOf("TooManyConversationGroups"),
      ErrorInfo: "full",
    });
}
