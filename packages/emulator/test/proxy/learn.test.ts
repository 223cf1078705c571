import { request } from "node:https";
import { expect, test } from "vitest";
import type { OperationId } from "@contact-groups/openapi/model";
import type { Emulator, Settings } from "../../src/index.ts";
import type { ProxyOptions } from "../../src/proxy/proxy.ts";
import { at, bits, emulate, to } from "../call.ts";
import { trusted } from "../certificate.ts";
import { call } from "../cli/call.ts";
import { proxyTo, type Started, serverOf } from "./start.ts";

const clock = { now: (): number => 1_775_217_000_000 };

/** A proxy to an emulator with these settings, over HTTP. */
async function proxied(
  settings: Partial<Settings>,
  options: Partial<ProxyOptions> = {},
): Promise<Started & { readonly emulator: Emulator }> {
  const emulator = emulate({ ...settings, rateLimit: "off" });
  const { url } = await emulator.listen();
  const proxy = await proxyTo(url, { clock, ...options });
  return { ...proxy, emulator };
}

const create = (url: string, GroupName: string, ...ContactItem: object[]): Promise<unknown> =>
  call(url, "createContactGroup", { From_Account: "ann", GroupContactItem: [{ GroupName, ContactItem }] });
const get = (url: string, StartIndex = 0): Promise<{ readonly ErrorCode: number }> =>
  call(url, "getContactGroup", { From_Account: "ann", StartIndex });

/** The operations that the service was called with. */
const operations = ({ calls }: Emulator): readonly (OperationId | undefined)[] =>
  calls.map(({ operation }) => operation);

test("reads all pages of a user before the user's first call, once", async () => {
  const { url, emulator, settled, calls } = await proxied({ pageSize: 1 }, { learn: true });
  await call((await emulator.listen()).url, "createContactGroup", {
    From_Account: "ann",
    GroupContactItem: [{ GroupName: "a", ContactItem: [to("ann"), to("bob"), to("cat")] }],
  });
  await create(url, "b", to("bob"));
  await create(url, "b");
  await settled();
  const [seeded, ...read] = operations(emulator);
  expect([seeded, ...read]).toEqual([
    "createContactGroup",
    "getContactGroup",
    "getContactGroup",
    "getContactGroup",
    "createContactGroup",
    "createContactGroup",
  ]);
  expect(calls.slice(-2).map(({ verdict }) => verdict)).toEqual([
    { kind: "same", rule: "create.new-group" },
    { kind: "same", rule: "create.existing-name" },
  ]);
});

test("sends no call of its own without learn", async () => {
  const { url, emulator } = await proxied({});
  await create(url, "a");
  expect(operations(emulator)).toEqual(["createContactGroup"]);
});

test("reads the state of a user for several calls at once, and forwards each", async () => {
  const { url, emulator, settled } = await proxied({}, { learn: true });
  await Promise.all(Array.from({ length: 20 }, () => get(url)));
  await settled();
  expect(operations(emulator)).toHaveLength(21);
});

test("forwards calls whose user cannot be read, and tries that once", async () => {
  const { origin, received } = await serverOf((outgoing) => outgoing.end('{"ErrorCode":70001}'));
  const { url } = await proxyTo(origin, { learn: true });
  for (const name of ["a", "b"]) await expect(create(url, name)).resolves.toEqual({ ErrorCode: 70001 });
  expect(received).toHaveLength(3);
});

test("reads the state of a user again after it was lost", async () => {
  const emulator = emulate({ rateLimit: "off" });
  let isBroken = false;
  const { origin, received } = await serverOf((outgoing, { target, body }) => {
    if (isBroken) return void outgoing.destroy();
    void emulator
      .fetch(`http://emulator.test${target}`, { method: "POST", body })
      .then(async (response) => outgoing.end(await response.text()));
  });
  const { url, calls, settled } = await proxyTo(origin, { learn: true, clock });
  await create(url, "a");
  isBroken = true;
  await expect(create(url, "b")).rejects.toThrow("JSON");
  isBroken = false;
  await create(url, "c");
  await settled();
  expect(received).toHaveLength(5);
  expect(calls.at(-1)?.verdict).toEqual({ kind: "same", rule: "create.new-group" });
});

test("ends the reading of pages that never end", async () => {
  let pages = 0;
  const { origin, received } = await serverOf((outgoing) =>
    outgoing.end(
      JSON.stringify({
        ErrorCode: 0,
        ContactItem: [],
        GroupItem: [],
        CompleteFlag: 0,
        NextStartIndex: pages < 300 ? ++pages : 5,
      }),
    ),
  );
  const { url } = await proxyTo(origin, { learn: true });
  await get(url);
  expect(received).toHaveLength(201);
});

test("compares no two changes of a user that ran at the same time", async () => {
  const waiting: (() => void)[] = [];
  const emulator = emulate({ rateLimit: "off" });
  let waits = false;
  const { origin } = await serverOf((outgoing, { target, body }) => {
    const send = (): void =>
      void emulator
        .fetch(`http://emulator.test${target}`, { method: "POST", body })
        .then(async (response) => outgoing.end(await response.text()));
    if (!waits) return send();
    waiting.push(send);
    if (waiting.length === 2) for (const one of waiting.toReversed()) one();
  });
  const { url, settled, calls } = await proxyTo(origin);
  await get(url);
  waits = true;
  await Promise.all([create(url, "a", to("bob"), to("cat")), create(url, "b", to("cat"), to("bob"))]);
  waits = false;
  await get(url);
  await create(url, "a");
  await settled();
  expect(calls.map(({ verdict: { kind } }) => kind)).toEqual([
    "same",
    "not comparable",
    "not comparable",
    "same",
    "same",
  ]);
});

/** Calls that show most settings. */
async function work(url: string): Promise<void> {
  const update = (UpdateGroup: object): Promise<unknown> =>
    call(url, "updateContactGroup", { From_Account: "ann", UpdateType: 1, UpdateGroup });
  await get(url);
  await create(url, "a", to("bob"), to("nobody"), at("@TGS#open"), at("@TGS#gone"));
  await create(url, "b");
  await create(url, "a", to("cat"));
  await update({ UpdateGroupType: 1, OldGroupName: "a", NewGroupName: "b" });
  await update({
    UpdateGroupType: 2,
    OldGroupName: "b",
    ContactUpdateItem: [{ ContactOptType: 2, ContactItem: to("ann") }],
  });
  await call(url, "markContact", { From_Account: "ann", MarkItem: [bits(to("bob"), [0, 20], [0])] });
  await call(url, "searchContactGroup", { From_Account: "ann", ContactItem: [to("ann"), to("bob")] });
  await get(url);
  await call(url, "delContactGroup", { From_Account: "ann", GroupName: ["b"] });
  await get(url);
}

const differing: readonly Partial<Settings>[] = [
  {},
  { existingName: "error", unknownConversations: "empty" },
  { markConflict: "clear", pageSize: 2 },
  { unknownPeer: "call", emptyCreate: "reject" },
  { renameToExisting: "accept", removeUngrouped: "item" },
  { chatBits: "reject" },
];

test.each(differing)("finds exactly %o over HTTP", async (settings) => {
  const { url, settled, report } = await proxied(settings);
  await work(url);
  await settled();
  expect(report().settings).toEqual(settings);
  for (const { explanations } of report().differences) expect(explanations).not.toEqual([]);
});

test("finds exactly the settings that differ over HTTPS, and calls no service whose certificate it does not trust", async () => {
  const { tls, ca } = await trusted();
  const emulator = emulate({ existingName: "error", rateLimit: "off" });
  const { url: origin } = await emulator.listen({ tls });
  expect(origin).toMatch(/^https:/);
  const { url, settled, report } = await proxyTo(origin, { clock, ca });
  await work(url);
  await settled();
  expect(report().settings).toEqual({ existingName: "error" });

  const before = emulator.calls.length;
  const distrusting = await proxyTo(origin, { clock });
  const response = await fetch(`${distrusting.url}/v4/recentcontact/get_contact_group?usersig=x`, {
    method: "POST",
    body: "{}",
  });
  expect(response.status).toBe(502);
  expect(await response.text()).toContain("certificate");
  expect(emulator.calls).toHaveLength(before);
});

test("serves HTTPS to clients that trust its CA", async () => {
  const { tls, ca } = await trusted();
  const emulator = emulate({});
  const { url: origin } = await emulator.listen();
  const { url } = await proxyTo(origin, { clock, tls });
  expect(url).toMatch(/^https:/);
  const target = `${url}/v4/recentcontact/get_contact_group?sdkappid=1400000000&identifier=administrator&usersig=x&random=1&contenttype=json`;
  const text = await new Promise<string>((resolve, reject) => {
    const sent = request(target, { method: "POST", ca }, (incoming) => {
      let all = "";
      incoming
        .setEncoding("utf8")
        .on("data", (chunk: string) => (all += chunk))
        .on("end", () => resolve(all));
    });
    sent.on("error", reject).end('{"From_Account":"ann","StartIndex":0}');
  });
  expect(JSON.parse(text)).toMatchObject({ ErrorCode: 0 });
});
