/** The state: the apps, and of each its users and chat groups. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { presetTexts } from "../../generated/control-texts.ts";
import type { ViewProps } from "./app.tsx";
import type { AppFacts } from "./apps.tsx";
import { Accounts, ChatGroups, Users } from "./listings.tsx";
import { count, Failure, Marked } from "./parts.tsx";
import { Node } from "./user.tsx";

/** Shows the state of an app, or of all. */
export function StateView(props: ViewProps): JSX.Element {
  const { apps, route, context } = props;
  const shown = route.sdkAppId === undefined ? apps : apps.filter(({ sdkAppId }) => sdkAppId === route.sdkAppId);
  const [prefix, setPrefix] = useState(route.rest);
  return (
    <section aria-labelledby="state">
      <h2 id="state">State</h2>
      <div class="bar">
        <label class="grow">
          Find users and chat groups whose ID begins with
          <input
            type="search"
            value={prefix}
            onInput={({ currentTarget: { value } }) => setPrefix(value)}
            spellcheck={false}
          />
        </label>
      </div>
      <Preset {...props} />
      {shown.map((app) => (
        <details key={app.sdkAppId} class="app" open={shown.length === 1}>
          <summary>
            <h3>App {app.sdkAppId}</h3>{" "}
            <span class="quiet">
              {count(app.counts.accounts, "account")}, {count(app.counts.users, "user")} with groups or marks,{" "}
              {count(app.counts.chatGroups, "chat group")}
            </span>
          </summary>
          <AppState {...props} app={app} prefix={prefix} />
        </details>
      ))}
      <p class="quiet">
        Calls change groups and marks as in production. To start from a file, use <code>--seed</code>; to add to the
        state from a test, <code>POST {context.base}/seed</code>.
      </p>
    </section>
  );
}

function AppState({
  context,
  live,
  app,
  prefix,
}: ViewProps & { readonly app: AppFacts; readonly prefix: string }): JSX.Element {
  const { sdkAppId, counts } = app;
  // A call may have changed it, and so may what was done on this page.
  const props = { context, sdkAppId, prefix, version: `${live.calls[0]?.number ?? 0} ${context.turn}` };
  return (
    <div class="columns">
      <div>
        <h4>Users with groups or marks</h4>
        <Users {...props} />
      </div>
      <div>
        <h4>Accounts and chat groups</h4>
        <ul class="tree">
          <li>
            <Node
              summary={
                <>
                  Accounts <span class="quiet">{count(counts.accounts, "account")}</span>
                </>
              }
              isOpen={prefix !== ""}
            >
              <Accounts {...props} />
            </Node>
          </li>
          <li>
            <Node
              summary={
                <>
                  Chat groups <span class="quiet">{count(counts.chatGroups, "chat group")}</span>
                </>
              }
              isOpen={prefix !== ""}
            >
              <ChatGroups {...props} />
            </Node>
          </li>
        </ul>
        <ImportAccount context={context} sdkAppId={sdkAppId} />
      </div>
    </div>
  );
}

function ImportAccount({ context, sdkAppId }: Pick<ViewProps, "context"> & { readonly sdkAppId: number }): JSX.Element {
  const [userId, setUserId] = useState("");
  const [error, setError] = useState<unknown>();
  const save = async (): Promise<void> => {
    try {
      await context.call("importAccounts", { body: { sdkAppId, accounts: [userId] } });
      setError(undefined);
      setUserId("");
      context.done(`Imported the account ${userId}.`);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void save();
      }}
    >
      <div class="bar">
        <label>
          Import an account
          <input
            required
            placeholder="UserID"
            value={userId}
            spellcheck={false}
            onInput={({ currentTarget: { value } }) => setUserId(value)}
          />
        </label>
        <button type="submit">Import</button>
      </div>
      <Failure error={error} />
    </form>
  );
}

const names = Object.keys(presetTexts);

function Preset({ context, route, apps }: ViewProps): JSX.Element {
  const [name, setName] = useState(names[0] ?? "");
  const sdkAppId = route.sdkAppId ?? apps[0]?.sdkAppId;
  const load = (): void =>
    context.ask({
      title: `Load the preset ${name}?`,
      text: `${presetTexts[name]} It replaces the whole state of the app ${sdkAppId}, and changes the settings that it needs.`,
      action: "Load",
      run: async () => {
        await context.call("loadPreset", { parameters: { name: name as never, sdkAppId } });
        context.done(`Loaded the preset ${name} into the app ${sdkAppId}.`);
      },
    });
  return (
    <div class="bar">
      <label>
        Preset
        <select aria-describedby="preset" value={name} onChange={({ currentTarget: { value } }) => setName(value)}>
          {names.map((known) => (
            <option value={known}>{known}</option>
          ))}
        </select>
      </label>
      <button type="button" class="danger" onClick={load}>
        Load…
      </button>
      <small id="preset" class="quiet">
        <Marked>{presetTexts[name] ?? ""}</Marked>
      </small>
    </div>
  );
}
