/**
 * Compares what a UserSig costs with npm `tls-sig-api-v2` in the same run: made anew in each way, and taken from a client's source that
 * holds one. Wall time and CPU time for one UserSig.
 *
 * Run it with `node --expose-gc bench/usersig.ts [rounds]`.
 */
import { Api } from "tls-sig-api-v2";
import { signUserSigSync } from "../src/node.ts";
import { signUserSig } from "../src/usersig.ts";
import { systemClock } from "@contact-groups/core/clock";
import { createUserSigSource } from "../src/user-sig-source.ts";
import { ratioTable, type Figures } from "@contact-groups/testing/ratios";

interface Way {
  readonly times: number;
  readonly atATime?: number;
  readonly make: () => unknown;
}

const [rounds = 15] = process.argv.slice(2).map(Number);
const app = {
  sdkAppId: 1400000000,
  identifier: "administrator",
  secretKey: "a key for nothing but this bench".repeat(2),
};
const validitySeconds = 86_400;

const api = new Api(app.sdkAppId, app.secretKey);
const source = createUserSigSource(app, systemClock);
await source.get();

/** The one that all others are divided by comes first. */
const ways: Readonly<Record<string, Way>> = {
  "npm tls-sig-api-v2": { times: 2000, make: () => api.genUserSig(app.identifier, validitySeconds) },
  "signUserSigSync of /node": { times: 5000, make: () => signUserSigSync({ ...app, validitySeconds }) },
  "signUserSig, 50 at a time": { times: 5000, atATime: 50, make: () => signUserSig({ ...app, validitySeconds }) },
  // WebCrypto works in a thread of its own, and to wait for it is most of the time.
  "signUserSig, one by one": { times: 2000, make: () => signUserSig({ ...app, validitySeconds }) },
  "cached by the client": { times: 200_000, make: () => source.get() },
};

async function measure({ times, atATime = 1, make }: Way): Promise<Figures> {
  globalThis.gc?.();
  const cpuBefore = process.cpuUsage();
  const before = performance.now();
  for (let count = 0; count < times; count += atATime) {
    const made = atATime === 1 ? make() : Promise.all(Array.from({ length: atATime }, make));
    // What is there at once is not awaited: that is what the client does too.
    if (typeof made !== "string") await made;
  }
  const wall = (performance.now() - before) * 1000;
  const { user, system } = process.cpuUsage(cpuBefore);
  return { µs: wall / times, "µs of CPU": (user + system) / times };
}

for (const way of Object.values(ways)) await measure(way);
const figures: Record<string, Figures>[] = [];
for (let round = 0; round < rounds; round++) {
  const entries: [string, Figures][] = [];
  for (const [name, way] of Object.entries(ways)) entries.push([name, await measure(way)]);
  figures.push(Object.fromEntries(entries));
}
console.log(ratioTable(figures));
// `pnpm bench` collects the figures.
process.send?.({ title: "A UserSig", rounds: figures });
