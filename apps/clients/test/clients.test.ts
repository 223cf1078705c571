import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { errorCodes, regions } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { checkInstalled, type Client, clients, runProgram, type Trust } from "./clients.ts";
import { app, appOptions, startEmulator, type StartedEmulator } from "./emulator.ts";

/** Runs the program for a user of its own, and returns the bodies of the responses. */
async function callAll(client: Client, url: string, user: string, trust?: Trust): Promise<readonly unknown[]> {
  const env = { BASE_URL: url, FROM_ACCOUNT: user, SDKAPPID: String(app.sdkAppId), SECRET_KEY: app.secretKey };
  const lines = (await runProgram(client, env, trust)).trim().split("\n");
  return lines.map((line) => JSON.parse(line) as unknown);
}

/** What each program gets: two imports, the six operations, a failure of a body and one of credentials. */
function responsesFor(user: string): readonly object[] {
  const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
  const failure = (ErrorCode: number): object => ({ ActionStatus: "FAIL", ErrorCode, ErrorInfo: expect.any(String) });
  const peer = { Type: 1, To_Account: `${user}_peer` };
  const result = { ContactItem: peer, ResultCode: 0, ResultInfo: "" };
  const marks = { StandardMark: "100", CustomMark: "重要" };
  const conversation = { ...peer, ...marks, ContactGroupId: [1], Timestamp: expect.any(Number) };
  const group = { GroupName: "家人", GroupId: 1 };
  const renamed = { GroupName: "friends", GroupId: 1 };
  return [
    ok,
    { ...ok, FailAccounts: [] },
    { ...ok, GroupResultItem: [{ GroupItem: group, ResultItem: [result] }] },
    { ...ok, ResultItem: [{ OptType: 3, ...result }] },
    { ...ok, ContactItem: [conversation], GroupItem: [group], CompleteFlag: 1, NextStartIndex: 0 },
    { ...ok, ContactResultItem: [conversation], GroupItem: [group] },
    { ...ok, UpdateType: 1, UpdateGroupResult: { UpdateGroupType: 1, OldGroupName: group.GroupName, ...renamed } },
    { ...ok, GroupItem: [renamed] },
    failure(errorCodes.GroupNameTooLong),
    failure(errorCodes.UserSigVerificationFailed),
  ];
}

const userOf = (client: Client): string => `user_${clients.indexOf(client)}`;

describe("over HTTP", () => {
  let emulator: StartedEmulator;
  beforeAll(async () => {
    emulator = await startEmulator(["--memory", ...appOptions]);
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  test.each(clients)("$name imports, calls the six operations, and gets both failures", async (client) => {
    await checkInstalled(client);
    expect(await callAll(client, emulator.url, userOf(client))).toEqual(responsesFor(userOf(client)));
  });
});

/** The host that most clients have in their code. */
const serviceHost = new URL(regions.china).hostname;

describe("over HTTPS", () => {
  let emulator: StartedEmulator;
  beforeAll(async () => {
    emulator = await startEmulator(["--memory", "--https", "--https-host", serviceHost, ...appOptions]);
  });
  afterAll(() => emulator[Symbol.asyncDispose]());

  test.each(clients)("$name trusts the CA by its own means, and does the same", async (client) => {
    await checkInstalled(client);
    const trust = await client.trust(emulator.caFile);
    expect(emulator.url).toMatch(/^https:/);
    expect(await callAll(client, emulator.url, userOf(client), trust)).toEqual(responsesFor(userOf(client)));
  });

  test.each(clients)("$name rejects the certificate of a CA that it does not trust", async (client) => {
    await checkInstalled(client);
    await expect(callAll(client, emulator.url, userOf(client))).rejects.toThrow(client.distrust);
  });

  test("a client with the host of the service in its code does the same where that name leads to the emulator", async () => {
    const [client] = clients as readonly [Client];
    await checkInstalled(client);
    const hosts = join(emulator.folder, "hosts");
    writeFileSync(hosts, `127.0.0.1 ${serviceHost}\n`);
    const { options = [] } = await client.trust(emulator.caFile);
    const url = emulator.url.replace(new URL(emulator.url).hostname, serviceHost);
    const trust = { options: [...options, `-Djdk.net.hosts.file=${hosts}`] };
    expect(await callAll(client, url, "fixed_host", trust)).toEqual(responsesFor("fixed_host"));
  });
});
