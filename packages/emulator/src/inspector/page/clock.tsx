/** The clock: the time, and how to change it. */
import type { JSX } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { BodyOf, ResultOf } from "../../control/handlers.ts";
import type { ViewProps } from "./app.tsx";
import { Failure, useLoaded } from "./parts.tsx";

const minute = 60_000;
const day = 24 * 60 * minute;

const steps: readonly (readonly [text: string, milliseconds: number])[] = [
  ["1 second", 1000],
  ["1 minute", minute],
  ["1 hour", 60 * minute],
  ["1 day", day],
  ["30 days", 30 * day],
  ["180 days", 180 * day],
];

/** Shows the clock. */
export function ClockView({ context, route }: ViewProps): JSX.Element {
  const { value, error } = useLoaded(
    async () => ({ ...(await context.call("getClock")), readAt: Date.now() }),
    [route.sdkAppId, context.turn],
  );
  const [failure, setFailure] = useState<unknown>();
  const [custom, setCustom] = useState("");
  const [time, setTime] = useState("");
  const run = async (text: string, change: () => Promise<ResultOf<"getClock">>): Promise<void> => {
    try {
      await change();
      setFailure(undefined);
      context.done(text);
    } catch (caught) {
      setFailure(caught);
    }
  };
  const change = (text: string, body: BodyOf<"changeClock">): void =>
    void run(text, () => context.call("changeClock", { body }));
  return (
    <section aria-labelledby="clock">
      <h2 id="clock">Clock</h2>
      <p class="quiet">
        The time of <code>Timestamp</code>, the header <code>Date</code>, UserSigs and the rate limit
        {route.sdkAppId !== undefined && `, for the app ${route.sdkAppId} alone`}.
      </p>
      <Failure error={error ?? failure} />
      {value && (
        <>
          <Time {...value} />
          <div class="bar">
            {value.frozen ? (
              <button type="button" onClick={() => change("The clock runs.", { frozen: false })}>
                Let it run
              </button>
            ) : (
              <button type="button" onClick={() => change("The clock is frozen.", { frozen: true })}>
                Freeze
              </button>
            )}
          </div>
          <h3>Advance</h3>
          <div class="bar">
            {steps.map(([text, advanceMs]) => (
              <button type="button" onClick={() => change(`Advanced the clock by ${text}.`, { advanceMs })}>
                {text}
              </button>
            ))}
          </div>
          <form
            class="bar"
            onSubmit={(event) => {
              event.preventDefault();
              change(`Advanced the clock by ${custom} ms.`, { advanceMs: Number(custom) });
            }}
          >
            <label>
              Milliseconds; negative to go back
              <input
                required
                pattern="-?[0-9]+"
                title="An integer"
                value={custom}
                onInput={({ currentTarget }) => setCustom(currentTarget.value)}
              />
            </label>
            <button type="submit">Advance</button>
          </form>
          <h3>Set</h3>
          <form
            class="bar"
            onSubmit={(event) => {
              event.preventDefault();
              const body = { now: Date.parse(`${time}Z`), frozen: value.frozen };
              void run("Set the clock.", () => context.call("setClock", { body }));
            }}
          >
            <label>
              Time in UTC
              <input
                type="datetime-local"
                step="1"
                required
                value={time}
                onInput={({ currentTarget }) => setTime(currentTarget.value)}
              />
            </label>
            <button type="submit">Set</button>
          </form>
        </>
      )}
    </section>
  );
}

interface TimeProps {
  readonly now: number;
  readonly frozen: boolean;
  /** The time of this machine at which `now` was read. */
  readonly readAt: number;
}

/** The time, which goes on by itself unless it is frozen. */
function Time({ now, frozen, readAt }: TimeProps): JSX.Element {
  const [passed, setPassed] = useState(0);
  useEffect(() => {
    setPassed(0);
    if (frozen) return undefined;
    const timer = setInterval(() => setPassed(Date.now() - readAt), 1000);
    return () => clearInterval(timer);
  }, [now, frozen, readAt]);
  const text = new Date(now + passed).toISOString();
  return (
    <p class="time">
      <time dateTime={text}>
        {text.slice(0, 10)} {text.slice(11, 19)} UTC
      </time>{" "}
      <span class="chip">{frozen ? "frozen" : "runs"}</span>
    </p>
  );
}
