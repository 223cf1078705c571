import {
  errorCodes,
  type Field,
  type OperationId,
  requestBodies,
  requestExamples,
} from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { type CallRecord, createEmulator, type Emulator, strictSettings } from "../src/index.ts";
import { call } from "./call.ts";
import { options } from "./fuzz/good-requests.ts";

const settings = { accounts: "lenient", chatGroups: "lenient", rateLimit: "off" } as const;
const examples = (Object.keys(requestExamples) as OperationId[]).flatMap((id) =>
  Object.values<unknown>(requestExamples[id]).map((body) => ({ id, body })),
);

/** Names that no object of the description has, some of which every object of JavaScript has. */
const unknownName = fc.constantFrom(
  "Foo",
  "from_account",
  "ErrorCode",
  "__proto__",
  "constructor",
  "toString",
  "",
  "0",
);
const anything = fc.oneof(fc.jsonValue(), fc.constantFrom<unknown>(null, "", [], {}, { Type: 2, ToGroupId: "@TGS#1" }));
const junk = fc.record({ name: unknownName, value: anything });

/** Returns a body with what the default settings ignore, at random places. */
function spoil(field: Field, value: unknown, draw: fc.GeneratorValue): unknown {
  if (field.type === "array" && Array.isArray(value)) return value.map((item) => spoil(field.items, item, draw));
  if ((field.type !== "object" && field.type !== "union") || typeof value !== "object" || value === null) return value;
  const owner = value as Record<string, unknown>;
  const kinds = field.type === "union" ? field.alternatives : [field];
  const kind = field.type === "union" ? kinds.find((one) => "value" in one && one.value === owner[field.by]) : field;
  const others = kinds.flatMap(({ fields }) => Object.keys(fields)).filter((name) => !(name in (kind?.fields ?? {})));
  const optional = Object.keys(kind?.fields ?? {}).filter((name) => !kind?.required.includes(name) && !(name in owner));
  const own = Object.entries(owner).map(([name, member]) => [
    name,
    kind?.fields[name] ? spoil(kind.fields[name], member, draw) : member,
  ]);
  const foreign = others.filter(() => draw(fc.boolean)).map((name) => [name, draw(() => anything)]);
  const nulls = optional.filter(() => draw(fc.boolean)).map((name) => [name, null]);
  const unknown = draw(() => fc.array(junk, { maxLength: 2 })).map((one) => [one.name, one.value]);
  const added = [...foreign, ...nulls, ...unknown];
  return Object.fromEntries(draw(fc.boolean) ? [...added, ...own] : [...own, ...added]);
}

function state(emulator: Emulator): string {
  return JSON.stringify(emulator.snapshot());
}

/** The journal has the body of each call as it was sent. */
function withoutBody(record: CallRecord): object {
  return { ...record, body: undefined };
}

test("what the default settings ignore changes no response, no state and no record", async () => {
  let spoiled = 0;
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...examples), fc.gen(), async ({ id, body }, draw) => {
      const [clean, lenient, strict] = [settings, settings, { ...strictSettings, ...settings }].map((given) =>
        createEmulator({
          ...options,
          apps: options.apps?.slice(0, 1),
          seed: { apps: options.seed?.apps.slice(0, 1) ?? [] },
          settings: given,
        }),
      ) as [Emulator, Emulator, Emulator];
      const changed = spoil(requestBodies[id], body, draw);
      const expected = await call(clean, id, body);
      expect(await call(lenient, id, changed)).toEqual(expected);
      expect(expected.ErrorCode).toBe(0);
      expect(state(lenient)).toBe(state(clean));
      expect(lenient.calls.map(withoutBody)).toEqual(clean.calls.map(withoutBody));
      if (JSON.stringify(changed) === JSON.stringify(body)) return;
      spoiled++;
      expect(await call(strict, id, changed)).toMatchObject({ ErrorCode: errorCodes.InvalidRequestParameter });
    }),
    // Shrinking a drawn body takes longer than reading it.
    { numRuns: 500, endOnFailure: true },
  );
  expect(spoiled).toBeGreaterThan(250);
});
