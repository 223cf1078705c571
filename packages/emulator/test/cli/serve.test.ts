import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { call, createGroup, groupsOf } from "./call.ts";
import { commandsIn, paste } from "./paste.ts";
import { hasSignals, run, serve, spawnServer } from "./run.ts";

const bob = { From_Account: "bob", StartIndex: 0 };

test("prints its address, its app, the place of the state, and a first call that succeeds", async () => {
  const { until, url } = await serve(["--memory"]);
  const text = await until("curl");
  expect(text).toContain(`The emulator listens at ${url}\n`);
  expect(text).toContain("1400000000 accepts any UserSig, administrator administrator");
  expect(text).toContain("in memory");
  const { output } = await paste(commandsIn(text));
  expect(JSON.parse(output)).toMatchObject({ ErrorCode: 0, GroupItem: [{ GroupName: "family" }] });
});

test("prints each call in one line without its UserSig", async () => {
  const { url, until, output } = await serve(["--memory"]);
  const usersig = "a-secret-UserSig-that-nobody-may-see";
  await call(url, "getContactGroup", { From_Account: "user_0001", StartIndex: 0 }, { usersig });
  await call(url, "getContactGroup", bob, { usersig });
  const text = await until("[user.imported]");
  expect(text).toMatch(
    /Z POST \/v4\/recentcontact\/get_contact_group 0 \[get\.page\] The page begins at StartIndex 0\n/,
  );
  expect(output()).not.toContain(usersig);
});

test.runIf(hasSignals)("prints JSON lines with --json", async () => {
  const { url, child, until, output, ended } = await spawnServer(["--memory", "--json"]);
  await createGroup(url, "user_0001", "work");
  await until("create.new-group");
  child.kill("SIGTERM");
  expect(await ended).toBe(0);
  const lines = output().trimEnd().split("\n");
  expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
    {
      event: "listening",
      url,
      apps: [{ sdkAppId: 1400000000, userSig: "any", admins: ["administrator"] }],
      isKept: false,
    },
    {
      event: "call",
      number: 1,
      method: "POST",
      operation: "createContactGroup",
      rule: "create.new-group",
      code: 0,
      url: expect.stringContaining("usersig=[redacted]"),
    },
    { event: "closing" },
  ]);
});

test("--preset starts with the settings of the preset, over which --set takes precedence", async () => {
  const item = (userId: string): object => ({ ContactOptType: 1, ContactItem: { Type: 1, To_Account: userId } });
  const change = {
    From_Account: "user_0001",
    UpdateType: 1,
    UpdateGroup: {
      UpdateGroupType: 2,
      OldGroupName: "group_0001",
      ContactUpdateItem: [item("user_0002"), item("user_0003")],
    },
  };
  const args = ["--memory", "--preset", "room-for-one"];
  const { TooManyConversations } = errorCodes;
  expect(await call((await serve(args)).url, "updateContactGroup", change)).toMatchObject({
    ErrorCode: 0,
    UpdateGroupResult: { ContactResultItem: [{ ResultCode: 0 }, { ResultCode: TooManyConversations }] },
  });
  const { url } = await serve([...args, "--set", "conversationCap=call"]);
  expect(await call(url, "updateContactGroup", change)).toMatchObject({ ErrorCode: TooManyConversations });
});

test("prints nothing but the address with --quiet", async () => {
  const { url, output, close } = await serve(["--memory", "--quiet"]);
  await createGroup(url, "user_0001", "work");
  await close();
  expect(output()).toBe(`${url}\n`);
});

test.runIf(hasSignals).each(["SIGINT", "SIGTERM"] as const)(
  "ends in order with the exit code 0 at %s",
  async (signal) => {
    const { child, ended, output, errors: errorText } = await spawnServer(["--memory"]);
    child.kill(signal);
    expect(await ended).toBe(0);
    expect(output()).toContain("Closing");
    expect(errorText()).toBe("");
  },
);

test.runIf(hasSignals)("finishes an open call at the first signal, and ends at once at the second", async () => {
  const { child, until, ended, url } = await spawnServer(["--memory"]);
  const { dial } = await import("../node/raw.ts");
  const half = dial(
    { port: Number(new URL(url).port) },
    "POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 5\r\n\r\n1",
  );
  // The next response shows that the emulator has read what was sent before.
  await createGroup(url, "user_0001", "work");
  child.kill("SIGTERM");
  await until("Closing");
  child.kill("SIGTERM");
  expect(await ended).toBe(143);
  await half.closed;
});

test("reports a port in use in one sentence, with the exit code 2", async () => {
  const { url } = await serve(["--memory"]);
  const { port } = new URL(url);
  const second = await run(["--memory", "--port", port]);
  expect(second.code).toBe(2);
  expect(second.errors).toBe(
    `The port ${port} of 127.0.0.1 is in use. Stop the program that listens there, or choose another port with --port.\n`,
  );
});

test("--set changes settings, and --no-rate-limit disables the rate limit", async () => {
  const { url } = await serve(["--memory", "--set", "accounts=lenient", "--set", "groupNameBytes=4"]);
  expect(await call(url, "getContactGroup", bob)).toMatchObject({ ErrorCode: 0 });
  expect(await createGroup(url, "bob", "12345")).toMatchObject({ ErrorCode: errorCodes.GroupNameTooLong });

  const limited = await serve(["--memory", "--set", "rateLimit=1/3600"]);
  await groupsOf(limited.url, "user_0001");
  expect(await call(limited.url, "getContactGroup", bob)).toMatchObject({ ErrorCode: errorCodes.CallRateExceeded });

  const free = await serve(["--memory", "--set", "rateLimit=1/3600", "--no-rate-limit"]);
  await groupsOf(free.url, "user_0001");
  expect(await groupsOf(free.url, "user_0001")).toEqual(["family"]);
});

test("--no-seed starts empty", async () => {
  const { url } = await serve(["--memory", "--no-seed"]);
  expect(await call(url, "getContactGroup", { From_Account: "user_0001", StartIndex: 0 })).toMatchObject({
    ErrorCode: errorCodes.UserNotImported,
  });
});

test("keeps running when the reader of its output closes", async () => {
  const { url, child } = await spawnServer(["--memory"]);
  child.stdout?.destroy();
  for (const name of ["a", "b", "c"]) expect(await createGroup(url, "user_0001", name)).toMatchObject({ ErrorCode: 0 });
});
