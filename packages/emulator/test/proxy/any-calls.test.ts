import * as fc from "fast-check";
import { expect, inject, test } from "vitest";
import { isAboutState } from "../../src/proxy/differences.ts";
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

const numRuns = inject("thorough") ? 2000 : 40;

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

function agrees(change: Partial<Settings>, truth: Settings): boolean {
  return Object.entries(change).every(([name, value]) => truth[name as keyof Settings] === value);
}

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
        const decisive = differences.filter(isAboutState);
        for (const { explanations } of decisive)
          expect(explanations).toContainEqual(expect.toSatisfy((change: Partial<Settings>) => agrees(change, truth)));
        named += Object.keys(found).length;
        // Two settings can lead to the same response, and no later call need decide between them.
        if (decisive.every(({ explanations }) => explanations.length === 1)) expect(truth).toMatchObject(found);
      },
    ),
    { numRuns },
  );
  expect(named).toBeGreaterThan(0);
});

type Json = Record<string, unknown>;

/** Changes each object of a value from within. */
function reform(value: unknown, change: (members: Json) => void): unknown {
  if (Array.isArray(value)) return value.map((item) => reform(item, change));
  if (typeof value !== "object" || value === null) return value;
  const members = Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, reform(inner, change)]));
  change(members);
  return members;
}

/** Other forms of the same response, as another program would send them. */
const forms: readonly ((members: Json) => void)[] = [
  (it) => void ("ErrorCode" in it && (it["ErrorCode"] = String(it["ErrorCode"]))),
  (it) => void ("ErrorCode" in it && (it["RequestTime"] = 5)),
  (it) => void delete it["ErrorInfo"],
  (it) => void delete it["ResultInfo"],
  (it) => void ("ActionStatus" in it && (it["ActionStatus"] = "Ok")),
  (it) => void ("StandardMark" in it && (it["StandardMark"] = `00${String(it["StandardMark"])}`)),
  (it) => void ("Timestamp" in it && (it["CustomMark"] ??= "")),
  (it) => void ("Timestamp" in it && (it["ContactGroupId"] ??= [])),
  (it) => {
    for (const [name, inner] of Object.entries(it)) if (Array.isArray(inner) && inner.length === 0) it[name] = null;
  },
  (it) => {
    for (const [name, inner] of Object.entries(it)) if (Array.isArray(inner) && inner.length === 0) delete it[name];
  },
];

test("takes no other form of a response for another setting, whatever the calls", () => {
  fc.assert(
    fc.property(fc.subarray([...forms], { minLength: 1 }), beginnings, calls, (changes, beginning, script) => {
      const change = (body: string): string =>
        JSON.stringify(reform(JSON.parse(body), (members) => changes.forEach((one) => one(members))));
      const service = serviceWith({}, { seed: toSeed(beginning), change });
      for (const call of script) service.call(call);
      const report = service.report();
      expect(report.settings).toEqual({});
      expect(report.rules.filter(({ status }) => status === "contradicted")).toEqual([]);
    }),
    { numRuns },
  );
});
