import { errorCodes } from "@contact-groups/openapi/model";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { signUserSig } from "@contact-groups/client/usersig";
import { call } from "./call.ts";
import { emptyFolder, run, serve } from "./run.ts";

const key = "f5bd2850ff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const get = { From_Account: "user_0001", StartIndex: 0 };
const userSigOf = (sdkAppId: number, identifier: string, secretKey: string = key): Promise<string> =>
  signUserSig({ sdkAppId, identifier, secretKey });

test("an app with a key verifies UserSigs, and the key is in no output", async () => {
  const args = ["--memory", "--app", "1400000001", "--secret-key-env", "KEY", "--admin", "root", "--admin", "boss"];
  const { url, until, output } = await serve([...args, "--app", "1400000002"], { env: { KEY: key } });
  const as = (identifier: string, usersig: string): object =>
    call(url, "getContactGroup", get, { sdkappid: "1400000001", identifier, usersig });
  expect(await as("boss", await userSigOf(1400000001, "boss"))).toMatchObject({ ErrorCode: 0 });
  const wrong = await userSigOf(1400000001, "root", "another-key");
  expect(await as("root", wrong)).toMatchObject({ ErrorCode: errorCodes.UserSigVerificationFailed });
  const text = await until("[request.usersig-signature]");
  expect(text).toContain("1400000001 verifies UserSigs with its key, administrator root, boss\n");
  expect(text).toContain("1400000002 accepts any UserSig");
  expect(output()).not.toContain(key);
  expect(output()).not.toContain(wrong);
});

test("reads apps, settings and seed from --config, over which the command line takes precedence", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "seed.json"), JSON.stringify({ apps: [{ accounts: ["user_0001"] }] }));
  const config = {
    apps: [{ sdkAppId: 1400000003, secretKeyEnv: "KEY", admins: ["root"] }],
    settings: { pageSize: 1, groupNameBytes: 8 },
    seed: "seed.json",
  };
  writeFileSync(join(folder, "config.json"), JSON.stringify(config));
  const args = ["--memory", "--config", "config.json", "--set", "groupNameBytes=4"];
  const { url } = await serve(args, { folder, env: { KEY: key } });
  const credentials = { sdkappid: "1400000003", identifier: "root", usersig: await userSigOf(1400000003, "root") };
  expect(await call(url, "getContactGroup", get, credentials)).toMatchObject({ ErrorCode: 0 });
  const create = { From_Account: "user_0001", GroupContactItem: [{ GroupName: "12345" }] };
  expect(await call(url, "createContactGroup", create, credentials)).toMatchObject({
    ErrorCode: errorCodes.GroupNameTooLong,
  });
});

test("gives an app of --config its own settings and seed", async () => {
  const folder = emptyFolder();
  const seed = { apps: [{ accounts: ["user_0009"] }] };
  const apps = [
    { sdkAppId: 1400000003, secretKeyEnv: "KEY", settings: { userSig: "off" } },
    { sdkAppId: 1400000004, settings: { pageSize: 1 }, seed },
  ];
  writeFileSync(join(folder, "config.json"), JSON.stringify({ apps }));
  const args = ["--memory", "--config", "config.json"];
  const { url, until } = await serve(args, { folder, env: { KEY: key } });
  expect(await until("1400000004")).toContain("1400000003 accepts any UserSig");
  const { settings } = (await (await fetch(`${url}/__emulator/settings?sdkAppId=1400000004`)).json()) as any;
  expect(settings).toMatchObject({ pageSize: 1 });
  const body = { ...get, From_Account: "user_0009" };
  for (const [sdkappid, ErrorCode] of [
    ["1400000003", errorCodes.UserNotImported],
    ["1400000004", 0],
  ] as const)
    expect(await call(url, "getContactGroup", body, { sdkappid })).toMatchObject({ ErrorCode });
});

test("requires the token of --control-token-env, and shows it in no output", async () => {
  const token = "token-of-the-test";
  const args = ["--memory", "--control-token-env", "TOKEN"];
  const { url, until, output } = await serve(args, { env: { TOKEN: token } });
  expect(await until("the inspector")).toContain("the base of the control API, with the token in TOKEN\n");
  const statusOf = async (headers: Record<string, string>): Promise<number> =>
    (await fetch(`${url}/__emulator/state`, { headers })).status;
  expect(await statusOf({})).toBe(401);
  expect(await statusOf({ Authorization: `Bearer ${token}` })).toBe(200);
  expect(output()).not.toContain(token);
  for (const [value, message] of [
    [undefined, "names the environment variable TOKEN, which is not set. Set it to a text of your choice."],
    ["short", "The environment variable TOKEN must have 8 to 1000 visible ASCII characters."],
  ] as const) {
    const { code, errors } = await run([...args, "--port", "0"], { env: value === undefined ? {} : { TOKEN: value } });
    expect([code, errors]).toEqual([2, expect.stringContaining(message)]);
  }
});

test.each([
  ["by default", [], "{}", 0],
  ["with --strict", ["--strict"], "{}", errorCodes.InvalidRequestParameter],
  [
    "with --strict over --config",
    ["--strict"],
    '{"settings":{"unknownFields":"ignore"}}',
    errorCodes.InvalidRequestParameter,
  ],
  ["with strict settings in --config", [], '{"settings":"strict"}', errorCodes.InvalidRequestParameter],
  ["with --set before --strict", ["--set", "unknownFields=ignore", "--strict"], "{}", 0],
  ["with --set over strict settings in --config", ["--set", "unknownFields=ignore"], '{"settings":"strict"}', 0],
])("responds to an unknown field %s", async (_, args, config, code) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "config.json"), config);
  const { url } = await serve(["--memory", "--config", "config.json", ...args], { folder });
  expect(await call(url, "getContactGroup", { ...get, Foo: 1 })).toMatchObject({ ErrorCode: code });
});

test.each([
  ["[]", " must be an object, but is an array of 0 items."],
  ['{"port":1}', 'must not have the field "port". Its fields can be apps, settings, seed.'],
  ['{"apps":{}}', "/apps must be an array, but is an object."],
  ['{"apps":[{"sdkAppId":"1"}]}', "/apps/0/sdkAppId must be a number, but is a string."],
  [
    `{"apps":[{"sdkAppId":1,"secretKey":"${key}"}]}`,
    "Give the name of an environment variable as secretKeyEnv instead.",
  ],
  [
    `{"apps":[{"sdkAppId":1,"secretKeyEnv":"${key}"}]}`,
    "/apps/0/secretKeyEnv must be the name of an environment variable",
  ],
  ['{"apps":[{"sdkAppId":1,"admins":"a"}]}', "/apps/0/admins must be an array of UserIDs, but is a string."],
  ['{"settings":{"pageSize":0}}', "The setting pageSize must be a positive integer, but is 0."],
  ['{"seed":{"apps":1}}', "--config config.json: seed: /apps must be an array"],
  ['{"seed":"state.ndjson"}', "seed must be the path of a JSON document. Give the lines state.ndjson with --seed."],
  ['{"apps":[{"sdkAppId":1,"seed":"none.json"}]}', "none.json cannot be read: there is no such file or folder."],
  ['{"seed":"none.json"}', "none.json cannot be read: there is no such file or folder."],
  ['{"settings":"lenient"}', '/settings must be an object or "strict", but is a string.'],
  ["{", "is not JSON: its syntax is wrong at position 1"],
])("rejects the configuration %s, says where, and shows no key", async (text, message) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "config.json"), text);
  const { code, errors } = await run(["--memory", "--port", "0", "--config", "config.json"], { folder });
  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(errors).not.toContain(key);
});
