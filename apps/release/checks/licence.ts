import satisfies from "spdx-satisfies";
import type { RepositoryViolation } from "./violation.ts";

/** Licences that dependencies of our packages may have. They require attribution only. */
export const allowed: readonly string[] = [
  "0BSD",
  "Apache-2.0",
  "BSD-2-Clause",
  "BSD-3-Clause",
  "BlueOak-1.0.0",
  "ISC",
  "MIT",
];

/** A package with its licence, as `pnpm licenses list --json` gives it. */
export interface Licensed {
  readonly name: string;
  readonly license: string;
}

/** Finds packages whose licence is not on the list, or is not an SPDX expression. */
export function checkLicences(packages: readonly Licensed[]): readonly RepositoryViolation[] {
  return packages
    .filter(({ license }) => !isAllowed(license))
    .map(({ name, license }) => ({
      where: name,
      what: `Its licence is "${license}", which is not on the list of allowed ones. Remove the package, or add the licence with the reason.`,
    }));
}

function isAllowed(license: string): boolean {
  try {
    return satisfies(license, [...allowed]);
  } catch {
    return false;
  }
}
