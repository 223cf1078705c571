import * as fc from "fast-check";
import { expect, inject, test } from "vitest";
import type { RawRequest } from "../../src/request.ts";
import { defaultSettings, type Settings } from "../../src/settings.ts";
import { type CallCommand, type Command, scripts, toRaw } from "../model/commands.ts";
import { variants } from "../model/run.ts";
import { beginnings, toSeed } from "../model/seeds.ts";
import { get, serviceWith } from "./service.ts";

/** The calls of a script. A proxy passes a body of any size on. */
function callsOf(script: readonly Command[]): readonly RawRequest[] {
  const calls = script.flatMap((command) =>
    command.kind === "call" ? command : command.kind === "batch" ? command.calls : [],
  );
  return calls.map((call: CallCommand) => toRaw(call)).filter(({ body }) => typeof body === "string");
}

/** Calls, with one that shows ann's state before some of them. */
const calls: fc.Arbitrary<readonly RawRequest[]> = fc
  .tuple(scripts, fc.infiniteStream(fc.nat(9)))
  .map(([script, dice]) => callsOf(script).flatMap((call) => (dice.next().value! < 4 ? [get(), call] : [call])));

const numRuns = inject("thorough") ? 5000 : 60;

test("finds no difference where the settings are the same, whatever the calls", () => {
  let same = 0;
  fc.assert(
    fc.property(variants, beginnings, calls, (settings, beginning, script) => {
      const given = {
        ...settings,
        accounts: "lenient",
        chatGroups: "lenient",
        userSig: "off",
        rateLimit: "off",
      } as const;
      const service = serviceWith(settings, { seed: toSeed(beginning), given });
      for (const call of script) service.call(call);
      const report = service.report();
      same += report.calls.same;
      expect(report.differences).toEqual([]);
    }),
    { numRuns },
  );
  expect(same).toBeGreaterThan(5 * numRuns);
});

test("names the settings that differ, and no others, whatever the calls", () => {
  const names = (Object.keys(defaultSettings) as (keyof Settings)[]).filter(
    (name) => !["userSig", "rateLimit", "accounts", "chatGroups"].includes(name),
  );
  let named = 0;
  fc.assert(
    fc.property(
      variants,
      fc.subarray(names, { minLength: 1, maxLength: 2 }),
      beginnings,
      calls,
      (values, changed, beginning, script) => {
        // Of these numbers, a call shows only that they are not the default.
        fc.pre(values.groupNameBytes !== 1 && (values.pageSize ?? 0) <= 100);
        const truth: Settings = {
          ...defaultSettings,
          ...Object.fromEntries(changed.map((name) => [name, values[name] ?? defaultSettings[name]])),
        };
        const service = serviceWith(truth, { seed: toSeed(beginning) });
        for (const call of script) service.call(call);
        const { differences, settings: found } = service.report();
        for (const { explanations } of differences) expect(explanations).not.toEqual([]);
        named += Object.keys(found).length;
        expect(truth).toMatchObject(found);
      },
    ),
    { numRuns },
  );
  expect(named).toBeGreaterThan(0);
});
