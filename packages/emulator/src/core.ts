/** The emulator without an adapter: it prepares requests, runs their checks in order and their operation, and returns responses. */
import { hide } from "@contact-groups/core/redact";
import { type OperationId, operations, type RequestBody } from "@contact-groups/openapi/model";
import { accountEndpointOf, accountPaths, callAccounts } from "./accounts.ts";
import type { AppRegistry } from "./apps.ts";
import { CallError, type CallFailure } from "./failure.ts";
import { respondWithFault } from "./fault-response.ts";
import type { FaultRegistry } from "./faults.ts";
import { behaviours } from "./generated/operations.ts";
import type { ItemFaults } from "./item-results.ts";
import { type CallJournal, recordBody } from "./journal.ts";
import type { LiveApp } from "./live-app.ts";
import type {
  OperationContext,
  OperationModule,
  OperationSuccess,
  ReadingOperation,
  WritingContext,
} from "./operation.ts";
import {
  type CoreRequest,
  type Endpoint,
  operationEndpoints,
  operationOf,
  operationPaths,
  parseTarget,
  type RawRequest,
  redactedUrl,
  secretsOf,
} from "./request.ts";
import { checkBody } from "./request-body.ts";
import { checkAdministrator, checkApp, checkQuery, checkRoute } from "./request-checks.ts";
import { type CoreResponse, fail, succeed } from "./response.ts";
import type { StateStore } from "./store/store.ts";
import { checkUserSig } from "./user-sig.ts";

/** Prepares requests and responds to them. */
export interface Core {
  /**
   * Prepares a request. Returns a promise only when a UserSig has to be verified that was not seen before; any other request is prepared
   * at once.
   */
  prepare(raw: RawRequest): CoreRequest | Promise<CoreRequest>;
  /** Responds to one request in a transaction of its own and records the call. It does not throw. */
  respond(request: CoreRequest): CoreResponse;
  /**
   * Responds to requests in their order in one transaction, with a savepoint for each. When it returns, the writes of all are durable;
   * when the store fails, no call has changed anything and all responses have that failure. It does not throw.
   */
  respondAll(requests: readonly CoreRequest[]): readonly CoreResponse[];
}

const endpointPaths = [...operationPaths, ...accountPaths];

/** What a core is created with. */
interface CoreParts {
  readonly apps: Pick<AppRegistry, "find" | "first" | "list">;
  readonly store: StateStore;
  readonly nextGroupId: (last: number) => number;
  /** The emulator's time, journal and faults. Calls of an app have those of the app as well. */
  readonly now: () => number;
  readonly journal: CallJournal;
  readonly faults: FaultRegistry;
}

/** Creates a core. */
export function createCore({ apps, store, now, nextGroupId, journal, faults }: CoreParts): Core {
  const parts = { store, nextGroupId };
  /** Returns a request as it is now: its app may have been removed after it was prepared. */
  const presentOf = (request: CoreRequest): CoreRequest => {
    const { app, secrets } = request;
    if (!app || apps.find(app.sdkAppId) === app) return request;
    const hidden = app.secretKey === undefined ? secrets : [...secrets, app.secretKey];
    const failure = request.failure ?? checkApp(undefined, String(app.sdkAppId));
    return { ...request, app: undefined, secrets: hidden, failure, userSig: undefined };
  };
  /** The time of a call, by the clock of its app. */
  const timeOf = ({ app }: CoreRequest): number => app?.clock.now() ?? now();
  const respondTo = (request: CoreRequest, at: number): CoreResponse => {
    // Each counts the calls that it matches, also those at which another one is triggered.
    const [own, common] = [request.app?.faults.trigger(request), faults.trigger(request)];
    const fault = own ?? common;
    if (!fault) return handle(request, parts, at);
    return respondWithFault(request, fault, (itemFaults) => handle(request, { ...parts, itemFaults }, at));
  };
  const respondToAll = (requests: readonly CoreRequest[], times: readonly number[]): readonly CoreResponse[] => {
    try {
      return store.transaction(() => requests.map((request, index) => respondTo(request, times[index]!)));
    } catch (error) {
      return requests.map((request) => fail(request, coreFailure(error)));
    }
  };
  const record = ({ method, url, app, secrets, body }: CoreRequest, response: CoreResponse, at: number): void => {
    const { operation, user, rule, why, code, fault, faultApp } = response;
    const sdkAppId = app?.sdkAppId;
    // A call whose app is not known can have the key of any.
    const keys = (app ? [app] : apps.list()).flatMap(({ secretKey }) => secretKey ?? []);
    const hidden = keys.length === 0 ? secrets : [...secrets, ...keys];
    const call = {
      at,
      method,
      url,
      sdkAppId,
      operation,
      user,
      rule,
      why,
      code,
      fault,
      faultApp,
      ...recordBody(body, hidden),
    };
    app?.journal.record(call);
    journal.record(call);
  };

  return {
    prepare({ method, target, body }) {
      const { path, query } = parseTarget(target);
      const first = (name: string): string => query.get(name)?.[0] ?? "";
      const operation = operationOf(path);
      const account = operation ? undefined : accountEndpointOf(path);
      const given = first("sdkappid");
      const found = apps.find(Number(given));
      // Only the text that the app itself would be written as names it.
      const app = String(found?.sdkAppId) === given ? found : undefined;
      const identifier = first("identifier");
      const secrets = secretsOf(query);
      const route = account ?? (operation && operationEndpoints[operation]);
      const failure =
        checkRoute(route, method, endpointPaths) ??
        checkQuery(query, (app ?? apps.first).settings) ??
        checkApp(app, given);
      const url = redactedUrl(path, query);
      const request = { method, url, operation, account, app, identifier, secrets, failure, userSig: undefined, body };
      const checked = failure || !app ? undefined : app.checkUserSig(first("usersig"), app, identifier);
      return checked instanceof Promise
        ? checked.then((userSig) => ({ ...request, userSig }))
        : { ...request, userSig: checked };
    },
    respond(prepared) {
      const request = presentOf(prepared);
      const at = timeOf(request);
      const response = respondTo(request, at);
      record(request, response, at);
      return response;
    },
    respondAll(prepared) {
      const requests = prepared.map(presentOf);
      const times = requests.map(timeOf);
      const responses = respondToAll(requests, times);
      for (const [index, response] of responses.entries()) record(requests[index]!, response, times[index]!);
      return responses;
    },
  };
}

interface HandleParts {
  readonly store: StateStore;
  readonly nextGroupId: (last: number) => number;
  readonly itemFaults?: ItemFaults | undefined;
}

/** Responds to a request at a time, in milliseconds since the epoch. It is synchronous and does not throw. */
function handle(request: CoreRequest, parts: HandleParts, now: number): CoreResponse {
  const { operation, account, app } = request;
  const failure = request.failure ?? checkUserSig(request, now) ?? checkAdministrator(request);
  if (!failure && account && app) return handleAccounts(request, account, app, parts, now);
  if (failure || !operation || !app)
    return fail(request, failure ?? coreFailure(new Error("The request has no operation or no app")));
  const tooMany = app.rate.check(app.sdkAppId, operationEndpoints[operation], now);
  if (tooMany) return fail(request, tooMany);
  const checked = checkBody(operation, request.body, app.settings);
  if ("failure" in checked) return fail(request, checked.failure);

  const user = userOf(checked.value, request.secrets);
  try {
    return succeed(request, runOperation(operation, checked.value, app, parts, now), user);
  } catch (error) {
    return fail(request, error instanceof CallError ? error.failure : coreFailure(error), user);
  }
}

/** Responds to a request for an endpoint for accounts, as `handle` does. */
function handleAccounts(
  request: CoreRequest,
  account: Endpoint,
  { sdkAppId, rate }: LiveApp,
  { store }: HandleParts,
  now: number,
): CoreResponse {
  const tooMany = rate.check(sdkAppId, account, now);
  if (tooMany) return fail(request, tooMany);
  try {
    return succeed(request, callAccounts(account, request.body, { store, sdkAppId, secrets: request.secrets }));
  } catch (error) {
    return fail(request, error instanceof CallError ? error.failure : coreFailure(error));
  }
}

/** Returns the user of a valid body, whom every operation names. A credential in place of a UserID is not shown. */
function userOf(body: unknown, secrets: readonly string[]): string {
  const { From_Account: user } = body as RequestBody<OperationId>;
  return secrets.some((secret) => user.includes(secret)) ? hide(user, secrets) : user;
}

/** The file of each operation. The compiler proves that each exports its own; which body an operation gets is known only at run time. */
const behaviourOf: { readonly [Operation in OperationId]: OperationModule<Operation> } = behaviours;

/** Runs an operation, one that writes in a transaction. The compiler proves that no other writes. */
function runOperation(
  operation: OperationId,
  body: unknown,
  { sdkAppId, settings }: LiveApp,
  { store, nextGroupId, itemFaults }: HandleParts,
  now: number,
): OperationSuccess<OperationId> {
  if (isReading(operation)) {
    const read: OperationRun<OperationContext> = behaviourOf[operation].run;
    return read(body as never, { settings, store, nextGroupId, sdkAppId, now });
  }
  const write: OperationRun<WritingContext> = behaviourOf[operation].run;
  return store.transaction((writer) =>
    write(body as never, { settings, store: writer, nextGroupId, sdkAppId, now, itemFaults }),
  );
}

type OperationRun<Context> = (body: never, context: Context) => OperationSuccess<OperationId>;

function isReading(operation: OperationId): operation is ReadingOperation {
  const { effect }: { readonly effect: string } = operations[operation];
  return effect === "read";
}

/** Creates the failure of a call for an error of the emulator or its store. */
function coreFailure(error: unknown): CallFailure<"core.failure"> {
  const why = error instanceof Error ? error.message.replace(/\.$/, "") : "It threw a value that is not an error";
  return { rule: "core.failure", error: "InternalFailure", why };
}
