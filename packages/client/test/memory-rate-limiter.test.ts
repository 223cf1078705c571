import { createMemoryRateLimiter } from "../src/memory-rate-limiter.ts";
import { testRateLimiter } from "./rate-limiter-conformance.ts";
import { createVirtualClock } from "./virtual-clock.ts";

testRateLimiter("the rate limiter of a process", () => {
  const clock = createVirtualClock();
  return { limiter: createMemoryRateLimiter(clock), now: clock.monotonic, pass: clock.pass };
});
