/** Creates calls as a contract server records them. */
import type { OperationId } from "@contact-groups/openapi/model";
import { catalogue, operations } from "../../src/operations.ts";
import { judge, type Exchange, type RuleName } from "../../src/index.ts";
import type { RecordedViolation } from "../../src/record/exchange.ts";

export interface Said {
  readonly operation?: OperationId;
  readonly body?: unknown;
  readonly random?: string;
  readonly prefer?: string;
  readonly userSig?: number;
  readonly step?: number;
  readonly at?: number;
  readonly durationMs?: number;
  readonly responseHeaders?: Readonly<Record<string, string>>;
  readonly overlaps?: readonly number[];
  /** The response: a code, a page, or nothing at all. */
  readonly code?: number;
  readonly page?: { readonly CompleteFlag?: number; readonly NextStartIndex?: number };
  readonly lost?: boolean;
  readonly violations?: readonly RecordedViolation[];
}

/** One exchange for each, at the time 0 unless given. */
export function recorded(...calls: readonly Said[]): Exchange[] {
  return calls.map((said, index) => {
    const { operation = "getContactGroup", code = 0, at = 0, durationMs = 0, lost = false } = said;
    const path = operations.find(({ operationId }) => operationId === operation)?.path ?? "";
    const entry = catalogue.find((known) => known.code === code);
    const body =
      code === 0 ? { ActionStatus: "OK", ErrorCode: 0, ...said.page } : { ActionStatus: "FAIL", ErrorCode: code };
    return {
      index,
      operation,
      request: {
        method: "POST",
        path,
        query: { sdkappid: "1", identifier: "a", usersig: "[redacted]", random: said.random ?? String(index) },
        userSig: said.userSig ?? 1,
        headers: { "content-type": "application/json" },
        prefer: said.prefer,
        bodyKind: "json",
        body: said.body ?? { From_Account: "user_0001", StartIndex: 0 },
      },
      step: said.step ?? 0,
      verdict: undefined,
      violations: said.violations ?? [],
      response: {
        status: lost ? undefined : 200,
        headers: said.responseHeaders ?? {},
        violations: [],
        body: lost ? undefined : body,
        errorCode: lost ? undefined : code,
        example: entry?.name,
        chosenBy: "request",
        faults: lost ? ["reset"] : [],
      },
      startedAt: at,
      durationMs,
      ...(said.overlaps && { overlaps: said.overlaps }),
    };
  });
}

/** Returns the calls that break a rule, with the message of each. */
export function broken(rule: RuleName, ...calls: readonly Said[]): [call: number, message: string][] {
  return judge(recorded(...calls))
    .filter((violation) => violation.rule === rule)
    .map(({ call, message }) => [call, message]);
}

/** A request for a page of a user. */
export function page(StartIndex: number, From_Account = "user_0001"): { readonly body: object } {
  return { body: { From_Account, StartIndex } };
}

export const more = (NextStartIndex: number): Said => ({ page: { CompleteFlag: 0, NextStartIndex } });
export const last: Said = { page: { CompleteFlag: 1, NextStartIndex: 0 } };
