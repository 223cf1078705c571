/**
 * What a durable create costs in the core, without HTTP: calls that came in one turn of the event loop answered in one transaction,
 * against one transaction each, and against memory. Rounds are interleaved; each is divided by its own baseline.
 * `node bench/durable.ts [rounds] [calls in a turn] [folder]`; the folder's disk is what is measured.
 */
import { partsOf } from "../src/create-emulator.ts";
import { operations } from "@contact-groups/openapi/model";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createEmulator,
  createMemoryStore,
  type Core,
  type CoreRequest,
  type Emulator,
  type Store,
} from "../src/index.ts";
import { createSqliteStore } from "../src/node.ts";
import { costOf, spread, type Cost } from "./spread.ts";

const [rounds = 9, turn = 64] = process.argv.slice(2, 4).map(Number);
const turns = 40;
const folder = mkdtempSync(join(process.argv[4] ?? tmpdir(), "contact-groups-durable-"));
let files = 0;
let calls = 0;

type Answer = (core: Core, calls: readonly CoreRequest[]) => unknown;
const together: Answer = (core, all) => core.respondAll(all);
const oneByOne: Answer = (core, all) => all.map((call) => core.respond(call));

const contenders = [
  contender("one transaction each, full", sqlite("full"), oneByOne),
  contender(`${turn} in a transaction, full`, sqlite("full"), together),
  contender("one transaction each, normal", sqlite("normal"), oneByOne),
  contender(`${turn} in a transaction, normal`, sqlite("normal"), together),
  contender("in memory", createMemoryStore(), together),
];

try {
  const results = contenders.map((): { cost: Cost; turns: number[] }[] => []);
  for (let round = -1; round < rounds; round++) {
    for (const [index, run] of contenders.entries()) {
      const result = run.measure();
      // Compilers settle before anything is counted.
      if (round >= 0) results[index]?.push(result);
    }
  }
  console.log(`Node ${process.version}, ${rounds} rounds of ${turns} turns of ${turn} creates: median (least–most)\n`);
  console.log(
    "| | µs of a create | processor µs | × of the first | longest of the 40 turns, ms |\n|---|---|---|---|---|",
  );
  for (const [index, { name }] of contenders.entries()) {
    const own = results[index] ?? [];
    const cells = [
      spread(
        own.map(({ cost }) => cost.wall),
        0,
      ),
      spread(
        own.map(({ cost }) => cost.cpu),
        0,
      ),
      spread(
        own.map(({ cost }, round) => cost.wall / (results[0]?.[round]?.cost.wall ?? NaN)),
        3,
      ),
      spread(
        own.map(({ turns: all }) => Math.max(...all) / 1000),
        1,
      ),
    ];
    console.log(`| ${name} | ${cells.join(" | ")} |`);
  }
  // `pnpm bench` collects the figures.
  process.send?.({
    title: `A create in SQLite, ${turn} in a turn of the event loop, without HTTP`,
    rounds: Array.from({ length: rounds }, (_, round) =>
      Object.fromEntries(
        contenders.map(({ name }, index) => {
          const { wall = NaN, cpu = NaN } = results[index]?.[round]?.cost ?? {};
          return [name, { µs: wall, "µs of CPU": cpu }];
        }),
      ),
    ),
  });
} finally {
  for (const { emulator } of contenders) await emulator.close();
  rmSync(folder, { recursive: true, force: true });
}

interface Contender {
  readonly name: string;
  readonly emulator: Emulator;
  measure(): { readonly cost: Cost; readonly turns: number[] };
}

function contender(name: string, store: Store, answer: Answer): Contender {
  const emulator = createEmulator({ store, settings: { rateLimit: "off", accounts: "lenient" } });
  return {
    name,
    emulator,
    measure() {
      // A request is taken apart before the turn in which it is answered.
      const prepared = Array.from({ length: turns }, () =>
        Array.from({ length: turn }, () => create(partsOf(emulator).core)),
      );
      const each: number[] = [];
      const cost = costOf(1, () => {
        for (const all of prepared) each.push(costOf(1, () => answer(partsOf(emulator).core, all)).wall);
      });
      const count = turns * turn;
      return { cost: { wall: cost.wall / count, cpu: cost.cpu / count }, turns: each };
    },
  };
}

function sqlite(durability: "full" | "normal"): Store {
  return createSqliteStore({ path: join(folder, `${files++}.sqlite`), durability });
}

/** A create as a client sends it: a new group with one conversation, for a user that has a few. */
function create(core: Core): CoreRequest {
  const number = calls++;
  const target = `${operations.createContactGroup.path}?sdkappid=1400000000&identifier=administrator&usersig=any&random=${number}&contenttype=json`;
  const body = JSON.stringify({
    From_Account: `user_${Math.floor(number / 10)}`,
    GroupContactItem: [{ GroupName: `group ${number}`, ContactItem: [{ Type: 1, To_Account: `peer_${number}` }] }],
  });
  const call = core.prepare({ method: "POST", target, body });
  if (call instanceof Promise) throw new Error("No UserSig has to be verified here.");
  return call;
}
