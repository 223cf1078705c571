/** The exit codes of every command, so that CI tells apart what it must never mistake for success. */
export const exitCodes = {
  /** Something was judged, and nothing is wrong. */
  passed: 0,
  /** The consumer or the provider breaks the contract. */
  failed: 1,
  /** An option is invalid, or a file, an address or another part of the environment cannot be used. */
  invalidUsage: 2,
  /** Nothing was judged, or something that was selected did not run. */
  notRun: 3,
  /** It ran, but there is no verdict: a response or a part of the recording is missing. */
  notJudged: 4,
} as const;

export type ExitCode = (typeof exitCodes)[keyof typeof exitCodes];
