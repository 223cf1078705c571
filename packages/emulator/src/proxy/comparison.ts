/** Compares the service's responses with the emulator's, and learns what the service keeps from the responses alone. */
import { toInteger } from "@contact-groups/core/json";
import type { RuleId } from "../rules.ts";
import type { Settings } from "../settings.ts";
import { alternativesOf, type Change } from "./alternatives.ts";
import { checkedAccounts } from "./assumptions.ts";
import { omittedBody } from "./clean.ts";
import { causeOf, isCodeOfQuery } from "./codes.ts";
import { type Difference, isMembers, walk } from "./differences.ts";
import { createEvidence, otherValues, startIn } from "./evidence.ts";
import { explain, type Explanation } from "./explain.ts";
import { createFindings, type FoundDifference, type ProxyReport } from "./findings.ts";
import { imageOfPage, pageOf } from "./learned-state.ts";
import { namesOf, type ObservedCall, startingAt, valueOf } from "./observed-call.ts";
import { type CallNames, withNames } from "./pseudonyms.ts";
import { createShadow, emptyImage, type ShadowCall, type UserImage } from "./shadow.ts";
import { type ComparedCall, isMatch, type Judgement, ruleOf, type Trial, tryCall } from "./trials.ts";
import { createUserRegistry, forget, type UserKnowledge } from "./user-knowledge.ts";
import { addPage, continueAfter, keepState, newGroupIdOf } from "./user-states.ts";

/** A call that has ended. */
export interface EndedCall {
  readonly call: ObservedCall;
  /** The service's response; undefined when there was none. */
  readonly response: ObservedResponse | undefined;
  /** Whether a call that can change the same user's state ran at the same time, so that their order is not known. */
  readonly isOverlapped: boolean;
  /** Replaces names in what is reported. */
  readonly names?: CallNames | undefined;
}

/** A response of the service, without credentials. */
export interface ObservedResponse {
  readonly status: number;
  readonly text: string;
  /** Time of the service in milliseconds since the epoch. */
  readonly at: number;
}

/** What a comparison says of one call. */
export type Verdict =
  | { readonly kind: "same"; readonly rule: RuleId }
  | { readonly kind: "different"; readonly rule: RuleId; readonly differences: readonly NamedDifference[] }
  | { readonly kind: "not comparable"; readonly why: string };

/** A difference, and whether it is the first of its kind. */
export interface NamedDifference {
  readonly found: FoundDifference;
  readonly isNew: boolean;
}

/** Compares calls one after the other. */
export interface Comparison {
  compare(ended: EndedCall): Verdict;
  /** Whether the state of a call's user is known. */
  isKnown(call: Pick<ObservedCall, "app" | "user">): boolean;
  report(): ProxyReport;
}

/** A page cannot begin beyond this number of conversations, of which a user keeps a few thousand at most. */
const certainlyBeyond = 1_000_000;

/** Creates a comparison that starts with these settings. */
export function createComparison(initial: Settings): Comparison {
  const shadow = createShadow();
  const users = createUserRegistry();
  const accounts = new Map<string, Map<string, boolean>>();
  const findings = createFindings((setting) => otherValues(setting, initial));
  const evidence = createEvidence(findings, initial, () => settings);
  let settings = initial;
  /** Replaces names in what is reported of the call that is compared. */
  let names: CallNames | undefined;

  const skip = (why: string): Verdict => {
    findings.counts.notComparable[why] = (findings.counts.notComparable[why] ?? 0) + 1;
    return { kind: "not comparable", why };
  };

  const shown = (text: string): string => names?.text(text) ?? text;

  const compare = ({ call, response, isOverlapped, ...parts }: EndedCall): Verdict => {
    names = parts.names;
    findings.counts.total++;
    if (!call.operation && !call.account) return skip("the emulator does not have this path");
    const user = call.user === undefined ? undefined : users.of(call.app, call.user);
    const lose = (why: string): Verdict => {
      if (user && call.writes) forget(user);
      return skip(why);
    };
    if (!response) return lose("there was no response");
    if (call.text === omittedBody || response.text === omittedBody) return lose("the body is too long");
    const body = valueOf(response.text);
    const code = isMembers(body) ? toInteger(body["ErrorCode"]) : NaN;
    if (Number.isNaN(code)) return lose("the response has no ErrorCode");
    for (const value of [call.body, body]) names?.see(value);
    noteTexts(body, code);
    const cause = causeOf(code);
    if (cause === "disturbance") return lose("the service was disturbed");
    if (cause) return skip(`the code depends on the ${cause}`);
    if (isOverlapped) {
      if (user) user.pages = undefined;
      return lose("another call of the user ran at the same time");
    }
    const verdict = compareCall(call, user, { code, body, at: response.at });
    if (user && code === 0) user.isSeen = true;
    return response.status === 200 ? verdict : withStatus(verdict, call, response.status);
  };

  const noteTexts = (body: unknown, code: number): void =>
    walk(body, ({ ErrorInfo, ResultCode, ResultInfo }) => {
      if (typeof ErrorInfo === "string" && code !== 0) findings.addText(code, shown(ErrorInfo));
      const result = toInteger(ResultCode);
      const isFailure = result !== 0 && !Number.isNaN(result);
      if (typeof ResultInfo === "string" && isFailure) findings.addText(result, shown(ResultInfo));
    });

  /** Chooses the state from which a call is compared. */
  const compareCall = (
    call: ObservedCall,
    user: UserKnowledge | undefined,
    { code, body, at }: { readonly code: number; readonly body: unknown; readonly at: number },
  ): Verdict => {
    const certain = accounts.get(call.app) ?? new Map<string, boolean>();
    accounts.set(call.app, certain);
    const shadowCall: ShadowCall = { ...call.shadow, at, newGroupId: newGroupIdOf(body) };
    const isUserSeen = user?.isSeen ?? false;
    const parts = { call, shadowCall, code, body, isUserSeen, certain, judged: new Map<string, Judgement>() };
    if (!user) {
      const verdict = run(undefined, { ...parts, isStateKnown: call.account !== undefined }, emptyImage);
      for (const [userId, isImported] of call.account ? checkedAccounts(body) : []) certain.set(userId, isImported);
      return verdict;
    }
    const start = startIn(call.body);
    if (user.image) {
      if (start === undefined || start === 0 || start >= certainlyBeyond)
        return run(user, { ...parts, isStateKnown: true }, user.image);
      const own = user.cursors.get(start);
      if (own === undefined) return skip("it is not known which page begins at this StartIndex");
      return run(user, { ...parts, shadowCall: startingAt(shadowCall, call, own), isStateKnown: true }, user.image);
    }
    const page = code === 0 && !call.writes ? pageOf(body) : undefined;
    const image = page && (start ?? 0) === 0 ? imageOfPage(page, { userId: call.user ?? "", at, shadow }) : undefined;
    const verdict = run(user, { ...parts, isStateKnown: image !== undefined }, image ?? emptyImage);
    if (page && start !== undefined) addPage(user, page, parts, shadow);
    if (call.writes && code === 0) user.pages = undefined;
    return verdict;
  };

  /** Compares a call from a state, and says what it means for the rules, the settings and the state. */
  const run = (user: UserKnowledge | undefined, compared: ComparedCall, image: UserImage): Verdict => {
    const { call, code, body } = compared;
    const before = settings;
    const main = tryCall(compared, settings, image, shadow);
    if (main.differences.length > 0 && isCodeOfQuery(code) && main.outcome.response.rule !== "request.query")
      return skip("the code depends on the credentials");
    const seen = { page: call.writes ? undefined : pageOf(body)?.conversations.length, names: namesOf(call.body) };
    const singles = alternativesOf(settings, seen).map((change): Explanation => ({
      change,
      trial: tryCall(compared, { ...settings, ...change }, image, shadow),
    }));
    const known = user?.image ? user : undefined;
    if (isMatch(main)) {
      evidence.agree(compared, { main, singles }, known);
      const wrongId = known?.isLastIdKnown ? wrongNewId(compared, image, main) : [];
      if (known) keepState({ user: known, compared, settings, shadow }, main, singles, evidence.exclude);
      if (main.isOpen) return skip("the user's state is not known");
      if (wrongId.length > 0) findings.contradict("create.new-group");
      const differences = [...main.differences, ...wrongId];
      if (differences.length > 0) return differ(compared, { ...main, differences }, []);
      findings.counts.same++;
      return { kind: "same", rule: main.outcome.response.rule };
    }
    const forks = known?.forks ?? [];
    const explanations = explain({ compared, settings, image, forks, shadow, singles });
    const verdict = differ(compared, main, explanations);
    const [first] = explanations;
    evidence.contradict(first?.change, main, first?.trial);
    settings = { ...settings, ...first?.change };
    findings.settings = fromInitial(settings);
    if (known) continueAfter({ user: known, compared, settings, shadow }, explanations, before);
    return verdict;
  };

  /** Notes differences. */
  const differ = ({ call }: ComparedCall, main: Trial, explanations: readonly Explanation[]): Verdict => {
    findings.counts.different++;
    const differences = main.differences.map((difference) =>
      findings.add({
        ...withNames(difference, names),
        call: call.number,
        operation: call.operation ?? call.path,
        rule: ruleOf(difference, main),
        why: shown(main.outcome.response.why),
        explanations: explanations.filter(({ trial }) => !has(trial, difference)).map(({ change }) => change),
      }),
    );
    return { kind: "different", rule: ruleOf(main.differences[0]!, main), differences };
  };

  /** Returns what differs from the settings at the beginning. */
  const fromInitial = (next: Settings): Change =>
    Object.fromEntries(Object.entries(next).filter(([name, value]) => value !== initial[name as keyof Settings]));

  const withStatus = (verdict: Verdict, call: ObservedCall, status: number): Verdict => {
    if (verdict.kind === "not comparable") return verdict;
    const { rule } = verdict;
    if (verdict.kind === "same") {
      findings.counts.same--;
      findings.counts.different++;
    }
    const difference = findings.add({
      pointer: "",
      kind: "value",
      expected: `HTTP ${status}`,
      found: "HTTP 200",
      call: call.number,
      operation: call.operation ?? call.path,
      rule,
      why: "The emulator sends HTTP 200 with every response",
      explanations: [],
    });
    const others = verdict.kind === "different" ? verdict.differences : [];
    return { kind: "different", rule, differences: [...others, difference] };
  };

  return {
    compare(ended) {
      try {
        return compare(ended);
      } catch {
        // What the call has changed is not known.
        const { app, user } = ended.call;
        if (user !== undefined) forget(users.of(app, user));
        return skip("it could not be read");
      }
    },
    isKnown: ({ app, user }) => user === undefined || users.isKnown(app, user),
    report: findings.report,
  };
}

/** Whether a run has the same difference, so that its settings do not explain it. */
function has({ differences }: Trial, { pointer, kind }: Difference): boolean {
  return differences.some((one) => one.pointer === pointer && one.kind === kind);
}

/** Returns a difference for a new group whose ID is not the next one, which only a known last ID shows. */
function wrongNewId({ shadowCall }: ComparedCall, image: UserImage, main: Trial): readonly Difference[] {
  const id = shadowCall.newGroupId;
  const next = (image.row?.lastGroupId ?? 0) + 1;
  if (main.outcome.response.rule !== "create.new-group" || id === undefined || id === next) return [];
  return [{ pointer: "/GroupResultItem/0/GroupItem/GroupId", kind: "order", expected: id, found: next }];
}
