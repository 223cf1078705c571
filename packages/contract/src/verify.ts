export { planVerification, verify } from "./verify/verify.ts";
export { VerifyError } from "./verify/verify-options.ts";
export type { VerifyOptions } from "./verify/verify-options.ts";
export type { ScenarioResult, VerifyPlan, VerifyReport } from "./verify/scenario.ts";
export { planText, reportText } from "./report/text.ts";
export { junitXml } from "./report/junit.ts";
export { sarifLog } from "./report/sarif.ts";
