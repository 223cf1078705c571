/** What to do while there is no call. */
import type { JSX } from "preact";
import { firstPageOf } from "../../request.ts";
import { toCurl } from "../replay.ts";
import type { ViewProps } from "./app.tsx";
import { Copyable, TrustNote, useLoaded } from "./parts.tsx";

/** Shows a first call to copy. It is one that succeeds: its user is imported. */
export function FirstCall({ context, apps, route }: ViewProps): JSX.Element | null {
  const app = route.sdkAppId === undefined ? apps[0] : apps.find(({ sdkAppId }) => sdkAppId === route.sdkAppId);
  const { value } = useLoaded(async () => {
    if (!app) return undefined;
    const parameters = { sdkAppId: app.sdkAppId, limit: 1 };
    const { users } = await context.call("listUsers", { parameters });
    const { accounts } = await context.call("listAccounts", { parameters });
    return { userId: users.find(({ imported }) => imported)?.userId ?? accounts[0] };
  }, [app?.sdkAppId, context.turn]);
  if (!app || !value) return null;
  const { userId } = value;
  if (userId === undefined)
    return (
      <div class="empty">
        <h3>No calls yet</h3>
        <p>
          The app {app.sdkAppId} has no user, so no call can succeed.{" "}
          <a href={context.href("state")}>Import an account</a> first.
        </p>
      </div>
    );
  const { path, body } = firstPageOf(userId);
  const query = `sdkappid=${app.sdkAppId}&identifier=${encodeURIComponent(app.admins[0] ?? "")}&random=1&contenttype=json`;
  const command = toCurl({
    call: {
      method: "POST",
      url: `${path}?${query}&usersig=`,
      operation: undefined,
      rule: "get.page",
      body: JSON.stringify(body),
    },
    address: location.origin,
    acceptsAny: app.userSig === "any",
  });
  return (
    <div class="empty">
      <h3>No calls yet</h3>
      <p>Paste this into a shell. The call appears here with the rule that decided.</p>
      <TrustNote />
      <Copyable label="A first call" text={command} />
    </div>
  );
}
