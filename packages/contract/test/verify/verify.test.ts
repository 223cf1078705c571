import { defaultSettings, type Emulator, type SeedUser } from "@contact-groups/emulator";
import type { Failure } from "@contact-groups/openapi/bodies";
import { errorCodes } from "@contact-groups/openapi/model";
import { beforeAll, describe, expect, test } from "vitest";
import { operations } from "../../src/operations.ts";
import { codeOf } from "../../src/response.ts";
import { formatReport } from "../../src/report/format-report.ts";
import type { UserNeed, VerifyPlan, VerifyReport } from "../../src/verify/scenario.ts";
import { handwrittenScenarios } from "../../src/verify/scenarios.ts";
import { fastest, type VerifyOptions } from "../../src/verify/verify-options.ts";
import { planVerification, verify } from "../../src/verify/verify.ts";
import { strictEmulator, sdkAppId, secretKey, users, verifyOptions, withoutDeletion } from "./strict-emulator.ts";

const base: VerifyOptions = {
  baseUrl: "http://127.0.0.1:4020",
  sdkAppId,
  identifier: "administrator",
  secretKey,
  users,
  seed: 1,
};
const service = { ...base, baseUrl: "https://adminapisgp.im.qcloud.com" };

const isUnknown = ({ is }: UserNeed): boolean => is === "unknown";

const hasData = ({ groups = [], conversations = [] }: SeedUser): boolean => groups.length + conversations.length > 0;

/** Fails every request. */
const noCall: typeof globalThis.fetch = () => Promise.reject(new Error("No call was expected."));

test("the strict emulator passes everything over HTTP, and the wait for the rate limit is stated", async () => {
  const emulator = strictEmulator();
  const { url } = await emulator.listen();
  const report = await verify({ ...verifyOptions(emulator), baseUrl: url, fetch: globalThis.fetch });
  await emulator.close();
  expect(report.results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
  expect(report.waitedMs).toBeGreaterThan(0);
  expect(formatReport(report, "text")).toMatch(
    / calls in \d+\.\d s, of which \d+\.\d s were the wait for the rate limit\. Seed 1\./,
  );
});

test("an emulator that ignores what the service may ignore passes everything", async () => {
  const { bothIds, unknownFields, nullFields, random } = defaultSettings;
  const emulator = strictEmulator({ settings: { bothIds, unknownFields, nullFields, random } });
  const { results } = await verify(verifyOptions(emulator));
  expect([bothIds, unknownFields, nullFields, random]).toEqual(["ignore", "ignore", "ignore", "ignore"]);
  expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
});

describe("the plan", () => {
  test("is reported before the first call", async () => {
    const emulator = strictEmulator();
    const events: string[] = [];
    const fetch: typeof globalThis.fetch = (input, init) => {
      events.push("call");
      return emulator.fetch(input as string, init);
    };
    await verify({
      ...verifyOptions(emulator, fetch),
      only: ["request-check-path"],
      onPlan: () => void events.push("plan"),
    });
    expect(events.slice(0, 2)).toEqual(["plan", "call"]);
  });

  describe("of a whole run", () => {
    const emulator = strictEmulator();
    const writing = operations.filter(({ effect }) => effect !== "read").map(({ path }) => path);
    /** Users for whom a call that writes succeeded. */
    const written = new Set<string>();
    const fetch: typeof globalThis.fetch = async (input, init) => {
      const response = await emulator.fetch(input as string, init);
      if (writing.some((path) => String(input).includes(path)) && codeOf(await response.clone().json()) === 0)
        written.add(JSON.parse(String(init?.body)).From_Account);
      return response;
    };
    let report: VerifyReport;
    beforeAll(async () => void (report = await verify(verifyOptions(emulator, fetch))));

    test("makes at least as many calls and waits at least as long as it reports", () => {
      const { plan, calls } = report;
      expect(calls).toBeGreaterThanOrEqual(plan.calls);
      expect(plan.rateLimitMs).toBeGreaterThan((plan.calls / plan.callsPerSecond) * 1000);
    });

    test("names all users that are written to", () => {
      expect(report.plan.writes).toEqual(expect.arrayContaining([...written]));
      expect(written.size).toBeGreaterThan(50);
    });

    test("leaves no user with groups or marks", () => {
      const left = emulator.snapshot().apps[0]?.users?.filter(hasData);
      expect(left).toEqual([]);
    });
  });

  test("stays below the rate of every operation", () => {
    for (const { rate } of operations)
      expect(planVerification(base).callsPerSecond).toBeLessThan(rate.calls / rate.seconds);
  });

  test("skips what cannot run, and reports why", () => {
    const { skipped } = planVerification({
      ...base,
      users: ["user_0", "user_1"],
      secretKey: undefined,
      userSig: "any",
    } as never);
    const because = Object.fromEntries(skipped.map((one) => [one.id, one.because]));
    expect(because["request-check-usersig-expiry"]).toMatch(/secretKey/);
    expect(because["chat-group-conversation"]).toMatch(/chat group/);
    expect(because["grouped-conversations"]).toMatch(/all scenarios together need \d+; of the 2 given accounts/);
  });

  test("gives a user without groups to one scenario only", () => {
    const { writes } = planVerification(base);
    expect(new Set(writes).size).toBe(writes.length);
    expect(planVerification({ ...base, users: users.slice(0, 3) }).accounts).toMatchObject({ given: 3 });
  });

  test("skips assumptions and disputes when documentedOnly is set", () => {
    const all = planVerification(base).scenarios;
    const documented = planVerification({ ...base, documentedOnly: true });
    expect(documented.scenarios).toBeLessThan(all);
    expect(documented.skipped.map(({ id }) => id)).toEqual(
      expect.arrayContaining(["request-check-order-url", "grouped-conversations"]),
    );
  });
});

describe("a production app", () => {
  test("is not written to without yes", async () => {
    await expect(verify({ ...service, fetch: noCall })).rejects.toThrow(/service's own host \(singapore\).*Set `yes`/);
  });

  test("is not written to when readOnly is set", async () => {
    const emulator = strictEmulator();
    const paths = new Set<string>();
    const fetch: typeof globalThis.fetch = (input, init) => {
      paths.add(new URL(String(input)).pathname);
      return emulator.fetch(input as string, init);
    };
    const before = JSON.stringify(emulator.snapshot());
    const { totals } = await verify({ ...verifyOptions(emulator, fetch), readOnly: true });
    expect(totals).toMatchObject({ failed: 0, error: 0 });
    expect(totals.passed).toBeGreaterThan(90);
    const writing = operations.filter(({ effect }) => effect !== "read").map(({ path }) => path);
    expect(writing.filter((path) => paths.has(path))).toEqual([]);
    expect(JSON.stringify(emulator.snapshot())).toBe(before);
  });

  test("has what is left for the end of the run after all other scenarios, and before the rate limit is exceeded", async () => {
    const only = ["writes-are-kept-to-the-end", "groups-per-user", "call-rate"];
    const { results } = await verify({ ...verifyOptions(strictEmulator()), only });
    expect(results.map(({ id, outcome }) => [id, outcome])).toEqual([
      ["groups-per-user", "passed"],
      ["writes-are-kept-to-the-end", "passed"],
      ["call-rate", "passed"],
    ]);
  });

  test("may begin standard marks with zeros", async () => {
    const emulator = strictEmulator();
    const padded: typeof globalThis.fetch = async (input, init) => {
      const text = await (await emulator.fetch(input as string, init)).text();
      const changed = text.replaceAll(/(?<="StandardMark":")\d*/g, (bits) => bits.padStart(64, "0"));
      return new Response(changed, { headers: { "Content-Type": "application/json" } });
    };
    const only = ["stateful", "limits"];
    const { totals } = await verify({ ...verifyOptions(emulator, padded), only, burst: false });
    expect(totals).toMatchObject({ failed: 0, error: 0, notRun: 0 });
  });

  test("has no verdict when it often has no response to the first of two equal calls", async () => {
    const emulator = strictEmulator();
    let calls = 0;
    const unreliable: typeof globalThis.fetch = async (input, init) =>
      ++calls % 40 === 0 ? new Response("", { status: 502 }) : emulator.fetch(input as string, init);
    const { exitCode, totals, results } = await verify({ ...verifyOptions(emulator, unreliable), readOnly: true });
    expect(totals).toMatchObject({ failed: 0, error: 1 });
    expect(results.at(-1)?.because).toMatch(/^\d+ of \d+ calls had a response only when they were sent again$/);
    expect(exitCode).toBe(4);
  });

  test("gets few calls when its responses are late or too large, and the others are not run", async () => {
    const emulator = strictEmulator();
    let calls = 0;
    const late: typeof globalThis.fetch = (input, init) => {
      calls++;
      emulator.clock.advance(3500);
      return emulator.fetch(input as string, init);
    };
    const large: typeof globalThis.fetch = async (input, init) => {
      calls++;
      const response = await emulator.fetch(input as string, init);
      return new Response(`${await response.text()}${" ".repeat(2 ** 24)}`, response);
    };
    for (const fetch of [late, large]) {
      calls = 0;
      const { totals, results } = await verify(verifyOptions(emulator, fetch));
      expect(totals.failed).toBeGreaterThan(0);
      expect(totals.notRun).toBeGreaterThan(350);
      expect(results.at(-1)?.because).toMatch(
        /^(the responses that were late took 60 s together|10 responses were too large)$/,
      );
      expect(calls).toBeLessThan(150);
    }
  });

  test("gets no more calls in a second than are allowed unless burst is set", () => {
    const isLeftOut = ({ skipped }: VerifyPlan): boolean => skipped.some(({ id }) => id === "call-rate");
    expect(isLeftOut(planVerification(service))).toBe(true);
    expect(isLeftOut(planVerification({ ...service, burst: true }))).toBe(false);
    expect(isLeftOut(planVerification({ ...service, burst: true, readOnly: true }))).toBe(true);
    expect(isLeftOut(planVerification(base))).toBe(false);
  });
});

describe("verification does not begin", () => {
  test.each<[string, Partial<VerifyOptions>, RegExp]>([
    ["a baseUrl that is not a URL", { baseUrl: "adminapisgp" }, /`baseUrl` must be a URL/],
    ["a baseUrl with credentials in its query", { baseUrl: "http://h/?usersig=x" }, /`baseUrl` must have no query/],
    ["a UserSig and a key", { userSig: "x" }, /Exactly one of `userSig` and `secretKey` is required/],
    ["a rate beyond four fifths", { callsPerSecond: fastest + 1 }, /`callsPerSecond` must be above 0 and at most/],
    ["a user twice", { users: ["a", "a"] }, /`users` must have each UserID once/],
    ["a broken number of runs", { runs: 1.5 }, /`runs` must be an integer/],
    ["an unknown scenario", { only: ["group-per-user"] }, /must name scenarios or groups, .* but has "group-per-user"/],
  ])("with %s", async (_, options, message) => {
    await expect(verify({ ...base, ...options, fetch: noCall })).rejects.toThrow(message);
  });

  test("when there is no response", async () => {
    const fetch: typeof globalThis.fetch = () =>
      Promise.reject(new TypeError("fetch failed", { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) }));
    await expect(verify({ ...base, fetch })).rejects.toThrow(
      "The provider does not respond: the connection failed: ECONNREFUSED. Start it, or correct `baseUrl`.",
    );
  });

  test("when the key is another app's", async () => {
    const emulator = strictEmulator();
    const options = { ...verifyOptions(emulator), secretKey: "another" };
    await expect(verify(options)).rejects.toThrow(
      /rejects the credentials: \d+ UserSigVerificationFailed\. \w+ the UserSig/,
    );
  });

  test("when users are generated and the provider accepts only imported ones", async () => {
    const { users: _users, ...options } = verifyOptions(strictEmulator());
    await expect(verify(options)).rejects.toThrow(/accepts only imported users .* Set `users`/);
  });
});

test("generates users for a provider that accepts every UserID, other ones with each seed and in each run", async () => {
  const emulator = strictEmulator({ settings: { accounts: "lenient" } });
  const { users: _users, ...options } = verifyOptions(emulator);
  const one = await verify({ ...options, only: ["stateful"] });
  const again = await verify({ ...options, only: ["stateful"] });
  const other = await verify({ ...options, only: ["stateful"], seed: 2 });
  const ofUnknownUsers = handwrittenScenarios
    .filter(({ group, needs }) => group === "stateful" && Object.values(needs.users ?? {}).some(isUnknown))
    .map(({ id }) => id);
  const written = [one, again, other].flatMap(({ plan }) => plan.writes);
  expect(new Set(written).size).toBe(written.length);
  for (const { results } of [again, other])
    expect(results.filter(({ outcome }) => outcome !== "passed").map(({ id }) => id)).toEqual(ofUnknownUsers);
});

test("does not use a user who has groups as a fresh one", async () => {
  const emulator = strictEmulator();
  const plans: VerifyPlan[] = [];
  const onPlan = (plan: VerifyPlan): void => void plans.push(plan);
  const fetch = withoutDeletion(emulator);
  const options = { ...verifyOptions(emulator, fetch), only: ["created-group-is-found"], onPlan };
  for (const busy of [0, 1, 2]) {
    const { exitCode, plan } = await verify(options);
    expect(exitCode).toBe(0);
    expect(plan).toMatchObject({ writes: [users[busy]], accounts: { given: users.length, wanted: 1, busy } });
  }
  // The first run has one plan, each of the others two: before its first call, and around the accounts that it found full.
  expect(plans.map(({ writes: [user] }) => user)).toEqual(["user_0", "user_0", "user_1", "user_0", "user_2"]);
});

test("leaves what a failed scenario wrote, and uses other accounts in the next run", async () => {
  const emulator = strictEmulator({ settings: { existingName: "error" } });
  const options = {
    ...verifyOptions(emulator),
    only: ["created-group-is-found", "existing-name-gets-the-conversations"],
  };
  const { plan, totals } = await verify(options);
  expect(totals).toMatchObject({ passed: 1, failed: 1 });
  expect(
    emulator
      .snapshot()
      .apps[0]?.users?.filter(hasData)
      .map(({ userId }) => userId),
  ).toEqual([plan.writes[1]]);
  expect((await verify(options)).plan).toMatchObject({ writes: [users[0], users[2]], accounts: { busy: 1 } });
});

test("keeps the groups of a user who could not be looked up", async () => {
  const emulator = strictEmulator();
  const own: SeedUser = { userId: users[0]!, groups: [{ name: "own" }] };
  emulator.seed({ apps: [{ users: [own] }] });
  const listing = operations.find(({ paging }) => paging)!.path;
  let lists = 0;
  // The first call checks the credentials, the second looks up the user.
  const fetch: typeof globalThis.fetch = (input, init) =>
    String(input).includes(listing) && ++lists === 2
      ? Promise.resolve(Response.json({ ActionStatus: "FAIL", ErrorCode: errorCodes.InternalFailure, ErrorInfo: "" }))
      : emulator.fetch(input as string, init);
  const { plan, totals } = await verify({ ...verifyOptions(emulator, fetch), only: ["create-with-conversation"] });
  expect({ writes: plan.writes, passed: totals.passed }).toEqual({ writes: [users[0]], passed: 1 });
  const groups = emulator.snapshot().apps[0]?.users?.[0]?.groups?.map(({ name }) => name);
  expect(groups).toContain("own");
});

test("reports its results also if a clean-up gets a response of another form", async () => {
  const emulator = strictEmulator();
  const listing = operations.find(({ paging }) => paging)!.path;
  let lists = 0;
  // The third call is the first of the clean-up.
  const malformed = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ContactItem: [null], GroupItem: {} };
  const fetch: typeof globalThis.fetch = (input, init) =>
    String(input).includes(listing) && ++lists > 2
      ? Promise.resolve(Response.json(malformed))
      : emulator.fetch(input as string, init);
  const { totals } = await verify({ ...verifyOptions(emulator, fetch), only: ["create-with-conversation"] });
  expect({ passed: totals.passed, lists }).toEqual({ passed: 1, lists: 3 });
});

test("a failing gateway in front of the service is not a failure of the service", async () => {
  const emulator = strictEmulator();
  let calls = 0;
  const fetch: typeof globalThis.fetch = (input, init) =>
    ++calls > 1 ? Promise.resolve(new Response("bad gateway", { status: 502 })) : emulator.fetch(input as string, init);
  const { totals, results } = await verify({ ...verifyOptions(emulator, fetch), only: ["request-check-path"] });
  expect(totals).toEqual({ passed: 0, failed: 0, skipped: 0, notRun: 0, error: 1 });
  expect(results[0]?.because).toBe("HTTP 502 from something in front of the service");
});

test("retries a call that was throttled because of other callers", async () => {
  const emulator = strictEmulator({ settings: { rateLimit: { calls: 2, seconds: 1 } } });
  const { totals, calls } = await verify({
    ...verifyOptions(emulator),
    only: ["request-check-app", "created-group-is-found", "request-check-syntax"],
  });
  expect(totals).toMatchObject({ passed: 3, failed: 0 });
  expect(calls).toBeGreaterThan(9);
});

/** Calls an emulator, and changes the text of each response. */
const changingText =
  (change: (text: string) => string): ((emulator: Emulator) => typeof globalThis.fetch) =>
  (emulator) =>
  async (input, init) => {
    const response = await emulator.fetch(input as string, init);
    const { status, headers } = response;
    return new Response(change(await response.text()), { status, headers });
  };

const byHand = handwrittenScenarios.map(({ id }) => id);

test("fails a provider whose responses have no ActionStatus and no ErrorInfo only by what documents dispute", async () => {
  const emulator = strictEmulator();
  const fetch = changingText((text) => {
    const { ActionStatus: _status, ErrorInfo: _info, ...body } = JSON.parse(text) as Partial<Failure>;
    return JSON.stringify(body);
  });
  const { results } = await verify({ ...verifyOptions(emulator, fetch(emulator)), only: byHand });
  expect(results.filter(({ outcome }) => outcome !== "passed")).toMatchObject([
    { id: "success-has-status-and-text", basis: "disputed", outcome: "failed" },
    { id: "failure-has-status-and-text", basis: "disputed", outcome: "failed" },
  ]);
});

const large = (text: string): string =>
  text
    .replaceAll(/"GroupId":(\d+)/g, (_, id: string) => `"GroupId":${2n ** 60n + BigInt(id)}`)
    .replaceAll(
      /"ContactGroupId":\[([\d,]+)\]/g,
      (_, ids: string) => `"ContactGroupId":[${ids.split(",").map((id) => 2n ** 60n + BigInt(id))}]`,
    );

test("passes a provider whose IDs are beyond 2^53 - 1", async () => {
  const emulator = strictEmulator();
  const { results } = await verify({ ...verifyOptions(emulator, changingText(large)(emulator)), only: byHand });
  expect(results.filter(({ outcome }) => outcome !== "passed")).toEqual([]);
});

test("fails a provider that rounds IDs beyond 2^53 - 1 in one of its lists", async () => {
  const emulator = strictEmulator();
  const rounded = changingText((text) =>
    large(text).replaceAll(
      /"ContactGroupId":\[(\d+)\]/g,
      (_, id: string) => `"ContactGroupId":[${BigInt(Number(id))}]`,
    ),
  );
  const only = ["created-group-is-found"];
  const { results } = await verify({ ...verifyOptions(emulator, rounded(emulator)), only });
  expect(results[0]?.failures[0]).toMatchObject({
    pointer: "/ContactItem/0/ContactGroupId/0",
    expected: '"1152921504606846977"',
    got: '"1152921504606846976"',
  });
});

test("ends when the provider stops responding while the accounts are read", async () => {
  const emulator = strictEmulator();
  let calls = 0;
  const fetch: typeof globalThis.fetch = (input, init) =>
    ++calls > 5 ? Promise.reject(new TypeError("fetch failed")) : emulator.fetch(String(input), init);
  await expect(verify(verifyOptions(emulator, fetch))).rejects.toThrow(
    "The provider stopped responding while its accounts were read: fetch failed.",
  );
  expect(calls).toBeLessThan(20);
});
