/** The calls of the service, live, with the one that is selected. */
import { Component, type JSX } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import { CallDetail } from "./call-detail.tsx";
import { type Call, type CallFilter, isMatch, outcomeOf } from "./journal.ts";
import type { ViewProps } from "./app.tsx";
import { FirstCall } from "./first-call.tsx";
import { Text, timeText } from "./parts.tsx";

const outcomes: Readonly<Record<CallFilter["outcome"], string>> = {
  all: "All calls",
  succeeded: "Succeeded",
  failed: "Failed",
  faults: "With a fault",
};

const marks = { succeeded: "✓", failed: "✕", faults: "⚡" } as const;

/** Shows the calls. */
export function Calls(props: ViewProps): JSX.Element {
  const { live, route, context } = props;
  const [filter, setFilter] = useState<CallFilter>({ text: "", outcome: "all" });
  const list = useRef<HTMLOListElement>(null);
  const shown = useMemo(() => live.calls.filter((call) => isMatch(call, filter)), [live.calls, filter]);
  const number = Number(route.rest);
  const selected = live.calls.find((call) => call.number === number);

  const move = (event: KeyboardEvent): void => {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const at = links.indexOf(event.target as HTMLAnchorElement);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: links.length - 1 }[event.key];
    const link = to === undefined ? undefined : links[to];
    if (!link) return;
    event.preventDefault();
    link.focus();
    // On a phone, the selected call takes the place of the list.
    if (matchMedia("(min-width: 60rem)").matches) location.replace(link.href);
  };

  const clear = (): void =>
    context.ask({
      title: "Clear the journal?",
      text: "All calls are removed from it. The next call has the number 1 again.",
      action: "Clear",
      run: async () => {
        await context.call("clearJournal");
        live.reload();
      },
    });

  return (
    <section aria-labelledby="calls" class="split" data-selected={selected !== undefined}>
      <div class="list">
        <h2 id="calls" class="hidden">
          Calls
        </h2>
        <form class="bar" role="search" onSubmit={(event) => event.preventDefault()}>
          <label class="grow">
            <span class="hidden">Filter by code, rule, user, operation or text</span>
            <input
              type="search"
              placeholder="Code, rule, user, operation, text"
              value={filter.text}
              onInput={({ currentTarget: { value: text } }) => setFilter({ ...filter, text })}
            />
          </label>
          <label>
            <span class="hidden">Outcome</span>
            <select
              value={filter.outcome}
              onChange={({ currentTarget: { value } }) =>
                setFilter({ ...filter, outcome: value as CallFilter["outcome"] })
              }
            >
              {Object.entries(outcomes).map(([value, text]) => (
                <option value={value}>{text}</option>
              ))}
            </select>
          </label>
          <button type="button" aria-pressed={live.isPaused} onClick={() => live.pause(!live.isPaused)}>
            Pause
          </button>
          <button type="button" class="danger" onClick={clear}>
            Clear…
          </button>
        </form>
        {live.calls.length === 0 && live.status === "live" && <FirstCall {...props} />}
        {live.calls.length > 0 && (
          <p class="quiet count" role="status">
            {shown.length === live.calls.length
              ? `${shown.length} ${shown.length === 1 ? "call" : "calls"}, the newest first`
              : `${shown.length} of ${live.calls.length} calls`}
          </p>
        )}
        <ol class="calls" ref={list} onKeyDown={move}>
          {shown.map((call, index) => {
            const isSelected = call === selected;
            return (
              <Row
                key={call.number}
                call={call}
                isSelected={isSelected}
                // One stop for the tabulator key; the arrow keys go on from there.
                isStop={isSelected || (index === 0 && (!selected || !shown.includes(selected)))}
                href={context.href("calls", call.number)}
              />
            );
          })}
        </ol>
      </div>
      {selected ? (
        <CallDetail key={selected.number} {...props} selected={selected} />
      ) : (
        live.calls.length > 0 && (
          <div class="detail none">
            <p class="quiet">
              {Number.isInteger(number) && number > 0
                ? `The call ${number} is not in the journal any more.`
                : "Select a call to see the rule that decided, and to send it again."}
            </p>
          </div>
        )
      )}
    </section>
  );
}

interface RowProps {
  readonly call: Call;
  readonly isSelected: boolean;
  readonly isStop: boolean;
  readonly href: string;
}

/** A call in the list. Of a thousand rows, only those that change are rendered again. */
class Row extends Component<RowProps> {
  override shouldComponentUpdate(next: RowProps): boolean {
    const { call, isSelected, isStop, href } = this.props;
    return next.call !== call || next.isSelected !== isSelected || next.isStop !== isStop || next.href !== href;
  }

  override render({ call, isSelected, isStop, href }: RowProps): JSX.Element {
    const { at, code, operation, method, url, user, rule, why, fault } = call;
    const outcome = outcomeOf(call);
    const [path = ""] = url.split("?");
    return (
      <li>
        <a href={href} aria-current={isSelected ? "true" : undefined} tabIndex={isStop ? 0 : -1}>
          <time dateTime={new Date(at).toISOString()}>
            {timeText(at).slice(0, 8)}
            <span class="fraction">{timeText(at).slice(8)}</span>
          </time>
          <span class={`code ${outcome}`}>
            <span aria-hidden="true">{marks[outcome]} </span>
            {code ?? `fault ${fault}`}
            {code !== undefined && fault !== undefined && <span class="hidden"> fault {fault}</span>}
          </span>
          <strong>{operation ?? <Text>{`${method} ${path.split("/").at(-1)}`}</Text>}</strong>
          <span class="user">{user !== undefined && <Text>{user}</Text>}</span>
          <span class="reason">
            <span class="rule">{rule}</span> <Text>{why}</Text>
          </span>
        </a>
      </li>
    );
  }
}
