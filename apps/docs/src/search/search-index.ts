import type { SearchAnswer, SearchQuestion, SearchSetUp } from "./search-worker.ts";

/** The index of one language, in a worker that starts with the first question. After a failure the next question starts a new one. */
export class SearchIndex {
  readonly #setUp: SearchSetUp;
  #worker: Worker | undefined;
  readonly #waiting = new Set<(answer: SearchAnswer) => void>();

  constructor(setUp: SearchSetUp) {
    this.#setUp = setUp;
  }

  /** Loads the index, so that the first question is answered sooner. */
  open(): void {
    if (this.#worker) return;
    this.#worker = new Worker(new URL("./search-worker.ts", import.meta.url), { type: "module" });
    this.#worker.addEventListener("message", ({ data }: MessageEvent<SearchAnswer>) => this.#answer(data));
    this.#worker.addEventListener("error", () => this.#answer({ words: "", failed: "The worker did not start." }));
    this.#worker.postMessage(this.#setUp, []);
  }

  /** Answers a question. Never fails: an index that cannot be loaded is an answer too. */
  ask(question: SearchQuestion): Promise<SearchAnswer> {
    this.open();
    return new Promise((resolve) => {
      const take = (answer: SearchAnswer): void => {
        if (!("failed" in answer) && answer.words !== question.words) return;
        this.#waiting.delete(take);
        resolve(answer);
      };
      this.#waiting.add(take);
      this.#worker!.postMessage(question, []);
    });
  }

  #answer(answer: SearchAnswer): void {
    if ("failed" in answer) {
      this.#worker?.terminate();
      this.#worker = undefined;
    }
    for (const take of this.#waiting) take(answer);
  }
}
