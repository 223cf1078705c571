import { setFlagsFromString } from "node:v8";

/**
 * Leaves V8's young generation as large as it is now. Under load it would grow to 64 MB, most of what the command would then hold, and what a
 * call allocates is garbage as soon as it is answered. V8 looks at the factor each time it would grow, so it can be set while the program runs.
 */
export function keepYoungGeneration(): void {
  setFlagsFromString("--semi-space-growth-factor=1");
}
