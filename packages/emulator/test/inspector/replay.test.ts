import { stripTypeScriptTypes } from "node:module";
import * as client from "@contact-groups/client";
import * as fc from "fast-check";
import { expect, test, vi } from "vitest";
import { isWhole, type ReplayParts, toClientCode, toCurl } from "../../src/inspector/replay.ts";
import { type CallRecord, createEmulator, type Emulator } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { call, emulate, people } from "../call.ts";
import { paste } from "../cli/paste.ts";
import { secretKey } from "../user-sig.ts";

const good = { From_Account: "ann", StartIndex: 0 };

/** A call that is not recorded by an emulator. */
function made(parts: Partial<ReplayParts["call"]>): ReplayParts {
  const url = "/v4/recentcontact/get_contact_group?sdkappid=1400000000&identifier=administrator&usersig=[redacted]";
  const whole = { method: "POST", url, operation: undefined, rule: "get.page" as const, body: "{}", ...parts };
  return { call: whole, address: "http://127.0.0.1:4020", acceptsAny: true };
}

/** Pastes the command for the last call of an emulator into a shell. Returns what both have in the journal. */
async function replay(emulator: Emulator, acceptsAny = true): Promise<readonly [CallRecord, CallRecord]> {
  const listener = await emulator.listen();
  const before = emulator.calls.at(-1)!;
  const { errors, files } = await paste([toCurl({ call: before, address: listener.url, acceptsAny })]);
  await listener.close();
  expect([errors.replaceAll(/^\s*%[\s\S]*$/g, ""), files]).toEqual(["", []]);
  return [before, emulator.calls.at(-1)!];
}

test("a shell sends the call again as it was", async () => {
  const emulator = emulate();
  await call(emulator, "getContactGroup", JSON.stringify(good, undefined, 2));
  const [before, after] = await replay(emulator);
  // The UserSig is the last parameter of the command.
  const sorted = ({ url }: CallRecord): readonly string[] => url.split(/[?&]/).toSorted();
  expect(sorted(after)).toEqual(sorted(before));
  expect(after).toEqual({ ...before, number: 2, url: after.url });
});

test.each([
  ["that a shell would act on", '\'; touch here; echo $(id) `id` "$HOME" \\'],
  ["that curl would read as a file", "@/etc/hostname"],
  ["with line breaks", '{\n\t"From_Account":\r\n"ann" }'],
  ["of a dash", "-X"],
  ["in other scripts", '{"From_Account":"家庭 مجموعة 👪"}'],
  ["of numbers that no JavaScript number holds", '{"From_Account":"ann","StartIndex":12345678901234567890}'],
])("a shell sends a body %s again as it was", async (_, body) => {
  const emulator = emulate();
  await call(emulator, "getContactGroup", body);
  const [before, after] = await replay(emulator);
  expect(after.body).toBe(before.body);
});

test("a shell sends a JSON body again with the same value, whatever it is", async () => {
  const emulator = emulate({ rateLimit: "off" });
  const texts = fc.record({ From_Account: fc.string({ unit: "binary-ascii" }), more: fc.json() });
  for (const body of fc.sample(texts, { numRuns: amount({ quick: 5, thorough: 200 }), seed: 1 })) {
    await call(emulator, "getContactGroup", body);
    const [before, after] = await replay(emulator);
    expect(JSON.parse(after.body!)).toEqual(JSON.parse(before.body!));
  }
});

test("a command has no character that a terminal acts on, where the body is JSON", () => {
  const { url: _, ...parts } = made({ body: '{"a":"\u202E\u2028\u0085"}' }).call;
  expect(toCurl(made(parts))).toContain(String.raw`{"a":"\u202e\u2028\u0085"}`);
});

test("a shell sends a call with another method and without a body again", async () => {
  const emulator = emulate();
  await emulator.fetch("http://emulator.test/v4/{a,b}/[1-3]?random=1", { method: "DELETE" });
  const [before, after] = await replay(emulator);
  expect(after).toEqual({ ...before, number: 2 });
});

test("a shell signs the UserSig of an app that verifies it, where the command can be run", () => {
  const text = toCurl({ ...made({}), acceptsAny: false });
  expect(text).toBe(
    String.raw`USERSIG=$(npx contact-groups-emulator usersig --app 1400000000 --identifier=administrator --secret-key-env KEY) && \
curl 'http://127.0.0.1:4020/v4/recentcontact/get_contact_group?sdkappid=1400000000&identifier=administrator&usersig='"$USERSIG" \
  --data-raw '{}'`,
  );
});

test("rejects a body with a NUL, which no argument can hold", () => {
  expect(() => toCurl(made({ body: "\0" }))).toThrow(RangeError);
});

test.each([
  ["an omitted body", { body: undefined }],
  ["a body with a credential", { body: '{"a":"[redacted]"}' }],
  ["two UserSigs", { url: "/v4/x?usersig=[redacted]&usersig=[redacted]" }],
  ["a parameter that the journal does not show", { url: "/v4/x?usersig=[redacted]&[redacted]=[redacted]" }],
])("knows that a call with %s is not whole", (_, parts) => {
  expect(isWhole(made(parts).call)).toBe(false);
});

test("omits parameters that the journal does not show", () => {
  const command = toCurl(
    made({ url: "/v4/x?random=1&usersig=[redacted]&[redacted]=[redacted]&contenttype=[redacted]" }),
  );
  expect(command).toContain("'http://127.0.0.1:4020/v4/x?random=1&usersig=any-text'");
});

/** Runs the code for the last call of an emulator. Returns what both have in the journal. */
async function run(emulator: Emulator, acceptsAny = true): Promise<readonly [CallRecord, CallRecord]> {
  const listener = await emulator.listen();
  const before = emulator.calls.at(-1)!;
  const code = toClientCode({ call: before, address: listener.url, acceptsAny })!;
  const log = vi.spyOn(console, "log").mockReturnValue(undefined);
  vi.stubEnv("KEY", secretKey);
  const script = stripTypeScriptTypes(code).replace(/import (\{.*\}) from "[^"]+";/, "const $1 = given;");
  const start = Function("given", `return (async () => {${script}})();`) as (given: object) => Promise<void>;
  // An error response of the emulator is an error of the client.
  await start(client).catch(() => undefined);
  log.mockRestore();
  vi.unstubAllEnvs();
  await listener.close();
  return [before, emulator.calls.at(-1)!];
}

test.each([
  ["of an operation", "getContactGroup", good, {}],
  ["that the client would reject", "getContactGroup", { StartIndex: "x" }, {}],
  [
    "with hostile texts",
    "createContactGroup",
    { From_Account: "ann", GroupContactItem: [{ GroupName: "`${x}` \u2028" }] },
    {},
  ],
  ["of a helper", "getContactGroup", { UserID: "dan" }, { path: "/v4/im_open_login_svc/account_import" }],
] as const)("the client sends a call %s again", async (_, operation, body, options) => {
  const emulator = emulate();
  await call(emulator, operation, body, options);
  const [{ operation: name, user, body: sent }, after] = await run(emulator);
  expect(after).toMatchObject({ number: 2, operation: name, user });
  expect(JSON.parse(after.body!)).toEqual(JSON.parse(sent!));
});

test("the client signs for an app that verifies UserSigs", async () => {
  const emulator = createEmulator({ apps: [{ sdkAppId: 1400000000, secretKey }], seed: { apps: [people] } });
  await call(emulator, "getContactGroup", good);
  const [before, after] = await run(emulator, false);
  expect([before.rule, after.rule]).toEqual(["request.usersig-readable", "get.page"]);
});

test.each([
  ["a body that is no JSON", { body: "{" }],
  ["a body that is no object", { body: "[]" }],
  ["a body that would set a prototype", { body: '{"__proto__":{"a":1}}' }],
  ["another method", { method: "GET", body: "" }],
  ["a path that is not one of the API", { url: "/elsewhere?random=1" }],
])("has no code for %s, which the client cannot send", (_, parts) => {
  expect(toClientCode(made(parts))).toBeUndefined();
});
