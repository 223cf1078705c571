/** `pnpm run fuzz [-- count [seed]]`: the comparison of the forms with many requests. Exits with 1 for a difference, or when nothing was compared. */
import { realClock } from "@contact-groups/core/real-clock";
import { fuzz } from "./run.ts";

const [count = 12_000, seed = 1] = process.argv
  .slice(2)
  .filter((argument) => argument !== "--")
  .map(Number);
const startedAt = realClock.now();
const { requests, accepted, sent, compared, validated, differences } = await fuzz(count, seed);
for (const difference of differences) console.error(JSON.stringify(difference, null, 2));
const seconds = Math.round((realClock.now() - startedAt) / 1000);
console.log(`${requests} requests with seed ${seed} in ${seconds} s, of which ${accepted} broke no rule.`);
for (const [name, times] of Object.entries(sent)) console.log(`${name}: ${times} sent`);
console.log(
  `${compared} outcomes compared, ${validated} responses validated by Prism, ${differences.length} differences.`,
);
process.exitCode = differences.length === 0 && requests === count && compared > count && validated > count ? 0 : 1;
