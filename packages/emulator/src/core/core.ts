import { requestChecks } from "@contact-groups/openapi/model";
import type { CallJournal } from "../calls.ts";
import type { EmulatorApp } from "../emulator-options.ts";
import { answerWithFault } from "../faults/answer-with-fault.ts";
import type { FaultBox } from "../faults/create-faults.ts";
import { checkQuery, parseQuery, type Query } from "../gate/query.ts";
import { createRateGate } from "../gate/rate.ts";
import { checkRoute, operationOf } from "../gate/route.ts";
import { createUserSigJudge } from "../gate/user-sig.ts";
import type { Refusal } from "../refusal.ts";
import type { Settings } from "../settings.ts";
import type { Store } from "../store/store.ts";
import type { CoreAnswer, CoreCall, RawCall } from "./core-call.ts";
import { fail } from "./response.ts";
import { failure, handle } from "./handle.ts";
import { redactedUrl, secretsOf } from "./redact.ts";

/** The emulator without any shell: takes requests apart, and answers them. */
export interface Core {
  /**
   * Does what has to be awaited, which is to verify a UserSig that was not seen before. For any other request it returns at once, not
   * a promise.
   */
  prepare(raw: RawCall): CoreCall | Promise<CoreCall>;
  /** Answers one call in a transaction of its own and records it. It does not throw. */
  answer(call: CoreCall): CoreAnswer;
  /**
   * Answers calls in their order in one transaction, a savepoint each. When it returns, the writes of all are durable; when the store
   * fails, none of them has happened and all are answered so. It does not throw.
   */
  answerAll(calls: readonly CoreCall[]): readonly CoreAnswer[];
  /** Forgets the counted calls of the rate limit. */
  reset(): void;
}

/** What a core is made of. */
export interface CoreParts {
  readonly apps: readonly EmulatorApp[];
  readonly settings: Settings;
  readonly store: Store;
  readonly now: () => number;
  readonly nextGroupId: (last: number) => number;
  readonly journal: CallJournal;
  readonly faults: FaultBox;
}

/** Puts the core together. */
export function createCore({ apps, settings, store, now, nextGroupId, journal, faults }: CoreParts): Core {
  const appOf = new Map(apps.map((app) => [String(app.sdkAppId), app]));
  const judge = createUserSigJudge(settings.userSig);
  const rate = createRateGate(settings.rateLimit);
  const parts = { settings, store, rate, nextGroupId };
  const handleOne = (call: CoreCall, at: number): CoreAnswer => {
    const fault = faults.choose(call);
    return fault ? answerWithFault(call, fault, () => handle(call, parts, at)) : handle(call, parts, at);
  };
  const handleAll = (calls: readonly CoreCall[], at: number): readonly CoreAnswer[] => {
    try {
      return store.transaction(() => calls.map((call) => handleOne(call, at)));
    } catch (error) {
      return calls.map((call) => fail(call, failure(error)));
    }
  };

  return {
    prepare({ method, target, body }) {
      const [path, queryText] = split(target);
      const query = parseQuery(queryText);
      const operation = operationOf(path);
      const app = appOf.get(first(query, "sdkappid"));
      const identifier = first(query, "identifier");
      const secrets = secretsOf(query);
      const refusal = checkRoute(operation, method) ?? checkQuery(query) ?? checkApp(app, query);
      const url = redactedUrl(path, query);
      const call = { method, url, operation, app, identifier, secrets, refusal, userSig: undefined, body };
      const finding = refusal || !app ? undefined : judge(first(query, "usersig"), app, identifier);
      return finding instanceof Promise
        ? finding.then((userSig) => ({ ...call, userSig }))
        : { ...call, userSig: finding };
    },
    answer(call) {
      const at = now();
      const answer = handleOne(call, at);
      journal.record(call, answer, at);
      return answer;
    },
    answerAll(calls) {
      const at = now();
      const answers = handleAll(calls, at);
      for (const [index, answer] of answers.entries()) journal.record(calls[index] as CoreCall, answer, at);
      return answers;
    },
    reset: () => rate.reset(),
  };
}

function split(target: string): readonly [path: string, query: string] {
  const mark = target.indexOf("?");
  return mark < 0 ? [target, ""] : [target.slice(0, mark), target.slice(mark + 1)];
}

function first(query: Query, name: string): string {
  return query.get(name)?.[0] ?? "";
}

function checkApp(app: EmulatorApp | undefined, query: Query): Refusal | undefined {
  if (app) return undefined;
  const why = `The emulator has no app ${first(query, "sdkappid")}. Apps are given when it is made`;
  return { rule: "gate.app", error: requestChecks.app.name, why };
}
