import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createPseudonyms, omitted } from "../../src/proxy/pseudonyms.ts";
import { openRecording } from "../../src/proxy/recording.ts";
import { emulate } from "../call.ts";
import { proxyTo, serverOf, temporaryFolder } from "./start.ts";

const key = Buffer.alloc(32, 1);

test("gives a text the same pseudonym everywhere, and another one with another key", () => {
  const names = createPseudonyms(key)();
  const body = {
    From_Account: "alice",
    ContactItem: [{ Type: 1, To_Account: "alice", ToGroupId: "@TGS#alice" }],
    GroupName: ["alice"],
  };
  const { From_Account, ContactItem, GroupName } = names.json(body) as typeof body;
  expect(From_Account).toMatch(/^user_[0-9a-f]{12}$/);
  expect(ContactItem[0]).toEqual({
    Type: 1,
    To_Account: From_Account,
    ToGroupId: expect.stringMatching(/^@TGS#chat_[0-9a-f]{12}$/),
  });
  expect(GroupName[0]).toMatch(/^group_[0-9a-f]{12}$/);
  expect(createPseudonyms(key)().json(body)).toEqual({ From_Account, ContactItem, GroupName });
  expect(createPseudonyms(Buffer.alloc(32, 2))().userId("alice")).not.toBe(From_Account);
});

test("keeps what a rule looks at: empty texts, lengths beyond a limit, and characters that a UserID cannot have", () => {
  const names = createPseudonyms(key)();
  const bytesOf = (value: unknown): number => Buffer.byteLength(String(value));
  expect(names.json("", "GroupName")).toBe("");
  expect(bytesOf(names.json("n".repeat(33), "GroupName"))).toBe(33);
  expect(bytesOf(names.json("\u5bb6".repeat(30), "NewGroupName"))).toBe(90);
  expect(bytesOf(names.json("n".repeat(32), "GroupName"))).toBeLessThanOrEqual(32);
  expect(names.json("j\u00f6rg", "From_Account")).toMatch(/[^ -~]/);
  expect(names.json({ ActionStatus: "OK", StandardMark: "111001", Type: 1, Timestamp: 5 })).toEqual({
    ActionStatus: "OK",
    StandardMark: "111001",
    Type: 1,
    Timestamp: 5,
  });
});

test("replaces names in the service's sentences, and omits what is not JSON", () => {
  const names = createPseudonyms(key)();
  names.see({ From_Account: "alice", GroupName: "a" });
  expect(names.text('alice: the group "a" of alice2 has a name')).not.toMatch(/alice(?!2)|"a"/);
  expect(names.body("alice")).toBe(omitted);
});

test("keeps and shows no name, and still compares", async () => {
  const secret = ["alice.smith", "bob.jones", "@TGS#ward-seven", "divorce", "lawyer", "root-admin", "note to self"];
  const [alice, bob, chat, group, renamed, admin, note] = secret;
  const emulator = emulate(
    { existingName: "error", pageSize: 1, accounts: "lenient", chatGroups: "lenient" },
    { apps: [{ sdkAppId: 1400000000, admins: ["root-admin"] }], seed: { apps: [{ accounts: ["alice.smith"] }] } },
  );
  const { origin } = await serverOf(
    (outgoing, { target, body }) =>
      void emulator
        .fetch(`http://emulator.test${target}`, { method: "POST", body })
        .then(async (response) => outgoing.end(await response.text())),
  );
  const file = join(temporaryFolder(), "calls.har");
  const recording = openRecording(file, "1.0.0");
  const proxy = await proxyTo(origin, { recording, pseudonymKey: key });
  const call = (name: string, body: object | string): Promise<Response> =>
    fetch(
      `${proxy.url}/v4/recentcontact/${name}?sdkappid=1400000000&identifier=${admin}&usersig=any-text&random=1&contenttype=json`,
      {
        method: "POST",
        body: typeof body === "string" ? body : JSON.stringify({ From_Account: alice, ...body }),
      },
    );
  const items = [
    { Type: 1, To_Account: bob },
    { Type: 2, ToGroupId: chat },
  ];
  await call("get_contact_group", { StartIndex: 0 });
  for (let time = 0; time < 2; time++)
    await call("create_contact_group", { GroupContactItem: [{ GroupName: group, ContactItem: items }] });
  await call("update_contact_group", {
    UpdateType: 1,
    UpdateGroup: { UpdateGroupType: 1, OldGroupName: group, NewGroupName: renamed },
  });
  await call("mark_contact", { MarkItem: [{ OptType: 2, ContactItem: items[0], CustomMark: note }] });
  await call("get_contact_group", { StartIndex: 0 });
  await call("get_contact_group", { StartIndex: 0, Surprise: note });
  await call("get_contact_group", `{"From_Account":"${alice}"`);
  await proxy.close();
  recording.close();
  const report = proxy.report();
  const text = readFileSync(file, "utf8") + JSON.stringify([report, proxy.calls]);
  expect(secret.filter((name) => text.includes(name))).toEqual([]);
  expect(report.settings).toEqual({ existingName: "error", pageSize: 1 });
  expect(JSON.stringify(report.differences)).toMatch(/chat_[0-9a-f]{12}/);
  expect(report.texts).toHaveProperty("50002");
});
