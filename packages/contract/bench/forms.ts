/**
 * Calls per second of the form without a socket over those of the HTTP form, one call after the other, in turns. Goal: at least 5.
 *
 * Run it after a build: `node bench/forms.ts [rounds]`.
 */
import { createContractFetch, startContractServer } from "../dist/index.js";
import { makeCalls, median } from "./calls.ts";

const [rounds = 9] = process.argv.slice(2).map(Number);
const callsPerRound = 900;

const server = await startContractServer({ maxExchanges: 1000 });
const refused = createContractFetch({ maxExchanges: 1000 });
const every = createContractFetch({ maxExchanges: 1000, prism: "every" });
const forms = [
  { name: "HTTP", fetch, origin: server.url },
  { name: "no socket, Prism validates rejected requests", fetch: refused.fetch, origin: "http://api.test" },
  { name: 'no socket, prism: "every"', fetch: every.fetch, origin: "http://api.test" },
].map((form) => ({ ...form, perSecond: [] as number[] }));

for (const { fetch: call, origin } of forms) await makeCalls(call, origin, 3000);
for (let round = 0; round < rounds; round++) {
  for (const { fetch: call, origin, perSecond } of forms) {
    const begun = performance.now();
    await makeCalls(call, origin, callsPerRound);
    perSecond.push(callsPerRound / ((performance.now() - begun) / 1000));
  }
}
const [http] = forms;
for (const { name, perSecond } of forms) {
  const ratios = perSecond.map((rate, round) => rate / (http?.perSecond[round] ?? NaN));
  console.log(
    `${name.padEnd(40)} ${median(perSecond).toFixed(0).padStart(6)} calls/s, ${median(ratios).toFixed(1)} × HTTP`,
  );
}
// `pnpm bench` collects the figures.
process.send?.({
  title: "A call, one after the other",
  rounds: Array.from({ length: rounds }, (_, round) =>
    Object.fromEntries(forms.map(({ name, perSecond }) => [name, { "calls per second": perSecond[round] }])),
  ),
});
await server.close();
