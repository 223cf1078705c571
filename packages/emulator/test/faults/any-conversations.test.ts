import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../src/index.ts";
import {
  added,
  at,
  bits,
  type Body,
  type Conversation,
  create,
  custom,
  emulate,
  mark,
  regroup,
  removed,
  to,
} from "../call.ts";

type Call = (emulator: Emulator, items: readonly Item[]) => Promise<Body>;
interface Item {
  readonly conversation: Conversation;
  /** Chooses what is done with it. */
  readonly other: boolean;
}

/** A call of each operation that reports its conversations. */
const calls: Readonly<Record<string, Call>> = {
  createContactGroup: (emulator, items) =>
    create(
      emulator,
      "family",
      items.map(({ conversation }) => conversation),
    ),
  updateContactGroup: (emulator, items) =>
    regroup(emulator, "family", ...items.map(({ conversation, other }) => (other ? removed : added)(conversation))),
  markContact: (emulator, items) =>
    mark(
      emulator,
      ...items.map(({ conversation, other }) => (other ? bits(conversation, [0, 40], [1]) : custom(conversation, "x"))),
    ),
};

const items: fc.Arbitrary<Item[]> = fc.array(
  fc.record({
    conversation: fc.constantFrom(to("ann"), to("bob"), to("cat"), to("nobody"), at("@TGS#open"), at("@TGS#gone")),
    other: fc.boolean(),
  }),
  { minLength: 1, maxLength: 8 },
);
const places = fc.uniqueArray(fc.nat(7), { minLength: 1 });

async function prepared(): Promise<Emulator> {
  const emulator = emulate();
  await create(emulator, "family", [to("cat"), at("@TGS#open")]);
  await mark(emulator, bits(to("cat"), [1]));
  return emulator;
}

function results(body: Body): readonly object[] {
  return body["GroupResultItem"]?.[0].ResultItem ?? body["UpdateGroupResult"]?.ContactResultItem ?? body["ResultItem"];
}

describe.each(Object.entries(calls))("a fault of any conversations in %s", (_, make) => {
  test.each([
    ["before", "without them"],
    ["after", "without the fault"],
  ] as const)("with `%s` leaves the state and the other results of the same call %s", async (when, _text) => {
    const property = fc.asyncProperty(items, places, async (list, failing) => {
      const fails = (index: number): boolean => failing.includes(index);
      const emulator = await prepared();
      emulator.faults.add({
        conversations: failing.map((index) => ({ index, error: -index - 1, errorInfo: "", when })),
      });
      const faulty = results(await make(emulator, list));
      const usual = await prepared();
      const run = list.filter((_item, index) => when === "after" || !fails(index));
      const others = run.length === 0 ? [] : [...results(await make(usual, run))];

      expect(faulty).toHaveLength(list.length);
      for (const [index, result] of faulty.entries()) {
        const own = when === "after" || !fails(index) ? others.shift() : undefined;
        if (fails(index)) expect(result).toMatchObject({ ResultCode: -index - 1, ResultInfo: "" });
        else expect(result).toEqual(own);
      }
      expect(emulator.snapshot()).toEqual(usual.snapshot());
    });
    await fc.assert(property, { seed: 1, numRuns: 100 });
  });
});
