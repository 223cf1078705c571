/** What a call costs in SQLite with 10,000 users and with 1,000,000, through the core. `node bench/growth.ts [rounds] [users]` takes some minutes. */
import { partsOf } from "../src/create-emulator.ts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createEmulator, type Emulator } from "../src/index.ts";
import { createSqliteState } from "../src/store/sqlite.ts";
import { toStore } from "../src/store/store.ts";

const [rounds = 15, most = 1_000_000] = process.argv.slice(2).map(Number);
const sizes = [10_000, most] as const;
const calls = 640;
const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";

const kinds = ["page", "point read", "create"] as const;
type Kind = (typeof kinds)[number];
const costs = new Map<string, number[]>();
const folder = mkdtempSync(join(tmpdir(), "contact-groups-growth-"));
const emulators = sizes.map((size) => [size, fill(size)] as const);
let creates = 0;
for (let round = 0; round <= rounds; round++) {
  for (const [size, emulator] of emulators) {
    for (const kind of kinds) {
      const cost = measure(emulator, kind, size);
      // The first round warms up.
      if (round > 0) costs.set(`${size} ${kind}`, [...(costs.get(`${size} ${kind}`) ?? []), cost]);
    }
  }
}
console.log(
  `Node ${process.version}, ${rounds} rounds of ${calls} calls in batches of 64, random users: median (least–most)\n`,
);
console.log(`|  | ${sizes[0]} users | ${sizes[1]} users | ratio |\n| --- | --- | --- | --- |`);
for (const kind of kinds) {
  const [small = [], large = []] = sizes.map((size) => costs.get(`${size} ${kind}`));
  const ratios = large.map((cost, index) => cost / (small[index] ?? Number.NaN));
  console.log(
    `| ${kind} | ${median(small).toFixed(1)} µs | ${median(large).toFixed(1)} µs | ${median(ratios).toFixed(2)} (${Math.min(...ratios).toFixed(2)}–${Math.max(...ratios).toFixed(2)}) |`,
  );
}
// `pnpm bench` collects the figures.
process.send?.({
  title: "A call in SQLite by the number of users, without HTTP",
  rounds: Array.from({ length: rounds }, (_, round) =>
    Object.fromEntries(
      sizes.map((size) => [
        `${size} users`,
        Object.fromEntries(kinds.map((kind) => [`${kind}, µs`, costs.get(`${size} ${kind}`)?.[round] ?? Number.NaN])),
      ]),
    ),
  ),
});
for (const [, emulator] of emulators) await emulator.close();
rmSync(folder, { recursive: true, force: true });

/** Users with a group of three conversations each. */
function fill(size: number): Emulator {
  const store = createSqliteState({ path: join(folder, `${size}.db`) });
  for (let from = 0; from < size; from += 10_000) {
    store.transaction(() => {
      for (let index = from; index < from + 10_000; index++) {
        const key = { sdkAppId: 1400000000, userId: `user_${index}` };
        store.saveAccount(key.sdkAppId, key.userId);
        store.saveGroup(key, { id: 1, name: "family", size: 3 });
        for (let position = 0; position < 3; position++) {
          const json = `{"Type":1,"To_Account":"user_${position}","StandardMark":"","ContactGroupId":[1],"Timestamp":1700000000}`;
          store.saveConversation(key, {
            type: 1,
            id: `user_${position}`,
            groups: [{ groupId: 1, order: position }],
            standardMark: "",
            customMark: "",
            timestamp: 1_700_000_000,
            position,
            json,
          });
        }
        store.saveUser(key, {
          lastGroupId: 1,
          nextPosition: 3,
          nextOrder: 3,
          groups: 1,
          grouped: 3,
          marked: 0,
          kept: 3,
          groupsJson: '{"GroupName":"family","GroupId":1}',
        });
      }
    });
  }
  return createEmulator({ store: toStore(store), settings: { rateLimit: "off" } });
}

function measure(emulator: Emulator, kind: Kind, size: number): number {
  const prepared = Array.from({ length: calls }, () =>
    prepare(emulator, kind, `user_${Math.floor(Math.random() * size)}`),
  );
  const startedAt = performance.now();
  for (let from = 0; from < calls; from += 64) partsOf(emulator).core.respondAll(prepared.slice(from, from + 64));
  return ((performance.now() - startedAt) * 1000) / calls;
}

function prepare(emulator: Emulator, kind: Kind, From_Account: string) {
  const conversation = { Type: 1, To_Account: `user_${kind === "create" ? 3 + (creates++ % 1000) : 1}` };
  const [operation, body] = {
    page: ["get_contact_group", { StartIndex: 0 }] as const,
    "point read": ["search_contact_group", { ContactItem: [conversation] }] as const,
    create: [
      "create_contact_group",
      { GroupContactItem: [{ GroupName: "family", ContactItem: [conversation] }] },
    ] as const,
  }[kind];
  const call = partsOf(emulator).core.prepare({
    method: "POST",
    target: `/v4/recentcontact/${operation}?${query}`,
    body: JSON.stringify({ From_Account, ...body }),
  });
  if (call instanceof Promise) throw new Error("The UserSig is not verified here.");
  return call;
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;
}
