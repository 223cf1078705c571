/** An operation of the description, as far as the plugin looks at it. */
export interface Operation {
  operationId: string;
  responses: { 200?: { content: { "application/json": { examples: Record<string, unknown> } } } };
}

/** A response body of a failed call. */
export interface Failure {
  ActionStatus: "FAIL";
  ErrorCode: number;
  ErrorInfo: string;
}

/** One entry of `errors/*.yaml`. */
export interface ErrorEntry {
  code: number;
  name: string;
  message: string;
  cause: string;
  fix: string;
  category: string;
  /** Most likely cause, in one sentence, for the codes where users get lost. */
  hint?: string;
  retry: string;
  /** Least time before a repeated call, in seconds. */
  retryAfterSeconds?: number;
  /** The operations that can answer it, or `all`, which the bundle has as a list. */
  operations: string[] | "all";
  status: string;
  note?: string;
  source: string[];
}

/** The root of the bundle, as far as the plugin looks at it. */
export interface Description {
  paths: Record<string, { post: Operation }>;
  components: {
    examples?: Record<string, unknown>;
    schemas?: Record<string, Record<string, unknown>>;
  };
  "x-errors": Record<string, ErrorEntry[]>;
}

/** Whether an operation can answer an entry's code. */
export function answers(operationId: string, { operations }: ErrorEntry): boolean {
  return operations === "all" || operations.includes(operationId);
}

/** Every entry of the error catalogue, in the order of the files. */
export function errorEntries(description: Description): ErrorEntry[] {
  return Object.values(description["x-errors"]).flat();
}
