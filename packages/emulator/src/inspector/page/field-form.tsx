/** A form for a value of a field of the description: every field that is added there is in it. */
import type { Field } from "@contact-groups/openapi/model";
import type { JSX } from "preact";
import { useId } from "preact/hooks";
import { type Draft, entriesOf, partsOf } from "./draft.ts";
import { Marked } from "./parts.tsx";

interface FieldInputProps {
  readonly name: string;
  readonly field: Field;
  readonly draft: Draft;
  /** Values to choose from, of a field that is a text in the description. */
  readonly suggestions?: Readonly<Record<string, readonly string[]>>;
  onChange(draft: Draft): void;
}

/** Edits one field. */
export function FieldInput({ name, field, draft, suggestions, onChange }: FieldInputProps): JSX.Element {
  const id = useId();
  if (field.type === "object") {
    const given = partsOf(draft);
    return (
      <fieldset>
        <legend>{name}</legend>
        <Description field={field} />
        {Object.entries(field.fields).map(([inner, innerField]) => (
          <FieldInput
            key={inner}
            name={inner}
            field={innerField}
            draft={given[inner]}
            {...(suggestions && { suggestions })}
            onChange={(value) => onChange({ ...given, [inner]: value })}
          />
        ))}
      </fieldset>
    );
  }
  if (field.type === "array" && field.items.type === "object") {
    const entries = entriesOf(draft);
    return (
      <fieldset>
        <legend>{name}</legend>
        <Description field={field} />
        {entries.map((entry, index) => (
          <FieldInput
            key={index}
            name={`${name} ${index + 1}`}
            field={field.items}
            draft={entry}
            {...(suggestions && { suggestions })}
            onChange={(value) => onChange(entries.with(index, value))}
          />
        ))}
        <div class="bar">
          <button type="button" onClick={() => onChange([...entries, {}])}>
            Add to {name}
          </button>
          {entries.length > 0 && (
            <button type="button" onClick={() => onChange(entries.slice(0, -1))}>
              Remove {name} {entries.length}
            </button>
          )}
        </div>
      </fieldset>
    );
  }
  const text = typeof draft === "string" ? draft : "";
  const known = suggestions?.[name];
  // A value of several types can be another one than those that are known.
  const choices = field.enum ?? (field.type === "scalar" ? undefined : known);
  const given = { id, "aria-describedby": `${id}-text`, value: text } as const;
  const change = ({ currentTarget: { value } }: { readonly currentTarget: { readonly value: string } }): void =>
    onChange(value);
  const isFlag = field.type === "boolean" && field.enum?.length === 1;
  return (
    <div class={isFlag ? "field flag" : "field"}>
      <label for={id}>{name}</label>
      {isFlag ? (
        <input
          id={id}
          type="checkbox"
          aria-describedby={`${id}-text`}
          checked={draft === true}
          onChange={({ currentTarget: { checked } }) => onChange(checked || undefined)}
        />
      ) : (choices ?? field.type === "boolean") ? (
        <select {...given} onChange={change}>
          <option value="">any or default</option>
          {(choices ?? [true, false]).map((choice) => (
            <option value={String(choice)}>{String(choice)}</option>
          ))}
        </select>
      ) : isLong(field) ? (
        <textarea {...given} rows={2} spellcheck={false} onInput={change} />
      ) : (
        <input
          {...given}
          spellcheck={false}
          autocomplete="off"
          type="text"
          list={field.type === "scalar" && known ? `${id}-list` : undefined}
          {...(field.type === "integer" || field.type === "number" ? { inputMode: "decimal" as const } : {})}
          onInput={change}
        />
      )}
      {field.type === "scalar" && known && (
        <datalist id={`${id}-list`}>
          {known.map((value) => (
            <option value={value} />
          ))}
        </datalist>
      )}
      <Description field={field} id={`${id}-text`} />
    </div>
  );
}

function Description({ field: { description }, id }: { readonly field: Field; readonly id?: string }): JSX.Element {
  return (
    <small id={id} class="quiet">
      {description !== undefined && <Marked>{description}</Marked>}
    </small>
  );
}

/** Whether a value has more than one line: a list, which has one entry on each line, or JSON of an object with alternatives. */
function isLong(field: Field): boolean {
  return field.type === "array" || field.type === "union";
}
