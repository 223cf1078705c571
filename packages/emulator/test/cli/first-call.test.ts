import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { firstCall, type FirstCallParts } from "../../src/cli/first-call.ts";
import type { SeedDocument } from "../../src/index.ts";
import { amount } from "../amount.ts";
import { createGroup } from "./call.ts";
import { commandsIn, paste } from "./paste.ts";
import { emptyFolder, serve } from "./run.ts";

const key = "f5bd2850ff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";
const keyed = ["--app", "1400000001", "--secret-key-env", "KEY", "--admin", "o'neil $(touch pwned)"];
const user = (userId: string, name = "seeded"): SeedDocument => ({
  apps: [{ users: [{ userId, groups: [{ name }] }] }],
});
const nasty = "'$(touch pwned)' `touch pwned` !";

interface Start {
  readonly args: readonly string[];
  readonly seed?: SeedDocument;
  readonly config?: object;
  /** Names of the groups of the user in the call; none unless given. */
  readonly groups?: readonly string[];
}

const starts: Readonly<Record<string, Start>> = {
  "by default": { args: [], groups: ["family"] },
  "with a seed of accounts alone": { args: [], seed: { apps: [{ accounts: ["ann"] }] } },
  "with a seed whose first user is not imported": {
    args: [],
    seed: { apps: [{ accounts: ["bob"], users: [{ userId: "ann", imported: false, groups: [{ name: "a" }] }] }] },
  },
  "with a user whose name a shell would run": { args: [], seed: user(nasty), groups: ["seeded"] },
  "with a user whose name begins with a dash": { args: [], seed: user("-o pwned"), groups: ["seeded"] },
  "with a preset": { args: ["--preset", "disbanded-chat-group"], groups: ["group_0001"] },
  "with an app that has a key": { args: keyed, groups: ["family"] },
  "with several apps of which the last has users": {
    args: [...keyed, "--app", "1400000002"],
    seed: { apps: [{ ...user("ann").apps[0], sdkAppId: 1400000002 }] },
    groups: ["seeded"],
  },
  "with an app that has settings of its own": {
    args: ["--config", "config.json"],
    config: {
      apps: [{ sdkAppId: 1400000009, secretKeyEnv: "KEY", settings: { userSig: "off", accounts: "lenient" } }],
    },
    seed: { apps: [] },
  },
  "without users, with a token": { args: ["--no-seed", "--control-token-env", "TOKEN"] },
  "without users": { args: ["--no-seed"] },
  "without users, with an app that has a key": { args: [...keyed, "--no-seed"] },
  "with any account": { args: ["--no-seed", "--set", "accounts=lenient"] },
  "with any account and a user that is not imported": {
    args: ["--set", "accounts=lenient"],
    seed: { apps: [{ users: [{ userId: "ann", imported: false, groups: [{ name: "a" }] }] }] },
    groups: ["a"],
  },
  "without verification of UserSigs": { args: [...keyed, "--set", "userSig=off"], groups: ["family"] },
  "with UserSigs that are read only": { args: ["--set", "userSig=lenient"], groups: ["family"] },
  "with UserSigs that are read only, and a key": { args: [...keyed, "--set", "userSig=lenient"], groups: ["family"] },
  "on all addresses": { args: ["--host", "0.0.0.0"], groups: ["family"] },
  "on all addresses of IPv6": { args: ["--host", "::"], groups: ["family"] },
  "on one address of IPv6": { args: ["--host", "::1"], groups: ["family"] },
  "by a name": { args: ["--host", "localhost"], groups: ["family"] },
};

test.each(Object.entries(starts))("the first call succeeds as it is printed, when started %s", async (_, start) => {
  const folder = emptyFolder();
  if (start.seed) writeFileSync(join(folder, "seed.json"), JSON.stringify(start.seed));
  const args = ["--memory", ...start.args, ...(start.seed ? ["--seed", "seed.json"] : [])];
  if (start.config) writeFileSync(join(folder, "config.json"), JSON.stringify(start.config));
  const env = { KEY: key, TOKEN: "token-of-the-test" };
  const { until } = await serve(args, { folder, env });
  const text = await until("curl");
  expect(text).not.toContain(key);
  expect(text).not.toContain(env.TOKEN);
  if (start.config) expect(text).not.toContain("No user is imported");
  const { output, files } = await paste(commandsIn(text), { env });
  const { groups = [] } = start;
  expect(JSON.parse(output)).toMatchObject({ ErrorCode: 0, GroupItem: groups.map((GroupName) => ({ GroupName })) });
  expect(files).toEqual([]);
});

test("the first call to an existing file names a user of that file", async () => {
  const folder = emptyFolder();
  const first = await serve(["--no-seed", "--set", "accounts=lenient"], { folder });
  await createGroup(first.url, nasty, "made");
  await first.close();
  const { until } = await serve(["--set", "accounts=lenient"], { folder });
  const { output, files } = await paste(commandsIn(await until("curl")));
  expect(JSON.parse(output)).toMatchObject({ ErrorCode: 0, GroupItem: [{ GroupName: "made" }] });
  expect(files).toEqual([]);
});

test("the first call succeeds without curl, by the stand-in of these tests", async () => {
  const { until } = await serve(["--memory", "--no-seed", ...keyed], { env: { KEY: key } });
  const { output } = await paste(commandsIn(await until("USERSIG")), { env: { KEY: key }, withoutCurl: true });
  expect(JSON.parse(output)).toMatchObject({ ErrorCode: 0, GroupItem: [] });
});

test("explains why there is no first call without users and without the control API", async () => {
  const { until } = await serve(["--memory", "--no-seed", "--public"]);
  const text = await until("--seed FILE");
  expect(text).toContain("No user is imported, so no call can succeed. Start with --seed FILE.\n");
  expect(text).not.toContain("curl");
});

test("the first call of an app with a key sends nothing where the key is not set", async () => {
  const { until } = await serve(["--memory", ...keyed], { env: { KEY: key } });
  const text = await until("curl");
  expect(text).toContain("A first call, for a shell in which KEY is set to the key:\n");
  expect(await paste(commandsIn(text))).toMatchObject({
    output: "",
    errors: expect.stringContaining("KEY, which is not set"),
  });
});

const lenient = { accounts: "lenient", userSig: "strict" } as const;
const strict = { accounts: "strict", userSig: "strict" } as const;
const parts: FirstCallParts = {
  url: "http://127.0.0.1:4020",
  apps: [{ sdkAppId: 1400000000, settings: lenient }],
  store: { examples: () => ({ user: undefined, account: undefined }), hasAccount: () => true },
  hasControl: true,
  command: ["node", "cli.js"],
};

test("passes any user and any administrator to curl as they are", async () => {
  const text = fc.string({
    unit: fc.oneof(fc.constantFrom(..."'\"`$!\\-@;&|<>(){}[]*?#~%\n"), fc.string({ minLength: 1, maxLength: 1 })),
    minLength: 1,
  });
  const names = fc.sample(fc.tuple(text, text), { numRuns: amount({ quick: 300, thorough: 3000 }), seed: 1 });
  const lines = names.flatMap(([userId, admin]) =>
    firstCall({
      ...parts,
      apps: [{ sdkAppId: 1400000000, admins: [admin], settings: lenient }],
      store: { examples: () => ({ user: userId, account: undefined }), hasAccount: () => true },
    }).slice(1),
  );
  const show = `curl() { for word in "$@"; do printf '%s\\0' "$word"; done; }`;
  const { output, files } = await paste([show, ...lines]);
  const words = output.split("\0");
  for (const [index, [userId, admin]] of names.entries()) {
    const [url = "", option, data = ""] = words.slice(3 * index);
    expect(new URL(url).searchParams.get("identifier")).toBe(admin);
    expect([option, JSON.parse(data)]).toEqual(["--data", { From_Account: userId, StartIndex: 0 }]);
  }
  expect(files).toEqual([]);
});

test("finds the user with two reads of the store for each app", () => {
  const calls: string[] = [];
  const store = new Proxy({} as FirstCallParts["store"], {
    get: (_, name: "examples" | "hasAccount") => {
      calls.push(name);
      return name === "examples" ? () => ({ user: "ann", account: "bob" }) : () => false;
    },
  });
  const apps = [
    { sdkAppId: 1, settings: strict },
    { sdkAppId: 2, settings: strict },
  ];
  expect(firstCall({ ...parts, apps, store }).at(-1)).toContain("bob");
  expect(calls).toEqual(["examples", "hasAccount", "examples", "hasAccount"]);
});
