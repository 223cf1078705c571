/** The page: its head, the views, and what they share. */
import type { JSX } from "preact";
import { useEffect, useMemo, useState } from "preact/hooks";
import { controlBase, controlParameters } from "../../generated/control.ts";
import type { Api } from "./api.ts";
import { type AppFacts, Apps } from "./apps.tsx";
import { Calls } from "./calls.tsx";
import { ClockView } from "./clock.tsx";
import { Faults } from "./faults.tsx";
import type { Call } from "./journal.ts";
import { type Live, useLive } from "./live.ts";
import { Confirmation, Failure, type Question, useLoaded } from "./parts.tsx";
import { hrefOf, readRoute, type Route, type View, views } from "./routes.ts";
import { SettingsView } from "./settings.tsx";
import { StateView } from "./state.tsx";
import { Token } from "./token.tsx";

/** What a view gets. */
export interface ViewProps {
  readonly live: Live;
  readonly route: Route;
  readonly context: Context;
  readonly facts: Facts | undefined;
  readonly apps: readonly AppFacts[];
}

/** What a view can do. */
export interface Context {
  /** Calls the control API about the app that is shown, or about all. */
  readonly call: Api["call"];
  /** Asks before something is deleted or replaced. */
  ask(question: Question): void;
  /** Says to everyone, also to readers of a screen, what was done, and reads again what may have changed. */
  done(text: string): void;
  href(view: View, rest?: string | number): string;
  /** Whether a placeholder is enough as the UserSig of a call: its app accepts any, or there is no such app. */
  acceptsAny(call: Call): boolean;
  /** Rises with everything that was done, and when the emulator was restarted. */
  readonly turn: number;
  /** Address of the control API. */
  readonly base: string;
}

/** What the page reads once: the rules of the emulator. */
export interface Facts {
  readonly rules: readonly {
    readonly id: string;
    readonly what: string;
    readonly setting?: string;
  }[];
}

/** Milliseconds for which the page says what was done. */
const messageMs = 10_000;

/** Shows the page. */
export function App({ api }: { readonly api: Api }): JSX.Element {
  const [route, setRoute] = useState(() => readRoute(location.hash));
  const [question, ask] = useState<Question>();
  const [done, setDone] = useState({ text: "", turn: 0 });
  const live = useLive(api, route.sdkAppId);
  useEffect(() => {
    const read = (): void => setRoute(readRoute(location.hash));
    addEventListener("hashchange", read);
    return () => removeEventListener("hashchange", read);
  }, []);
  useEffect(() => {
    const timer = setTimeout(() => setDone((before) => ({ ...before, text: "" })), messageMs);
    return () => clearTimeout(timer);
  }, [done.turn]);
  const { sdkAppId } = route;
  const isThere = live.status === "live";
  const turn = done.turn + live.journals;
  const { value: facts } = useLoaded(readFacts, []);
  // An app that another program added is noticed by its first call.
  const called = useMemo(() => [...new Set(live.calls.map((call) => call.sdkAppId))].toSorted().join(), [live.calls]);
  const { value: listed } = useLoaded(
    async () => (isThere ? (await api.call("listApps")).apps : undefined),
    [isThere, turn, route.view, called],
  );
  const apps = listed ?? [];
  const isUnknown = listed !== undefined && sdkAppId !== undefined && !listed.some((app) => app.sdkAppId === sdkAppId);

  const context = useMemo<Context>(
    () => ({
      call: (id, given) => {
        const field = controlParameters[id];
        // An operation that is about the emulator as a whole has no such parameter.
        const scope = field?.type === "object" && "sdkAppId" in field.fields ? { sdkAppId } : {};
        return api.call(id, { ...given, parameters: { ...scope, ...given?.parameters } as never });
      },
      ask,
      done: (text) => setDone((before) => ({ text, turn: before.turn + 1 })),
      href: (view, rest = "") => hrefOf({ view, rest: String(rest), sdkAppId }),
      acceptsAny: (call) => (apps.find((app) => app.sdkAppId === call.sdkAppId)?.userSig ?? "any") === "any",
      turn,
      base: location.origin + controlBase,
    }),
    [api, sdkAppId, apps, turn],
  );
  const props = { live, route, context, facts, apps };

  return (
    <>
      <Head {...props} />
      {live.status === "lost" && (
        <Failure error={new Error("The emulator cannot be reached. Start it again: the page connects by itself.")} />
      )}
      {isUnknown && (
        <Failure error={new Error(`The emulator has no app ${sdkAppId}. Choose another one at the top, or add it.`)} />
      )}
      <main id="main">
        {live.status === "locked" ? <Token api={api} onToken={live.reload} /> : <Shown {...props} />}
      </main>
      <p role="status" class="done">
        {done.text}
      </p>
      {question && <Confirmation question={question} onClose={() => ask(undefined)} />}
    </>
  );
}

function Shown(props: ViewProps): JSX.Element {
  switch (props.route.view) {
    case "calls":
      return <Calls {...props} />;
    case "state":
      return <StateView {...props} />;
    case "faults":
      return <Faults {...props} />;
    case "clock":
      return <ClockView {...props} />;
    case "settings":
      return <SettingsView {...props} />;
    case "apps":
      return <Apps {...props} />;
  }
}

const connections: Readonly<Record<Live["status"], string>> = {
  connecting: "Connecting",
  live: "Live",
  lost: "Not reached",
  locked: "Locked",
};

function Head({ live, route, context, apps }: ViewProps): JSX.Element {
  const reset = (): void => {
    const whole = route.sdkAppId === undefined ? "the emulator" : `the app ${route.sdkAppId}`;
    context.ask({
      title: `Reset ${whole}?`,
      text: "The state becomes the one that it started with. Calls, the counted rate and the setting of the clock are cleared. Faults stay.",
      action: "Reset",
      run: async () => {
        await context.call("reset");
        live.reload();
        context.done(`Reset ${whole}.`);
      },
    });
  };
  return (
    <header>
      <div class="bar">
        <h1>Inspector</h1>
        <span role="status" class={`connection ${live.isPaused ? "paused" : live.status}`}>
          {live.isPaused ? "Paused" : connections[live.status]}
        </span>
        <select
          class="push"
          aria-label="App"
          value={String(route.sdkAppId ?? "")}
          onChange={({ currentTarget: { value } }) => {
            location.hash = hrefOf({ ...route, rest: "", sdkAppId: value === "" ? undefined : Number(value) });
          }}
        >
          <option value="">All apps</option>
          {route.sdkAppId !== undefined && !apps.some((app) => app.sdkAppId === route.sdkAppId) && (
            <option value={String(route.sdkAppId)}>{route.sdkAppId}</option>
          )}
          {apps.map((app) => (
            <option value={String(app.sdkAppId)}>{app.sdkAppId}</option>
          ))}
        </select>
        <button type="button" class="danger" onClick={reset}>
          Reset…
        </button>
      </div>
      <nav aria-label="Views">
        {Object.entries(views).map(([view, title]) => (
          <a href={context.href(view as View)} aria-current={view === route.view ? "page" : undefined}>
            {title}
          </a>
        ))}
      </nav>
    </header>
  );
}

/** Reads the rules, which are a file next to the page. */
async function readFacts(): Promise<Facts> {
  const response = await fetch("/__emulator/assets/rules.json");
  return (await response.json()) as Facts;
}
