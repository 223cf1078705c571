declare module "spdx-satisfies" {
  /** Whether an SPDX expression is satisfied by some of the licences. Throws when it is not an SPDX expression. */
  export default function satisfies(expression: string, licences: string[]): boolean;
}
