import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether this is `test:thorough`. */
    readonly thorough: boolean;
  }
}

/** What is random has one form in `test`, `quick`, and another in `test:thorough`: the number of runs, or its seed. */
export function amount<Value>({ quick, thorough }: { readonly quick: Value; readonly thorough: Value }): Value {
  return inject("thorough") ? thorough : quick;
}
