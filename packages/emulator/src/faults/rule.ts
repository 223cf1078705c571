import type { Rule } from "../rule.ts";

/** What a fault does to a call goes before every other rule. */
export const faultRule: Rule = {
  id: "fault",
  what: "A fault that was added speaks before or after everything else; there is none at first",
  evidence: "project",
};
