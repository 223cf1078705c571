import * as fc from "fast-check";
import { describe, expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { mutations } from "../../src/verify/broken-values.ts";
import { arbitraryOf } from "../../src/verify/random-checks.ts";
import type { ScenarioResult } from "../../src/verify/scenario.ts";
import { verify } from "../../src/verify/verify.ts";
import { fail, instead } from "../mutations/mutation.ts";
import { isRequest } from "../cross-check.ts";
import { strictEmulator, verifyOptions } from "./strict-emulator.ts";

describe.each(operations)("$operationId", (operation) => {
  const { request } = operation;
  const isValid = isRequest(operation);

  test("an arbitrary body is valid", () => {
    fc.assert(
      fc.property(arbitraryOf(request), (body) => {
        expect(isValid(body)).toBe(true);
      }),
      { numRuns: 200, seed: 1 },
    );
  });

  test("an arbitrary body with one broken rule is invalid", () => {
    fc.assert(
      fc.property(arbitraryOf(request), fc.nat(), (body, number) => {
        const all = mutations(request, body);
        expect(isValid(all[number % all.length]?.value)).toBe(false);
      }),
      { numRuns: 200, seed: 1 },
    );
  });
});

/** Verifies a provider that rejects names of three characters or more. */
async function withShortNames(seed: number): Promise<ScenarioResult | undefined> {
  const emulator = strictEmulator();
  const wrap = instead(({ body }) => {
    const name = body?.GroupContactItem?.[0]?.GroupName ?? "";
    return [...name].length >= 3 ? fail("InvalidRequestParameter") : undefined;
  });
  const broken = wrap?.((request) => emulator.fetch(request), emulator);
  const fetch: typeof globalThis.fetch = async (input, init) => broken?.(new Request(input, init)) ?? new Response();
  const { results } = await verify({
    ...verifyOptions(emulator, fetch),
    seed,
    runs: 100,
    only: ["random/createContactGroup/valid"],
  });
  return results[0];
}

test("shrinks a failure to a small call that curl can send", async () => {
  const result = await withShortNames(1);
  expect(result).toMatchObject({
    outcome: "failed",
    because: expect.stringMatching(/^seed 1, run \d+ of 100, shrunk \d+ times$/),
  });
  const [failure] = result?.failures ?? [];
  expect(failure?.request).toMatch(/^curl -sS -X POST "\$BASE_URL\/v4\/.*usersig=\$USERSIG.*" --data-raw '/);
  const body = /--data-raw '(.*)'$/.exec(failure?.request ?? "")?.[1] ?? "";
  expect(JSON.parse(body).GroupContactItem[0].GroupName).toHaveLength(3);
});

test("finds the same failures with the same seed", async () => {
  const [one, other] = [await withShortNames(1), await withShortNames(1)];
  expect(one?.because).toBe(other?.because);
  expect(one?.failures).toEqual(other?.failures);
});
