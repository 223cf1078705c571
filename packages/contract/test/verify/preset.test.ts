/** The emulator's preset `verify` has everything that `verify` needs, however many accounts that is. */
import { type Emulator, createEmulator, presets } from "@contact-groups/emulator";
import { expect, test } from "vitest";
import { verify } from "../../src/verify/verify.ts";
import { verifyOptions } from "./strict-emulator.ts";

const preset = presets.verify();
const [app] = preset.apps ?? [];
const [seed] = preset.seed.apps ?? [];

function optionsFor(emulator: Emulator): Parameters<typeof verify>[0] {
  return {
    ...verifyOptions(emulator),
    sdkAppId: app!.sdkAppId,
    secretKey: app!.secretKey!,
    users: seed!.accounts!,
    chatGroup: seed!.chatGroups![0]!.id,
  };
}

test("an emulator with the preset passes everything, also in a second run", async () => {
  const options = optionsFor(createEmulator({ ...preset, now: () => 1_750_000_000_000 }));
  for (const _ of [1, 2]) {
    const { results, exitCode, totals } = await verify(options);
    expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
    expect({ exitCode, skipped: totals.skipped }).toEqual({ exitCode: 0, skipped: 0 });
  }
});
