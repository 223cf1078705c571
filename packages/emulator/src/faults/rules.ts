/** What a fault does to a call goes before every other rule. */
export const faultRules = {
  fault: {
    what: "A fault that was added decides before or after everything else; there is none at first",
    evidence: "project",
  },
} as const;
