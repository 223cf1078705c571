/** The faults: their counters, and a form for another one. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { errorCodes, operations } from "@contact-groups/openapi/model";
import { faultForm } from "../../generated/control-texts.ts";
import type { components } from "../../generated/control-types.ts";
import type { ViewProps } from "./app.tsx";
import { type Draft, toValue } from "./draft.ts";
import { FieldInput } from "./field-form.tsx";
import { count, Failure, Text, useLoaded } from "./parts.tsx";

type FaultRecord = components["schemas"]["FaultRecord"];

const suggestions = { operation: Object.keys(operations), error: Object.keys(errorCodes) };

/** Faults that are added with one click. */
const common: readonly { readonly text: string; readonly fault: components["schemas"]["Fault"] }[] = [
  { text: "Next call: HTTP 502", fault: { status: 502, times: 1 } },
  { text: "Next call: connection breaks", fault: { reset: true, times: 1 } },
  { text: "Next call: response is lost, change stays", fault: { reset: true, when: "after", times: 1 } },
  { text: "Next call: too many calls", fault: { error: "CallRateExceeded", times: 1 } },
  { text: "Every call: 2 seconds late", fault: { delayMs: 2000 } },
];

/** Shows the faults. */
export function Faults({ context, live, route }: ViewProps): JSX.Element {
  const version = `${live.calls[0]?.number ?? 0} ${context.turn}`;
  const { value, error } = useLoaded(() => context.call("listFaults"), [route.sdkAppId, version]);
  const faults = value?.faults ?? [];
  const scope = route.sdkAppId === undefined ? "all apps" : `the app ${route.sdkAppId}`;
  const remove = (id: number): void =>
    context.ask({
      title: `Remove the fault ${id}?`,
      text: "It is not triggered any more, from the next call on.",
      action: "Remove",
      run: async () => {
        await context.call("removeFault", { parameters: { id } });
        context.done(`Removed the fault ${id}.`);
      },
    });
  const clear = (): void =>
    context.ask({
      title: `Remove ${count(faults.length, "fault")}?`,
      text: `They are those of ${scope}. Calls succeed and fail by the rules alone, from the next one on.`,
      action: "Remove all",
      run: async () => {
        await context.call("clearFaults");
        context.done("Removed all faults.");
      },
    });
  return (
    <section aria-labelledby="faults">
      <h2 id="faults">Faults of {scope}</h2>
      <p class="quiet">
        A fault injects an error into calls that match it. Of several that are due at a call, the first one is triggered
        {route.sdkAppId === undefined && "; those of a single app are listed when the app is chosen at the top"}.
      </p>
      <Failure error={error} />
      {value && faults.length === 0 && <p>There is no fault. Add one with a click, or with the form.</p>}
      {faults.length > 0 && (
        <>
          <ul class="cards">
            {faults.map((fault) => (
              <li key={fault.id}>
                <div>
                  <strong>Fault {fault.id}</strong> <Parts fault={fault} />
                </div>
                <span class="quiet">
                  matched {fault.matched}, triggered {fault.triggered}
                </span>
                <button
                  type="button"
                  class="danger"
                  onClick={() => remove(fault.id)}
                  aria-label={`Remove fault ${fault.id}`}
                >
                  Remove…
                </button>
              </li>
            ))}
          </ul>
          <button type="button" class="danger" onClick={clear}>
            Remove all…
          </button>
        </>
      )}
      <h3>Add a fault</h3>
      <AddFault context={context} />
    </section>
  );
}

/** The fields of a fault, except for its counters. */
function Parts({
  fault: { id: _1, matched: _2, triggered: _3, ...fields },
}: {
  readonly fault: FaultRecord;
}): JSX.Element {
  return (
    <>
      {Object.entries(fields).map(([name, value]) => (
        <span class="chip">
          {name} <Text>{typeof value === "string" ? value : JSON.stringify(value)}</Text>
        </span>
      ))}
    </>
  );
}

function AddFault({ context }: Pick<ViewProps, "context">): JSX.Element {
  const [draft, setDraft] = useState<Draft>({});
  const [error, setError] = useState<unknown>();
  const add = async (fault: unknown): Promise<void> => {
    try {
      const { id } = await context.call("addFault", { body: fault as components["schemas"]["Fault"] });
      setError(undefined);
      setDraft({});
      context.done(`Added the fault ${id}.`);
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <>
      <div class="bar">
        {common.map(({ text, fault }) => (
          <button type="button" onClick={() => void add(fault)}>
            {text}
          </button>
        ))}
      </div>
      <form
        class="fields"
        onSubmit={(event) => {
          event.preventDefault();
          void add(toValue(faultForm, draft) ?? {});
        }}
      >
        <FieldInput
          name="A fault of your own"
          field={faultForm}
          draft={draft}
          suggestions={suggestions}
          onChange={setDraft}
        />
        <Failure error={error} />
        <button type="submit">Add the fault</button>
      </form>
    </>
  );
}
