import { hide } from "@contact-groups/core/redact";
import { requestChecks, operations, type OperationId, type RequestBody } from "@contact-groups/openapi/model";
import { checkBody } from "../gate/body.ts";
import type { RateGate } from "../gate/rate.ts";
import { checkUserSig } from "../gate/user-sig.ts";
import { RefusedError, type Refusal } from "../refusal.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { CoreAnswer, CoreCall } from "./core-call.ts";
import { runOperation } from "./operation.ts";
import { fail, ok } from "./response.ts";

/** What answers depend on beside the call and the time. */
export interface HandleParts {
  readonly settings: Settings;
  readonly store: Store;
  readonly rate: RateGate;
  readonly nextGroupId: (last: number) => number;
}

/** Answers a call at a time, in milliseconds since the epoch. It is synchronous and does not throw. */
export function handle(call: CoreCall, parts: HandleParts, now: number): CoreAnswer {
  const { operation, app } = call;
  const refusal = call.refusal ?? checkUserSig(call, now) ?? checkAdministrator(call);
  if (refusal || !operation || !app)
    return fail(call, refusal ?? failure(new Error("The call has no operation or no app")));
  const tooMany = parts.rate.check(app.sdkAppId, operation, now);
  if (tooMany) return fail(call, tooMany);
  const checked = checkBody(operation, call.body, parts.settings);
  if ("refusal" in checked) return fail(call, checked.refusal);

  const { settings, store, nextGroupId } = parts;
  const user = userOf(checked.value, call.secrets);
  const context = { settings, store, nextGroupId, sdkAppId: app.sdkAppId, now };
  const run = () => runOperation(operation, checked.value, context);
  const { effect }: { readonly effect: string } = operations[operation];
  try {
    return ok(call, effect === "read" ? run() : store.transaction(run), user);
  } catch (error) {
    return fail(call, error instanceof RefusedError ? error.refusal : failure(error), user);
  }
}

/** Every operation is called for a user. A credential in the place of one is not shown. */
function userOf(body: unknown, secrets: readonly string[]): string {
  const { From_Account: user } = body as RequestBody<OperationId>;
  return secrets.some((secret) => user.includes(secret)) ? hide(user, secrets) : user;
}

function checkAdministrator({ app, identifier }: CoreCall): Refusal | undefined {
  const admins = app?.admins ?? defaultAdmins;
  if (admins.includes(identifier)) return undefined;
  const why = `identifier ${JSON.stringify(identifier)} is not an administrator of the app ${app?.sdkAppId}`;
  return { rule: "gate.administrator", error: requestChecks.administrator.name, why };
}

/** What Tencent's own documents call the administrator of a new app. */
export const defaultAdmins: readonly string[] = ["administrator"];

/** What a call is answered when the emulator or its store cannot go on. */
export function failure(error: unknown): Refusal {
  const why = error instanceof Error ? error.message : "It threw a value that is not an error";
  return { rule: "core.failure", error: "InternalFailure", why };
}
