import { gateErrors } from "../generated/gate.ts";
import { checkBody } from "../gate/body.ts";
import type { RateGate } from "../gate/rate.ts";
import { checkUserSig } from "../gate/user-sig.ts";
import type { OperationId } from "../generated/operations.ts";
import { createContactGroup } from "../operations/create-contact-group.ts";
import { getContactGroup } from "../operations/get-contact-group.ts";
import type { Operation } from "../operations/operation.ts";
import { searchContactGroup } from "../operations/search-contact-group.ts";
import { RefusedError, type Refusal } from "../refusal.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { CoreAnswer, CoreCall } from "./core-call.ts";
import { fail, ok } from "./envelope.ts";

/** What answers depend on beside the call and the time. */
export interface HandleParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly rate: RateGate;
  readonly nextGroupId: (last: number) => number;
}

/** The validators prove that a body is of its operation's type; TypeScript cannot see that. */
const operationOf = { createContactGroup, getContactGroup, searchContactGroup } as unknown as Readonly<
  Record<OperationId, Operation<unknown>>
>;

/** Answers a call at a time, in milliseconds since the epoch. It is synchronous and does not throw. */
export function handle(call: CoreCall, parts: HandleParts, now: number): CoreAnswer {
  const { operation, app } = call;
  const refusal = call.refusal ?? checkUserSig(call, now) ?? checkAdministrator(call);
  if (refusal || !operation || !app) return fail(call, refusal ?? failure("The call has no operation or no app"));
  const tooMany = parts.rate.check(app.sdkAppId, operation, now);
  if (tooMany) return fail(call, tooMany);
  const checked = checkBody(operation, call.body, parts.settings);
  if ("refusal" in checked) return fail(call, checked.refusal);

  const { settings, store, nextGroupId } = parts;
  const context = { settings, store, nextGroupId, sdkAppId: app.sdkAppId, now };
  const run = () => operationOf[operation](checked.value, context);
  try {
    return ok(call, operation === "createContactGroup" ? store.transaction(run) : run());
  } catch (error) {
    if (error instanceof RefusedError) return fail(call, error.refusal);
    return fail(call, failure(error instanceof Error ? error.message : "It threw a value that is not an error"));
  }
}

function checkAdministrator({ app, identifier }: CoreCall): Refusal | undefined {
  const admins = app?.admins ?? defaultAdmins;
  if (admins.includes(identifier)) return undefined;
  const why = `identifier ${JSON.stringify(identifier)} is not an administrator of the app ${app?.sdkAppId}`;
  return { rule: "gate.administrator", error: gateErrors.administrator, why };
}

/** What Tencent's own documents call the administrator of a new app. */
const defaultAdmins: readonly string[] = ["administrator"];

function failure(why: string): Refusal {
  return { rule: "core.failure", error: "InternalFailure", why };
}
