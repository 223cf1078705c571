import type { CoreAnswer, CoreCall } from "../core/core-call.ts";
import type { Core } from "../core/core.ts";

/** Takes the answer of a call. */
export type TakeAnswer = (answer: CoreAnswer) => void;

/** Answers all calls that came within one turn of the event loop in one transaction, so that they share the cost of making it durable. */
export interface Batch {
  /** `take` is called when the answer is durable. */
  add(call: CoreCall, take: TakeAnswer): void;
  /** Answers what has come so far. */
  flush(): void;
}

/** Makes an empty batch. */
export function createBatch({ answerAll }: Pick<Core, "answerAll">): Batch {
  let calls: CoreCall[] = [];
  let takers: TakeAnswer[] = [];

  const flush = (): void => {
    if (calls.length === 0) return;
    const [answered, takes] = [calls, takers];
    calls = [];
    takers = [];
    const answers = answerAll(answered);
    for (const [index, answer] of answers.entries()) takes[index]?.(answer);
  };

  return {
    add(call, take) {
      takers.push(take);
      // Sockets are read before this turn's immediates run, so all requests that are there by now come along.
      if (calls.push(call) === 1) setImmediate(flush);
    },
    flush,
  };
}
