import { readFileSync } from "node:fs";
import {
  errorCodes,
  type ErrorName,
  errors,
  type Field,
  limits,
  type OperationId,
  operations,
  query,
  requestBodies,
  requestExamples,
} from "@contact-groups/openapi/model";
import { ApiError, createClient, type Client } from "@contact-groups/client";
import { expect, test } from "vitest";
import { rules, type Emulator, type EmulatorOptions, type Settings } from "../src/index.ts";
import { at, emulate, now, people, to } from "./call.ts";
import { groupNameBytes } from "./limits.ts";
import { fullSeed } from "./full-user.ts";
import { secretKey, sign } from "./user-sig.ts";

interface Way {
  readonly settings?: Partial<Settings>;
  readonly options?: EmulatorOptions;
  readonly userSig?: string;
  readonly identifier?: string;
  readonly sdkAppId?: number;
  /** Changes the URL of the client's request on its way. */
  readonly url?: (url: URL) => void;
  readonly text?: string;
  readonly run?: (client: Client, emulator: Emulator) => Promise<unknown>;
}

const create =
  (name: string, ...conversations: readonly (ReturnType<typeof to> | ReturnType<typeof at>)[]) =>
  (client: Client) =>
    client.createContactGroup({
      From_Account: "ann",
      GroupContactItem: [{ GroupName: name, ContactItem: [...conversations] }],
    });
const get: NonNullable<Way["run"]> = (client) => client.getContactGroup({ From_Account: "ann", StartIndex: 0 });
const keyed: EmulatorOptions = { apps: [{ sdkAppId: 1400000000, secretKey }] };
const groups = Array.from({ length: limits.groupsPerUser.maximum }, (_, index) => ({ name: `group${index}` }));
const { maximum } = limits.groupedConversations;

/** How a client comes to each error that a state, a setting or a request can cause. */
const ways: Readonly<Partial<Record<ErrorName, Way>>> = {
  RequestResourceInvalid: { url: (url) => (url.pathname += "s") },
  SdkAppIdMissing: { url: (url) => url.searchParams.delete("sdkappid") },
  UrlParameterIncorrect: { url: (url) => url.searchParams.set("contenttype", "xml") },
  SdkAppIdNotFound: { sdkAppId: 1400000001 },
  UserSigIllegal: { options: keyed },
  UserSigSdkAppIdMismatch: { options: keyed, userSig: await sign({ sdkAppId: 1400000001 }) },
  UserSigIdentifierMismatch: { options: keyed, userSig: await sign({ identifier: "admin" }) },
  UserSigExpired: { options: keyed, userSig: await sign({ issuedAt: now - 61_000, validitySeconds: 60 }) },
  UserSigVerificationFailed: { options: keyed, userSig: await sign({ secretKey: "another" }) },
  IdentifierNotAdministrator: { identifier: "ann" },
  CallRateExceeded: {
    settings: { rateLimit: { calls: 1, seconds: 1 } },
    run: async (client, emulator) => [await get(client, emulator), await get(client, emulator)],
  },
  HttpParseFailure: { options: { maxBodyBytes: 10 } },
  JsonParseFailure: { text: "{" },
  InvalidRequestParameter: { run: create("") },
  UserIdNotString: { text: '{"From_Account":1,"StartIndex":0}' },
  UserNotImported: { options: { seed: { apps: [] } } },
  GroupNameTooLong: { run: create("x".repeat(groupNameBytes.documented + 1)) },
  InvalidConversationCount: { settings: { emptyCreate: "reject" }, run: create("a") },
  EditionRequired: { settings: { edition: "missing" }, run: create("a") },
  TooManyConversationGroups: {
    options: { seed: { apps: [people, { users: [{ userId: "ann", groups }] }] } },
    run: create("one more"),
  },
  TooManyConversations: {
    settings: { accounts: "lenient" },
    options: { seed: fullSeed(maximum) },
    run: create("a", to("extra")),
  },
  ChatGroupUnavailable: {
    run: (client) => client.searchContactGroup({ From_Account: "ann", ContactItem: [at("@TGS#gone")] }),
  },
  InternalFailure: { options: { nextGroupId: () => 0 }, run: create("a") },
};

test.each(Object.entries(ways))("a client comes to %s", async (name, way) => {
  const {
    settings,
    options,
    userSig = "any-text",
    identifier = "administrator",
    sdkAppId = 1400000000,
    run = get,
  } = way;
  const emulator = emulate(settings, options);
  const client = createClient({
    fetch: async (input, init) => {
      const url = new URL(input);
      way.url?.(url);
      return emulator.fetch(url, { ...init, body: way.text ?? init.body ?? null });
    },
    retry: false,
    rateLimit: false,
    checks: false,
    baseUrl: "http://emulator.test",
    sdkAppId,
    identifier,
    userSig,
  });
  expect(await failureOf(run(client, emulator))).toMatchObject({ code: errorCodes[name as ErrorName] });
});

/** What a call fails with, as a whole or for one of its items; undefined where it succeeds. */
async function failureOf(call: Promise<unknown>): Promise<Pick<ApiError, "code" | "info"> | undefined> {
  const outcome = await call.catch((reason: unknown) => reason);
  if (outcome instanceof ApiError) return outcome;
  const { failures = [] } = outcome as { readonly failures?: { ResultCode: number; ResultInfo: string }[] };
  return failures.map(({ ResultCode: code, ResultInfo: info }) => ({ code, info }))[0];
}

/** The codes that a field names for its keywords, and those inside it. */
function codesOf(field: Field): readonly number[] {
  const inner =
    field.type === "object"
      ? Object.values(field.fields)
      : field.type === "union"
        ? field.alternatives
        : field.type === "array"
          ? [field.items]
          : [];
  return [...Object.values(field.errors ?? {}), ...inner.flatMap(codesOf)];
}

function testOf(rule: string): string {
  return readFileSync(new URL(`rules/${rule.replace(".", "-")}.test.ts`, import.meta.url), "utf8");
}

test("every error that a rule, a parameter or a schema names can be caused", () => {
  // The test of a rule comes to its error as well.
  const comesTo = (id: string, error: string): boolean => !(error in ways) && testOf(id).includes(`"${error}"`);
  const named = [
    ...rules.flatMap(({ id, error }) => (error === undefined || comesTo(id, error) ? [] : error)),
    ...[...query.map(({ field }) => field), ...Object.values(requestBodies)]
      .flatMap(codesOf)
      .map((code) => errors[code as keyof typeof errors].name),
  ];
  expect(Object.keys(ways).toSorted()).toEqual([...new Set(named)].toSorted());
});

/** Calls an operation with the first of its examples. */
function callExample(client: Client, operation: OperationId): Promise<unknown> {
  const methods = client as unknown as Readonly<Record<OperationId, (body: unknown) => Promise<unknown>>>;
  return methods[operation](Object.values(requestExamples[operation])[0]);
}
const listed = Object.values(errors).flatMap(({ name, code, message, operations: ids }) =>
  ids.map((operation) => ({ operation, name, code, message })),
);

test.each(listed)("a client of $operation gets $name by a fault", async ({ operation, name, code, message }) => {
  const emulator = emulate({ accounts: "lenient" });
  const client = createClient({
    fetch: emulator.fetch,
    retry: false,
    baseUrl: "http://emulator.test",
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "any-text",
  });
  const fault = emulator.faults.add({ operation, error: name });
  const failure = await failureOf(callExample(client, operation));
  expect(failure).toMatchObject({ code, info: expect.stringContaining(message) });
  expect(emulator.calls.at(-1)).toMatchObject({ rule: "fault" });
  fault.remove();
  await failureOf(callExample(client, operation));
  expect(emulator.calls.at(-1)?.rule).not.toBe("fault");
});

test("every operation lists codes, and no code that a client got is missing from all lists", () => {
  expect(new Set(listed.map(({ operation }) => operation))).toEqual(new Set(Object.keys(operations)));
  const names = new Set(listed.map(({ name }) => name));
  expect(Object.keys(ways).filter((name) => !names.has(name as ErrorName))).toEqual([]);
});
