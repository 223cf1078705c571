import { inject } from "vitest";

declare module "vitest" {
  interface ProvidedContext {
    /** Whether this is `test:thorough`. */
    readonly thorough: boolean;
  }
}

/** How often to repeat what is random: `quick` times in `test`, `thorough` times in `test:thorough`. */
export function amount({ quick, thorough }: { readonly quick: number; readonly thorough: number }): number {
  return inject("thorough") ? thorough : quick;
}
