/** One call: the rule that decided, the request, and how to send it again. */
import { type ErrorEntry, errors } from "@contact-groups/openapi/model";
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import { anyUserSig, isWhole, toClientCode, toCurl } from "../replay.ts";
import type { ViewProps } from "./app.tsx";
import { type Call, outcomeOf } from "./journal.ts";
import { formatJson } from "./json-text.ts";
import { Code, Copyable, Failure, Marked, Text, timeText, TrustNote } from "./parts.tsx";

/** Shows a call. */
export function CallDetail({ selected: call, context, facts }: ViewProps & { readonly selected: Call }): JSX.Element {
  const { number, at, method, url, operation, user, rule, why, code, fault, body } = call;
  const outcome = outcomeOf(call);
  const known = (errors as Readonly<Record<number, ErrorEntry>>)[code ?? 0];
  const declared = facts?.rules.find(({ id }) => id === rule);
  return (
    <article class="detail" aria-labelledby="call">
      <p class="back">
        <a href={context.href("calls")}>← All calls</a>
      </p>
      <h2 id="call">
        {operation ?? "Call"} <span class="quiet">#{number}</span>
      </h2>
      <p>
        <span class={`code ${outcome}`}>{code ?? "no code"}</span>{" "}
        {known ? known.name : outcome === "succeeded" ? "Succeeded" : ""}
        {fault !== undefined && (
          <>
            {" "}
            by <a href={context.href("faults")}>fault {fault}</a>
          </>
        )}
      </p>

      <h3>What decided</h3>
      <p>
        <code class="rule">{rule}</code> <Text>{why}</Text>
      </p>
      {declared && (
        <p class="quiet">
          The rule: <Marked>{declared.what}</Marked>.
          {declared.setting && (
            <>
              {" "}
              The setting <a href={context.href("settings", declared.setting)}>{declared.setting}</a> changes it.
            </>
          )}
        </p>
      )}
      {known && (
        <dl>
          <dt>Cause</dt>
          <dd>
            <Marked>{known.cause}</Marked>
          </dd>
          <dt>Fix</dt>
          <dd>
            <Marked>{known.fix}</Marked>
          </dd>
        </dl>
      )}

      <h3>Request</h3>
      <dl>
        <dt>Line</dt>
        <dd class="break">
          {method} <Text>{url}</Text>
        </dd>
        {user !== undefined && (
          <>
            <dt>User</dt>
            <dd>
              <a href={context.href("state", user)}>
                <Text>{user}</Text>
              </a>
            </dd>
          </>
        )}
        <dt>Time</dt>
        <dd>
          {new Date(at).toISOString().slice(0, 10)} {timeText(at)} UTC
        </dd>
      </dl>
      {body ? <Code label="Request body">{formatJson(body)}</Code> : <p class="quiet">{whyNoBody(call)}</p>}
      <Replay call={call} context={context} />
    </article>
  );
}

function Replay({ call, context }: Pick<ViewProps, "context"> & { readonly call: Call }): JSX.Element {
  const [sent, setSent] = useState<string>();
  const [error, setError] = useState<unknown>();
  const acceptsAny = context.acceptsAny(call);
  const parts = { call: call as Parameters<typeof isWhole>[0], address: location.origin, acceptsAny };
  const curl = commandOf(parts);
  const code = toClientCode(parts);
  const isComplete = isWhole(parts.call);
  const again = async (): Promise<void> => {
    try {
      const { method, url, body } = call;
      const target = url.replace(/(usersig=)[^&]*/, `$1${anyUserSig}`);
      const response = await fetch(target, {
        method,
        ...(method !== "GET" && method !== "HEAD" && { body: body ?? "" }),
      });
      setSent(formatJson(await response.text()));
      setError(undefined);
    } catch (caught) {
      setSent(undefined);
      setError(caught instanceof TypeError ? new Error("The connection broke. A fault can be the reason.") : caught);
    }
  };
  return (
    <>
      <h3>Send it again</h3>
      {!isComplete && (
        <p class="quiet">The journal does not have all of this request, so what is sent again differs from it.</p>
      )}
      {acceptsAny && isComplete && (
        <p>
          <button type="button" onClick={() => void again()}>
            Send again
          </button>
        </p>
      )}
      <Failure error={error} />
      {sent !== undefined && <Code label="Response">{sent}</Code>}
      {!acceptsAny && (
        <p class="quiet">
          Set the environment variable <code>KEY</code> to the key of the app. The page does not know it.
        </p>
      )}
      <TrustNote />
      <h4>curl</h4>
      {curl === undefined ? (
        <p class="quiet">The body has a NUL, which no argument of a command can hold.</p>
      ) : (
        <Copyable label="curl command" text={curl} />
      )}
      <h4>@contact-groups/client</h4>
      {code === undefined ? (
        <p class="quiet">The client cannot send this request: it sends a JSON object to a path of the API.</p>
      ) : (
        <Copyable label="TypeScript code" text={code} />
      )}
    </>
  );
}

function commandOf(parts: Parameters<typeof toCurl>[0]): string | undefined {
  try {
    return toCurl(parts);
  } catch {
    return undefined;
  }
}

function whyNoBody({ body, bodyOmitted }: Call): string {
  if (body === "") return "The request has no body.";
  return bodyOmitted === "not UTF-8"
    ? "The journal does not have the body, which is not UTF-8."
    : "The journal does not have the body, which is too large.";
}
