/** The apps of the emulator: a list, and a form for another one. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { components } from "../../generated/control-types.ts";
import type { ViewProps } from "./app.tsx";
import { count, Failure, Text } from "./parts.tsx";
import { hrefOf } from "./routes.ts";

/** An app as the control API shows it. */
export type AppFacts = components["schemas"]["App"];

const credentials: Readonly<Record<AppFacts["userSig"], string>> = {
  any: "accepts any UserSig",
  read: "reads UserSigs without verifying their signature",
  verified: "verifies UserSigs with its key",
};

/** Shows the apps. */
export function Apps({ context, apps }: ViewProps): JSX.Element {
  const remove = (sdkAppId: number): void =>
    context.ask({
      title: `Remove the app ${sdkAppId}?`,
      text: "Its state, faults and journal are deleted, also in the database. Its calls then fail as those of an unknown app.",
      action: "Remove",
      run: async () => {
        await context.call("removeApp", { parameters: { sdkAppId } });
        if (location.hash.includes(`app=${sdkAppId}`))
          location.hash = hrefOf({ view: "apps", rest: "", sdkAppId: undefined });
        context.done(`Removed the app ${sdkAppId}.`);
      },
    });
  return (
    <section aria-labelledby="apps">
      <h2 id="apps">Apps</h2>
      <p class="quiet">
        Each has a state, a clock, settings, faults and a journal of its own. Give one to each test worker or team, and
        they do not see each other.
      </p>
      <ul class="cards">
        {apps.map(({ sdkAppId, admins, userSig, counts }) => (
          <li key={sdkAppId}>
            <div>
              <a href={hrefOf({ view: "state", rest: "", sdkAppId })}>
                <strong>{sdkAppId}</strong>
              </a>{" "}
              {credentials[userSig]}, administrator <Text>{admins.join(", ")}</Text>
            </div>
            <span class="quiet">
              {count(counts.accounts, "account")}, {count(counts.calls, "call")}, {count(counts.faults, "fault")}
            </span>
            {apps.length > 1 && (
              <button
                type="button"
                class="danger"
                onClick={() => remove(sdkAppId)}
                aria-label={`Remove the app ${sdkAppId}`}
              >
                Remove…
              </button>
            )}
          </li>
        ))}
      </ul>
      <h3>Add an app</h3>
      <AddApp context={context} />
    </section>
  );
}

function AddApp({ context }: Pick<ViewProps, "context">): JSX.Element {
  const [sdkAppId, setSdkAppId] = useState("");
  const [admins, setAdmins] = useState("");
  const [secretKey, setSecretKey] = useState("");
  const [error, setError] = useState<unknown>();
  const add = async (): Promise<void> => {
    const names = admins.split(/[\s,]+/).filter(Boolean);
    try {
      const app = await context.call("addApp", {
        body: {
          ...(sdkAppId !== "" && { sdkAppId: Number(sdkAppId) }),
          ...(names.length > 0 && { admins: names }),
          ...(secretKey !== "" && { secretKey }),
        },
      });
      setError(undefined);
      setSdkAppId("");
      setAdmins("");
      setSecretKey("");
      context.done(`Added the app ${app.sdkAppId}.`);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <form
      class="fields narrow"
      onSubmit={(event) => {
        event.preventDefault();
        void add();
      }}
    >
      <div class="field">
        <label for="new-app">SDKAppID</label>
        <input
          id="new-app"
          inputMode="numeric"
          pattern="[1-9][0-9]*"
          title="A positive integer"
          value={sdkAppId}
          onInput={({ currentTarget: { value } }) => setSdkAppId(value)}
        />
        <small class="quiet">Empty for one that is free.</small>
      </div>
      <div class="field">
        <label for="new-admins">Administrators</label>
        <input
          id="new-admins"
          spellcheck={false}
          value={admins}
          onInput={({ currentTarget: { value } }) => setAdmins(value)}
        />
        <small class="quiet">
          UserIDs, with a comma between them. Empty for <code>administrator</code>.
        </small>
      </div>
      <div class="field">
        <label for="new-key">Key</label>
        <input
          id="new-key"
          type="password"
          autocomplete="off"
          value={secretKey}
          onInput={({ currentTarget: { value } }) => setSecretKey(value)}
        />
        <small class="quiet">
          Its UserSigs are verified with this key. Empty to accept any UserSig. Do not use a key of production.
        </small>
      </div>
      <Failure error={error} />
      <button type="submit">Add the app</button>
    </form>
  );
}
