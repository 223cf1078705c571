import type { OperationContext } from "../core/operation.ts";
import { RefusedError } from "../refusal.ts";

/** Whether a UserID is known to the app. */
export function isImported(userId: string, { store, settings, sdkAppId }: OperationContext): boolean {
  return settings.accounts === "lenient" || store.hasAccount(sdkAppId, userId);
}

/** Refuses a call for a user who was not imported. */
export function checkUser(userId: string, context: OperationContext): void {
  if (isImported(userId, context)) return;
  const why = `/From_Account ${JSON.stringify(userId)} was not imported into the app ${context.sdkAppId}`;
  throw new RefusedError({ rule: "user.imported", error: "UserNotImported", why });
}
