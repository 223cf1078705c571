/**
 * Set up before each test file: a test in which this package draws real randomness fails, since its failure could not be repeated. The
 * linter sees who draws it; this sees a test that forgot to give its own.
 */
import { afterEach } from "vitest";

const sources: readonly (readonly [object, string])[] = [
  [Math, "random"],
  [globalThis.crypto, "getRandomValues"],
  [globalThis.crypto, "randomUUID"],
];

const advice = "its own, as createClient({ random })";

/** What was drawn in this test. */
export const drawn: string[] = [];
afterEach(() => {
  // Also where the error went the way of any other that a transport or a hook throws.
  const calls = drawn.splice(0);
  if (calls.length > 0) throw new Error(`This test drew real randomness: ${calls.join(", ")}. Give it ${advice}.`);
});

for (const [owner, name] of sources) {
  const real = Reflect.get(owner, name) as (...values: unknown[]) => unknown;
  Reflect.defineProperty(owner, name, {
    configurable: true,
    value(...values: unknown[]): unknown {
      const [, , caller = ""] = new Error("who calls?").stack?.split("\n") ?? [];
      if (!caller.includes("/packages/client/src/")) return real.apply(owner, values);
      drawn.push(`${name} ${caller.trim()}`);
      throw new Error(`${name} was called in a unit test. Give it ${advice}.`);
    },
  });
}
