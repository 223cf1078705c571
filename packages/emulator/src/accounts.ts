/**
 * Helpers of the emulator: the service's own endpoints for accounts, with which a client in any language sets up its users. The
 * description does not have them.
 */
import { type ArrayField, check, count, explain, type Field, type ObjectField } from "@contact-groups/core/check";
import type { UnreadableBody } from "@contact-groups/core/node-http";
import { hide } from "@contact-groups/core/redact";
import { errorCodes, requestBodies } from "@contact-groups/openapi/model";
import { CallError, nameOfCode } from "./failure.ts";
import { readBody } from "./request-body.ts";
import type { CallSuccess } from "./operation.ts";
import type { Endpoint } from "./request.ts";
import type { StateStore } from "./store/store.ts";

/** The rules of the endpoints for accounts. */
export const accountRules = {
  "account.body": {
    what: "The body has the fields of the page; fields that it does not have are ignored",
    evidence: "page 34953, page 34954, page 34956, project",
    error: "IllegalParameter",
  },
  "account.batch": {
    what: "A call of `multiaccount_import` or `account_check` has 1 to 100 accounts",
    evidence: "page 34954, page 34956, errors-2023, project",
    error: "BatchSizeInvalid",
  },
  "account.import": {
    what: "`account_import` imports an account; importing it again changes nothing",
    evidence: "page 34953",
  },
  "account.multi-import": {
    what: "`multiaccount_import` imports every account whose name is a UserID, and returns the other names in `FailAccounts`",
    evidence: "page 34954, project",
  },
  "account.check": {
    what: "`account_check` returns which accounts were imported, in the order of the request, also when `accounts` is `lenient`",
    evidence: "page 34956, project",
  },
} as const;

/** An endpoint for accounts. It has the request checks of an operation, except for its body. */
interface AccountEndpoint extends Endpoint {
  /** The fields of its body, then those of other texts of its page. A body is of the first kind whose required field it has. */
  readonly bodies: readonly [ObjectField, ...ObjectField[]];
  readonly run: (body: AccountBody, context: AccountContext) => AccountSuccess;
}

type AccountSuccess = CallSuccess<keyof typeof accountRules>;

/** What a valid body can have. */
interface AccountBody {
  readonly UserID?: string;
  readonly Identifier?: string;
  readonly Accounts?: readonly string[];
  readonly AccountList?: readonly { readonly UserID: string }[];
  readonly CheckItem?: readonly { readonly UserID: string }[];
}

/** What an endpoint works with. */
interface AccountContext {
  readonly store: StateStore;
  readonly sdkAppId: number;
  /** Credentials that no text may show. */
  readonly secrets: readonly string[];
}

/** A UserID, as every operation has it; the pages of these endpoints name no code of its own for one that is not a string. */
const userId: Field = { ...Object.values(requestBodies)[0]!.fields.From_Account, errors: {} };
/** A name that need not be a UserID. */
const name: Field = { type: "string" };
/** The emulator keeps no profiles. Serializers that write every field write `null` for the missing ones. */
const profile = { Nick: { type: "string", nullable: true }, FaceUrl: { type: "string", nullable: true } } as const;

function object(required: Readonly<Record<string, Field>>, optional: ObjectField["fields"] = {}): ObjectField {
  return { type: "object", required: Object.keys(required), fields: { ...required, ...optional } };
}

function batch(items: Field): ArrayField {
  const error = errorCodes[accountRules["account.batch"].error];
  return { type: "array", items, minItems: 1, maxItems: 100, errors: { minItems: error, maxItems: error } };
}

const endpoints: ReadonlyMap<string, AccountEndpoint> = new Map(
  [
    endpoint("account_import", 200, importAccount, [
      object({ UserID: userId }, profile),
      object({ Identifier: userId }, profile),
    ]),
    endpoint("multiaccount_import", 100, importAccounts, [
      object({ AccountList: batch(object({ UserID: name }, profile)) }),
      object({ Accounts: batch(name) }),
    ]),
    endpoint("account_check", 100, checkAccounts, [object({ CheckItem: batch(object({ UserID: userId })) })]),
  ].map((one) => [one.path, one]),
);

function endpoint(
  called: string,
  calls: number,
  run: AccountEndpoint["run"],
  bodies: AccountEndpoint["bodies"],
): AccountEndpoint {
  const path = `/v4/im_open_login_svc/${called}`;
  return { name: called, method: "POST", path, rate: { calls, seconds: 1 }, bodies, run };
}

/** Paths of the endpoints for accounts. */
export const accountPaths: readonly string[] = [...endpoints.keys()];

/** Returns the endpoint for accounts that has this path; undefined when there is none. */
export function accountEndpointOf(path: string): Endpoint | undefined {
  return endpoints.get(path);
}

/** Checks a body and runs an endpoint with it. Throws a `CallError` when the call fails. */
export function callAccounts({ path }: Endpoint, body: string | UnreadableBody, context: AccountContext): CallSuccess {
  const { bodies, run } = endpoints.get(path)!;
  const read = readBody(body);
  if ("failure" in read) throw new CallError(read.failure);
  const { value } = read;
  const has = (field: string): boolean => typeof value === "object" && value !== null && Object.hasOwn(value, field);
  const field = bodies.find(({ required }) => required.every(has)) ?? bodies[0];
  const [violation] = check(field, value);
  if (!violation) return run(value as AccountBody, context);
  const rule: keyof typeof accountRules = nameOfCode(violation.code) ? "account.batch" : "account.body";
  throw new CallError({ rule, error: accountRules[rule].error, why: explain(violation) });
}

function importAccount({ UserID, Identifier = "" }: AccountBody, context: AccountContext): AccountSuccess {
  const { sdkAppId, secrets } = context;
  const account = UserID ?? Identifier;
  const isNew = save([account], context) > 0;
  const why = `${JSON.stringify(account)} was ${isNew ? "" : "already "}imported into the app ${sdkAppId}`;
  return { members: {}, rule: "account.import", why: hide(why, secrets) };
}

function importAccounts({ AccountList, Accounts = [] }: AccountBody, context: AccountContext): AccountSuccess {
  const names = AccountList?.map(({ UserID }) => UserID) ?? Accounts;
  const isUserId = (given: string): boolean => check(userId, given).length === 0;
  const added = save(names.filter(isUserId), context);
  const failed = names.filter((given) => !isUserId(given));
  return {
    // A UserSig in place of a name is too long for a UserID.
    members: { FailAccounts: failed.map((given) => hide(given, context.secrets)) },
    rule: "account.multi-import",
    why: `${count(added, "new account")} of ${count(names.length, "name")}, and ${failed.length} not imported`,
  };
}

/** Imports accounts in one transaction. Returns how many of them are new. */
function save(userIds: readonly string[], { store, sdkAppId }: AccountContext): number {
  return store.transaction((writer) => {
    const added = new Set(userIds.filter((one) => !writer.hasAccount(sdkAppId, one)));
    for (const one of added) writer.saveAccount(sdkAppId, one);
    return added.size;
  });
}

function checkAccounts({ CheckItem = [] }: AccountBody, { store, sdkAppId }: AccountContext): AccountSuccess {
  const ResultItem = CheckItem.map(({ UserID }) => ({
    UserID,
    ResultCode: 0,
    ResultInfo: "",
    AccountStatus: store.hasAccount(sdkAppId, UserID) ? "Imported" : "NotImported",
  }));
  const imported = ResultItem.filter(({ AccountStatus }) => AccountStatus === "Imported").length;
  return {
    members: { ResultItem },
    rule: "account.check",
    why: `${imported} of ${count(CheckItem.length, "account")} imported`,
  };
}
