import type { Lang } from "../locales.ts";
import type { Model, Operation } from "../reference/model.ts";
import { wordsOf } from "../words/words.ts";
import { client } from "./client.ts";
import { curl } from "./curl.ts";
import { plainFetch } from "./fetch.ts";
import { go } from "./go.ts";
import { java } from "./java.ts";
import { php } from "./php.ts";
import { python } from "./python.ts";
import { sampleCall, type SampleCall } from "./sample-call.ts";

/** A program in one language that makes a call. */
export interface Sample {
  readonly label: string;
  /** Name of the language for a highlighter. */
  readonly highlight: string;
  readonly source: string;
}

/** A way to write a sample. */
export interface Writer {
  readonly label: string;
  readonly highlight: string;
  readonly write: (call: SampleCall) => string;
  /** The tests run it wherever they run. The others they run where the toolchain is installed. */
  readonly alwaysRun?: true;
}

/** Every kind of sample. */
export const writers: readonly Writer[] = [
  { label: "curl", highlight: "bash", write: curl, alwaysRun: true },
  { label: "Client", highlight: "js", write: client, alwaysRun: true },
  { label: "fetch", highlight: "js", write: plainFetch, alwaysRun: true },
  { label: "Python", highlight: "python", write: python, alwaysRun: true },
  { label: "Go", highlight: "go", write: go },
  { label: "Java", highlight: "java", write: java },
  { label: "PHP", highlight: "php", write: php },
];

/** The samples of an operation. */
export function samplesOf(model: Pick<Model, "servers">, operation: Operation): readonly Sample[] {
  const call = sampleCall(model, operation);
  return writers.map(({ label, highlight, write }) => ({ label, highlight, source: write(call) }));
}

/** What a reader has to know of all samples, in Markdown. */
export function samplesNote(lang: Lang): string {
  const run = writers.filter(({ alwaysRun }) => alwaysRun).map(({ label }) => label);
  const say = wordsOf(lang);
  return say("samplesNote", { samples: run.join(say("comma")) });
}
