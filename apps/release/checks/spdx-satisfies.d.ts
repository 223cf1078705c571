declare module "spdx-satisfies" {
  /** Whether an SPDX expression is satisfied by some of the licences. Throws, if it is none. */
  export default function satisfies(expression: string, licences: string[]): boolean;
}
