/** What the views have in common. */
import type { ComponentChildren, JSX } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import { ProblemError } from "./api.ts";

/** Characters that would be invisible, or would change how the text around them is read. The joiner within an emoji is neither. */
const unseen = /(?!(?<=\p{Extended_Pictographic}\uFE0F?)\u200D)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** Shows a text of the state or of a call: isolated from the direction of the text around it, with invisible characters as escapes. */
export function Text({ children: text }: { readonly children: string }): JSX.Element {
  const parts: ComponentChildren[] = [];
  let end = 0;
  for (const { 0: found, index } of text.matchAll(unseen)) {
    parts.push(text.slice(end, index), <span class="unseen">{escapeOf(found)}</span>);
    end = index + found.length;
  }
  parts.push(text.slice(end));
  return <bdi>{parts}</bdi>;
}

function escapeOf(found: string): string {
  return `\\u{${found.codePointAt(0)!.toString(16).toUpperCase()}}`;
}

/** Shows a text of the description, in which code is between backticks. */
export function Marked({ children }: { readonly children: string }): JSX.Element {
  return <>{children.split("`").map((part, index) => (index % 2 === 1 ? <code>{part}</code> : part))}</>;
}

/** Shows JSON or code, with line breaks. */
export function Code({ children: text, label }: { readonly children: string; readonly label: string }): JSX.Element {
  const lines = text.split("\n");
  return (
    // Long lines are scrolled, also with the keyboard.
    <pre tabIndex={0} role="region" aria-label={label}>
      <code>
        {lines.map((line, index) => (
          <>
            {/^[\t -~]*$/.test(line) ? line : <Text>{line}</Text>}
            {index < lines.length - 1 && "\n"}
          </>
        ))}
      </code>
    </pre>
  );
}

/** A text to copy, with the button that copies it. */
export function Copyable({ text, label }: { readonly text: string; readonly label: string }): JSX.Element {
  const [result, setResult] = useState<"copied" | "selected">();
  const host = useRef<HTMLDivElement>(null);
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(text);
      setResult("copied");
    } catch {
      // Pages of other hosts have no clipboard without HTTPS.
      const code = host.current?.querySelector("code");
      if (code) getSelection()?.selectAllChildren(code);
      setResult("selected");
    }
  };
  useEffect(() => setResult(undefined), [text]);
  return (
    <div class="copyable" ref={host}>
      <Code label={label}>{text}</Code>
      {/* Nothing else moves when it says so, or a click on the next button would miss it. */}
      <button
        type="button"
        onClick={() => void copy()}
        onBlur={() => setResult((before) => (before === "copied" ? undefined : before))}
        aria-label={`Copy: ${label}`}
      >
        {result === "copied" ? "Copied" : "Copy"}
      </button>
      <span role="status" class={result === "selected" ? "quiet" : "hidden"}>
        {result === "copied" && "Copied"}
        {result === "selected" && "Selected: copy it with the keyboard"}
      </span>
    </div>
  );
}

/** Says what a command and a program need to trust the emulator, where it is reached over HTTPS. */
export function TrustNote(): JSX.Element | null {
  if (location.protocol !== "https:") return null;
  return (
    <p class="quiet">
      curl needs the CA of the emulator, <code>--cacert FILE</code>, and Node.js the environment variable{" "}
      <code>NODE_EXTRA_CA_CERTS</code>. The emulator prints its file when it starts.
    </p>
  );
}

/** Says what went wrong, and what to do. */
export function Failure({ error }: { readonly error: unknown }): JSX.Element | null {
  if (error === undefined) return null;
  return (
    <p role="alert" class="failure">
      <Text>{messageOf(error)}</Text>
    </p>
  );
}

/** Returns what to show of an error. */
export function messageOf(error: unknown): string {
  if (error instanceof ProblemError) return error.message;
  if (error instanceof TypeError)
    return "The emulator cannot be reached. Is it running? The page connects again by itself.";
  return error instanceof Error ? error.message : String(error);
}

/** What is asked before something is deleted or replaced. */
export interface Question {
  readonly title: string;
  readonly text: string;
  /** The text of the button. */
  readonly action: string;
  run(): Promise<void>;
}

/** Asks before something is deleted or replaced. It shows the error when the action fails. */
export function Confirmation({
  question,
  onClose,
}: {
  readonly question: Question;
  readonly onClose: () => void;
}): JSX.Element {
  const dialog = useRef<HTMLDialogElement>(null);
  const [error, setError] = useState<unknown>();
  useLayoutEffect(() => dialog.current?.showModal(), []);
  const run = async (): Promise<void> => {
    try {
      await question.run();
      dialog.current?.close();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <dialog ref={dialog} onClose={onClose} aria-labelledby="question">
      <h2 id="question">
        <Text>{question.title}</Text>
      </h2>
      <p>
        <Marked>{question.text}</Marked>
      </p>
      <Failure error={error} />
      <div class="bar">
        <button type="button" class="danger" onClick={() => void run()}>
          {question.action}
        </button>
        <button type="button" autofocus onClick={() => dialog.current?.close()}>
          Cancel
        </button>
      </div>
    </dialog>
  );
}

/** Calls `load` when one of the values changes. The result of an earlier call is not used any more then. */
export function useLoaded<Value>(
  load: () => Promise<Value>,
  values: readonly unknown[],
): { readonly value: Value | undefined; readonly error: unknown } {
  const [state, setState] = useState<{ value: Value | undefined; error: unknown }>({
    value: undefined,
    error: undefined,
  });
  useEffect(() => {
    let isCurrent = true;
    load().then(
      (value) => isCurrent && setState({ value, error: undefined }),
      (error: unknown) => isCurrent && setState((before) => ({ ...before, error })),
    );
    return () => {
      isCurrent = false;
    };
  }, values);
  return state;
}

/** Returns a time of the emulator as the command prints it. */
export function timeText(at: number): string {
  return new Date(at).toISOString().slice(11, 23);
}

/** Returns a number with its noun. */
export function count(number: number, noun: string): string {
  return `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
}
