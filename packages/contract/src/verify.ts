export { planVerification, verify } from "./verify/verify.ts";
export { VerifyError } from "./verify/verify-options.ts";
export type { VerifyOptions } from "./verify/verify-options.ts";
export type { ScenarioResult, VerifyPlan, VerifyReport } from "./verify/scenario.ts";
export { formatReport } from "./report/format-report.ts";
export type { ReportFormat } from "./report/format-report.ts";
