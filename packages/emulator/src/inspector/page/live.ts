/** What the page reads again and again: the journal, and whether the emulator can be reached. */
import { useEffect, useMemo, useState } from "preact/hooks";
import { type Api, ProblemError } from "./api.ts";
import { addCalls, type Call, since } from "./journal.ts";

/** How well the emulator is reached: not known yet, well, not at all, or only with a token. */
export type Connection = "connecting" | "live" | "lost" | "locked";

/** The journal, live. */
export interface Live {
  readonly status: Connection;
  /** The newest first. */
  readonly calls: readonly Call[];
  readonly isPaused: boolean;
  /** Rises with each other journal: the emulator was restarted, or the journal was cleared. */
  readonly journals: number;
  /** Stops and continues adding calls. */
  pause(isPaused: boolean): void;
  /** Reads the journal from its beginning. */
  reload(): void;
}

/** Milliseconds between two requests while the page is visible. */
const everyMs = 1000;

interface JournalState {
  readonly calls: readonly Call[];
  readonly status: Connection;
  readonly journals: number;
}

/** Follows the journal of an app, or of the whole emulator, while the page is visible. It connects again when the emulator was restarted. */
export function useLive(api: Api, sdkAppId: number | undefined): Live {
  const [isPaused, pause] = useState(false);
  const [state, setState] = useState<JournalState>({ calls: [], status: "connecting", journals: 0 });
  const [turn, setTurn] = useState(0);

  // Another journal: nothing of it is known.
  useMemo(() => setState((before) => ({ ...before, calls: [] })), [api, sdkAppId, turn]);

  useEffect(() => {
    let calls: readonly Call[] = [];
    let timer: ReturnType<typeof setTimeout> | undefined;
    let isCurrent = true;
    let isOther = false;
    const read = async (): Promise<Connection> => {
      isOther = false;
      try {
        let page = await api.call("listCalls", { parameters: { sdkAppId, since: since(calls) } });
        let next = addCalls(calls, page);
        isOther = !next;
        if (!next) {
          page = await api.call("listCalls", { parameters: { sdkAppId } });
          next = addCalls([], page) ?? [];
        }
        calls = next;
        return "live";
      } catch (error) {
        // An app that was removed has no journal, but the emulator is there.
        if (error instanceof ProblemError) return error.status === 401 ? "locked" : "live";
        return "lost";
      }
    };
    const go = async (): Promise<void> => {
      clearTimeout(timer);
      if (!document.hidden && !isPaused) {
        const status = await read();
        if (!isCurrent) return;
        setState((before) =>
          before.calls === calls && before.status === status
            ? before
            : { calls, status, journals: before.journals + Number(isOther) },
        );
      }
      timer = setTimeout(() => void go(), everyMs);
    };
    const wake = (): void => {
      if (!document.hidden) void go();
    };
    document.addEventListener("visibilitychange", wake);
    void go();
    return () => {
      isCurrent = false;
      clearTimeout(timer);
      document.removeEventListener("visibilitychange", wake);
    };
  }, [api, sdkAppId, turn, isPaused]);

  return { ...state, isPaused, pause, reload: () => setTurn((before) => before + 1) };
}
