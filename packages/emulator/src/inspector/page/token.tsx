/** Asks for the token of the control API. */
import type { JSX } from "preact";
import { useState } from "preact/hooks";
import type { Api } from "./api.ts";
import { Failure } from "./parts.tsx";

/** Asks for the token, and keeps it for this tab. */
export function Token({ api, onToken }: { readonly api: Api; readonly onToken: () => void }): JSX.Element {
  const [token, setToken] = useState("");
  const [error, setError] = useState<unknown>();
  const open = async (): Promise<void> => {
    api.token = token;
    try {
      await api.call("listCalls", { parameters: { since: Number.MAX_SAFE_INTEGER } });
      onToken();
    } catch (caught) {
      setError(caught);
    }
  };
  return (
    <section class="narrow">
      <h2>This emulator requires a token</h2>
      <p>
        It was started with one for its control API. The token stays in this tab and is gone when the tab is closed.
      </p>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          void open();
        }}
      >
        <label>
          Token
          <input
            type="password"
            autocomplete="off"
            required
            value={token}
            onInput={({ currentTarget: { value } }) => setToken(value)}
          />
        </label>
        <Failure error={error} />
        <button type="submit">Open</button>
      </form>
    </section>
  );
}
