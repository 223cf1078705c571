import type { Bundle } from "./bundle.ts";
import { toSource } from "./to-source.ts";

/** Renders the error that each check of the gate answers, in the order of the checks. */
export function renderGate(bundle: Bundle): string {
  const names = new Map(
    Object.values(bundle["x-errors"])
      .flat()
      .map(({ code, name }) => [code, name]),
  );
  const checks = bundle["x-gate"].map(({ check, error }) => [check, names.get(error)]);

  return `/** Name of the error that a failed check answers. The order is that of the checks. */
export const gateErrors = ${toSource(Object.fromEntries(checks))} as const;

/** A check that a request passes before its operation. */
export type GateCheck = keyof typeof gateErrors;
`;
}
