/** What happens where the emulator cannot go on. */
export const coreRules = {
  "core.failure": {
    what: "An error of the emulator itself: nothing is written",
    evidence: "errors-2025",
    error: "InternalFailure",
  },
} as const;
