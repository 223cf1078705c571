import * as fc from "fast-check";
import { expect, test } from "vitest";
import { emulate } from "./call.ts";
import { secretKey, sign } from "./user-sig.ts";

const userSig = await sign();
const path = "/v4/recentcontact/get_contact_group";
const rest = "identifier=administrator&random=1&contenttype=json";

/** Everything that an emulator shows after one call. */
async function shown(target: string, body: string): Promise<string> {
  const emulator = emulate({}, { apps: [{ sdkAppId: 1400000000, secretKey }] });
  const response = await emulator.fetch(`http://emulator.test${target}`, { method: "POST", body });
  return JSON.stringify([await response.text(), emulator.calls, emulator.snapshot(), emulator.settings]);
}

test.each([
  ["in its place", `${path}?sdkappid=1400000000&usersig=${userSig}&${rest}`, "{}"],
  ["twice", `${path}?sdkappid=1400000000&usersig=${userSig}&usersig=${userSig}&${rest}`, "{}"],
  ["under another name", `${path}?sdkappid=1400000000&UserSig=${userSig}&${rest}`, "{}"],
  ["as a name", `${path}?sdkappid=1400000000&${userSig}&${rest}`, "{}"],
  ["as the identifier", `${path}?sdkappid=1400000000&identifier=${userSig}&usersig=x&random=1&contenttype=json`, "{}"],
  ["as the app", `${path}?sdkappid=${userSig}&usersig=${userSig}&${rest}`, "{}"],
  ["as a random number", `${path}?sdkappid=1400000000&usersig=x&identifier=a&random=${userSig}&contenttype=json`, "{}"],
  ["in the path", `${path}/${userSig}`, "{}"],
  [
    "in the body too",
    `${path}?sdkappid=1400000000&usersig=${userSig}&${rest}`,
    JSON.stringify({ [userSig]: 1, From_Account: userSig }),
  ],
])("shows no UserSig that is given %s", async (_, target, body) => {
  const text = await shown(target, body);
  expect(text).not.toContain(userSig);
  expect(text).not.toContain(secretKey);
});

test("shows no UserSig, whatever the request", async () => {
  const noise = fc.string({ maxLength: 20 }).map(encodeURIComponent);
  const place = fc.constantFrom("usersig", "random", "contenttype", "identifier", "sdkappid");
  await fc.assert(
    fc.asyncProperty(place, noise, noise, fc.json(), async (name, before, after, value) => {
      const body = `[${value},${JSON.stringify(before + userSig + after)}]`;
      const text = await shown(`${path}?${before}=${after}&usersig=${userSig}&${name}=${userSig}&${rest}`, body);
      expect(text).not.toContain(userSig);
    }),
    { numRuns: 100 },
  );
});

test("shows no UserSig that is given as the user as well, not even one that could be a UserID", async () => {
  const short = "a-placeholder-of-24-chars";
  const emulator = emulate({ accounts: "lenient" });
  const body = JSON.stringify({ From_Account: short, StartIndex: 0 });
  await emulator.fetch(`http://emulator.test${path}?sdkappid=1400000000&usersig=${short}&${rest}`, {
    method: "POST",
    body,
  });
  expect(emulator.calls).toMatchObject([{ rule: "get.page", user: "[redacted]" }]);
});

test("shows no UserSig in the texts of a fault", async () => {
  const emulator = emulate();
  emulator.faults.add({ delayMs: 0 });
  const target = `${path}?sdkappid=1400000000&usersig=${userSig}&${rest}&${userSig}=${userSig}`;
  const response = await emulator.fetch(`http://emulator.test${target}`, { method: "POST", body: "{}" });
  const control = await emulator.fetch("http://emulator.test/__emulator/journal");
  const text = `${await response.text()}${await control.text()}`;
  expect(text).toContain("The fault 1 waited 0 ms, after [request.body]");
  expect(text).not.toContain(userSig);
});
