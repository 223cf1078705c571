/** The settings in force, to change. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { ViewProps } from "./app.tsx";
import { Failure, Marked, useLoaded } from "./parts.tsx";

/** Shows the settings of an app, or those of all. */
export function SettingsView({ context, route, facts }: ViewProps): JSX.Element {
  const { value, error } = useLoaded(() => context.call("getSettings"), [route.sdkAppId, context.turn]);
  const scope = route.sdkAppId === undefined ? "all apps" : `the app ${route.sdkAppId}`;
  const [failure, setFailure] = useState<unknown>();
  const change = async (name: string, to: unknown): Promise<void> => {
    try {
      await context.call("changeSettings", { body: { [name]: to } });
      setFailure(undefined);
      context.done(`Changed the setting ${name} of ${scope}.`);
    } catch (caught) {
      setFailure(caught);
    }
  };
  return (
    <section aria-labelledby="settings">
      <h2 id="settings">Settings of {scope}</h2>
      <p class="quiet">
        What the documents leave open. A change is in force from the next call on, until the emulator ends.
        {route.sdkAppId === undefined && " It changes the settings of every app, also of one that has its own."}
      </p>
      <Failure error={error ?? failure} />
      {value && (
        <ul class="settings">
          {Object.entries(value.settings).map(([name, current]) => (
            <Setting
              key={`${name} ${JSON.stringify(current)}`}
              name={name}
              current={current}
              byDefault={value.defaults[name]}
              choices={value.choices[name]}
              rules={facts?.rules.filter(({ setting }) => setting === name) ?? []}
              isSelected={route.rest === name}
              onChange={(to) => void change(name, to)}
            />
          ))}
        </ul>
      )}
    </section>
  );
}

interface SettingProps {
  readonly name: string;
  readonly current: unknown;
  readonly byDefault: unknown;
  readonly choices: readonly unknown[] | undefined;
  readonly rules: readonly { readonly id: string; readonly what: string }[];
  readonly isSelected: boolean;
  onChange(to: unknown): void;
}

function Setting({ name, current, byDefault, choices, rules, isSelected, onChange }: SettingProps): JSX.Element {
  const [draft, setDraft] = useState(show(current));
  const isDefault = JSON.stringify(current) === JSON.stringify(byDefault);
  return (
    <li
      aria-current={isSelected ? "true" : undefined}
      ref={(item) => {
        if (isSelected) item?.scrollIntoView({ block: "center" });
      }}
    >
      <form
        class="bar"
        onSubmit={(event) => {
          event.preventDefault();
          onChange(read(draft));
        }}
      >
        <label for={`setting-${name}`}>{name}</label>
        {choices ? (
          <select
            id={`setting-${name}`}
            value={show(current)}
            onChange={({ currentTarget: { value } }) => onChange(read(value))}
          >
            {choices.map((choice) => (
              <option value={show(choice)}>{show(choice)}</option>
            ))}
          </select>
        ) : (
          <>
            <input
              id={`setting-${name}`}
              required
              spellcheck={false}
              value={draft}
              onInput={({ currentTarget: { value } }) => setDraft(value)}
            />
            <button type="submit" aria-label={`Change ${name}`}>
              Change
            </button>
          </>
        )}
        {!isDefault && (
          <>
            <span class="chip">default {show(byDefault)}</span>
            <button type="button" onClick={() => onChange(byDefault)} aria-label={`Restore the default of ${name}`}>
              Restore
            </button>
          </>
        )}
      </form>
      {rules.map(({ id, what }) => (
        <p key={id} class="quiet">
          <code>{id}</code> <Marked>{what}</Marked>
        </p>
      ))}
    </li>
  );
}

function show(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** Reads what was typed: a number, `true`, an object in JSON, or a text. */
function read(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
