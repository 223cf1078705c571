import type { Description } from "../reference/openapi-types.ts";
import type { Operation } from "../reference/operations.ts";
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
}

/** Every kind of sample. */
export const writers: readonly Writer[] = [
  { label: "curl", highlight: "bash", write: curl },
  { label: "Node.js, client", highlight: "js", write: client },
  { label: "Node.js, fetch", highlight: "js", write: plainFetch },
  { label: "Python", highlight: "python", write: python },
  { label: "Go", highlight: "go", write: go },
  { label: "Java", highlight: "java", write: java },
  { label: "PHP", highlight: "php", write: php },
];

/** The samples of an operation. A test runs each of them. */
export function samplesOf(description: Description, operation: Operation): readonly Sample[] {
  const call = sampleCall(description, operation);
  return writers.map(({ label, highlight, write }) => ({ label, highlight, source: write(call) }));
}

/** The description with `x-codeSamples` in each operation, for Redoc. */
export function withSamples(description: Description, operations: readonly Operation[]): object {
  const paths = operations.map((operation) => {
    const codeSamples = samplesOf(description, operation).map(({ label, highlight, source }) => ({
      lang: highlight,
      label,
      source,
    }));
    return [operation.path, { post: { ...operation.object, "x-codeSamples": codeSamples } }];
  });
  return { ...description, paths: Object.fromEntries(paths) };
}
