import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { createEmulator, type Emulator, type EmulatorOptions } from "../../src/index.ts";
import { people } from "../call.ts";
import { stores } from "../model/stores.ts";
import { secretKey } from "../user-sig.ts";
import { ways } from "./connect.ts";

const day = 86_400_000;
const shifts: Readonly<Record<string, (emulator: Emulator) => unknown>> = {
  "two days ahead": ({ clock }) => clock.advance(2 * day),
  "two days back": ({ clock }) => clock.advance(-2 * day),
  "frozen a year ahead": ({ clock }) => clock.freeze(clock.now() + 365 * day),
  "back where it was": ({ clock }) => clock.reset(),
};
const cases = Object.keys(ways).flatMap((way) => Object.keys(stores).map((store) => [way, store] as const));

/** With the machine's clock, and UserSigs that are valid for an hour. */
test.each(cases)(
  "a client that signs with the app's key follows a clock that is set, %s, with the store %s",
  async (way, store) => {
    const options: EmulatorOptions = { apps: [{ sdkAppId: 1400000000, secretKey }], seed: { apps: [people] } };
    const emulator = createEmulator({ ...options, store: stores[store]?.() as never });
    const client = await ways[way]?.(emulator, { secretKey, userSigValiditySeconds: 3600 });
    const work = async (name: string): Promise<void> => {
      const ContactItem = [{ Type: 1 as const, To_Account: "bob" }];
      await client?.createContactGroup({ From_Account: "ann", GroupContactItem: [{ GroupName: name, ContactItem }] });
      await client?.getContactGroup({ From_Account: "ann", StartIndex: 0 });
      await client?.searchContactGroup({ From_Account: "ann", ContactItem });
    };
    await work("at first");
    for (const [name, shift] of Object.entries(shifts)) {
      shift(emulator);
      const before = emulator.calls.length;
      await work(name);
      const codes = emulator.calls.slice(before).map(({ code }) => code);
      // One call may find that its UserSig has expired, and is made again with another.
      expect(codes.filter((code) => code !== errorCodes.UserSigExpired)).toEqual([0, 0, 0]);
      expect(codes.length).toBeLessThanOrEqual(4);
    }
    await emulator.close();
  },
);
