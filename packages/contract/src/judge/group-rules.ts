/** Rules about what earlier calls say of a user's conversation groups. */
import { isObject } from "@contact-groups/core/json";
import { errorCodes, limits } from "@contact-groups/openapi/model";
import { checkCode, docsOf, entryOf, sayCode } from "../operations.ts";
import type { Exchange } from "../record/exchange.ts";
import { conversationOf, itemsAt, keyOf, type Place, textsOf } from "./description-values.ts";
import { identity, isConcurrent, operationOf, ownerOf } from "./identity.ts";
import type { JudgeRule, RuleName, Violation } from "./violation.ts";

/** What a call does to the names of groups. */
interface Names {
  /** Groups that must be there. */
  readonly uses: readonly Place[];
  readonly removes: readonly string[];
  readonly creates: readonly string[];
}

/** What is known of a name. */
interface Known {
  readonly call: Exchange;
  /** Why there is no group of this name; undefined when there is one. */
  readonly gone?: string;
  /** Nothing was known of the name before the call. */
  readonly isNew?: boolean;
}

/** What the calls for one owner, in one step of a test, say. */
interface State {
  readonly names: Map<string, Known>;
  /** Names by the GroupId of a conversation group, as text. */
  readonly ids: Map<string, { readonly name: string; readonly call: Exchange }>;
  /** Names that were created. */
  readonly created: Set<string>;
  /** Conversations that were added, by the group; the marked ones under no name. */
  readonly conversations: Map<string, Set<string>>;
  /** The call that found no user of this name. */
  noUser?: Exchange | undefined;
}

/** Reports the use of a group that an earlier call renamed, deleted, did not create or did not find; and the integer id of a group as a name or a GroupID. */
export const unknownGroup: JudgeRule = (exchanges) => found(exchanges, "unknown-group");

/** Reports a write for a user that, as a call before it says, is not imported. */
export const afterUnknownUser: JudgeRule = (exchanges) => found(exchanges, "fail-as-success");

/** Reports a call that exceeds what a user can have of groups, or of conversations in one group or with marks. */
export const limit: JudgeRule = (exchanges) => found(exchanges, "limit");

function found(exchanges: readonly Exchange[], rule: RuleName): readonly Violation[] {
  return findAll(exchanges).filter((one) => one.rule === rule);
}

function findAll(exchanges: readonly Exchange[]): readonly Violation[] {
  const states = new Map<string, State>();
  return exchanges.flatMap((exchange): Violation[] => {
    const { operation, step, violations } = exchange;
    if (operation === undefined || violations.length > 0) return [];
    const key = `${step} ${ownerOf(exchange)}`;
    const state = states.get(key) ?? { names: new Map(), ids: new Map(), created: new Set(), conversations: new Map() };
    states.set(key, state);
    const names = namesOf(exchange);
    const before = [
      ...usesOfNone(exchange, names, state),
      ...idsAsGroupIds(exchange, state),
      ...noUser(exchange, state),
    ];
    learn(exchange, names, state);
    return [...before, ...overLimit(exchange, names, state)];
  });
}

/** Returns the names by what the operation does; of two in one object, the first becomes the second. */
function namesOf(exchange: Exchange): Names {
  const objects = textsOf(exchange, "GroupName");
  const all = objects.flat();
  const texts = all.map(({ text }) => text);
  switch (operationOf(exchange)?.effect) {
    case "create":
      return { uses: [], removes: [], creates: texts };
    case "delete":
      return { uses: all, removes: texts, creates: [] };
    case "change": {
      const renamed = objects.filter(({ length }) => length > 1);
      return {
        uses: objects.flatMap(([first]) => first ?? []),
        removes: renamed.flatMap(([first]) => first?.text ?? []),
        creates: renamed.flatMap(([, second]) => second?.text ?? []),
      };
    }
    default:
      return { uses: [], removes: [], creates: [] };
  }
}

function usesOfNone(exchange: Exchange, { uses }: Names, { names, ids }: State): Violation[] {
  return uses.flatMap(({ pointer, text }): Violation[] => {
    const group = names.get(text);
    const said = JSON.stringify(text);
    if (group && isConcurrent(group.call, exchange)) {
      const isCreated = group.isNew === true && operationOf(group.call)?.effect === "create";
      if ((group.gone === undefined && !isCreated) || identity(group.call) === identity(exchange)) return [];
      const what = isCreated ? "creates" : "deletes or renames";
      const message = `${pointer} is ${said}, but call ${group.call.index}, which ${what} this group, had no response yet`;
      return [
        violation(
          "unknown-group",
          exchange,
          pointer,
          message,
          "Wait for the response of that call, and read its ErrorCode.",
        ),
      ];
    }
    if (group?.gone !== undefined) {
      // That the same request is sent again after a failure is a matter of retries.
      if (group.call.response.errorCode !== 0 && identity(group.call) === identity(exchange)) return [];
      names.delete(text);
      return [
        violation(
          "unknown-group",
          exchange,
          pointer,
          `${pointer} must be the name of a group, but is ${said}, which ${group.gone}`,
          "Read ErrorCode before the next call, and keep names up to date with what was deleted, renamed and created.",
        ),
      ];
    }
    const id = group ? undefined : ids.get(text);
    if (!id) return [];
    const message = `${pointer} must be the name of a group, but is ${said}, the GroupId of ${JSON.stringify(id.name)} in the response to call ${id.call.index}`;
    return [violation("unknown-group", exchange, pointer, message, `Send the GroupName: ${JSON.stringify(id.name)}.`)];
  });
}

function idsAsGroupIds(exchange: Exchange, { ids }: State): Violation[] {
  const place = textsOf(exchange, "GroupId")
    .flat()
    .find(({ text }) => ids.has(text));
  const id = place && ids.get(place.text);
  if (!id) return [];
  const message = `${place.pointer} must be the GroupID of a chat group, but is ${JSON.stringify(place.text)}, the GroupId of the conversation group ${JSON.stringify(id.name)} in the response to call ${id.call.index}`;
  return [
    violation(
      "unknown-group",
      exchange,
      place.pointer,
      message,
      "Send the GroupID of a chat group, such as @TGS#1B2AUI7RZ.",
    ),
  ];
}

function noUser(exchange: Exchange, state: State): Violation[] {
  const before = state.noUser;
  if (!before || operationOf(exchange)?.effect === "read" || isConcurrent(before, exchange)) return [];
  if (identity(before) === identity(exchange)) return [];
  state.noUser = undefined;
  const [pointer = "", text = ""] = ((place) => [place?.pointer, place?.text])(textsOf(exchange, "UserId")[0]?.[0]);
  const message = `${pointer} is ${JSON.stringify(text)} although call ${before.index} for this user failed with HTTP 200 and ErrorCode ${sayCode(errorCodes.UserNotImported)}`;
  const fix = `Read ErrorCode before the next call. ${entryOf(errorCodes.UserNotImported)?.fix ?? ""}`;
  return [violation("fail-as-success", exchange, pointer, message, fix)];
}

/** Takes over what a call and its response say. */
function learn(exchange: Exchange, { uses, removes, creates }: Names, state: State): void {
  const { names, ids, created } = state;
  const { errorCode, body } = exchange.response;
  const effect = operationOf(exchange)?.effect;
  const exists = (name: string): void => void names.set(name, { call: exchange, isNew: !names.has(name) });
  if (errorCode === 0) {
    state.noUser = undefined;
    for (const { text } of uses) exists(text);
    for (const [name, id] of groupsIn(body)) {
      ids.set(id, { name, call: exchange });
      if (effect === "read") exists(name);
    }
    for (const name of removes) {
      const gone = `call ${exchange.index} ${effect === "delete" ? "deleted" : `renamed to ${JSON.stringify(creates[0])}`}`;
      names.set(name, { call: exchange, gone });
      created.delete(name);
    }
    for (const name of creates) {
      exists(name);
      created.add(name);
    }
    return;
  }
  if (errorCode === errorCodes.UserNotImported && textsOf(exchange, "UserId").flat().length === 1)
    state.noUser = exchange;
  const failed = `${sayCode(errorCode ?? 0)}`;
  if (errorCode === errorCodes.ConversationGroupNotFound)
    for (const { text } of uses)
      names.set(text, { call: exchange, gone: `call ${exchange.index} did not find: ${failed}` });
  // A failure of an invalid request can mean that the group is there; one that may be repeated, that the call has run.
  const retry = entryOf(errorCode)?.retry;
  if (effect !== "create" || retry === undefined || retry === "backoff" || errorCode === checkCode("body")) return;
  for (const name of creates.filter((one) => !names.has(one)))
    names.set(name, { call: exchange, gone: `call ${exchange.index} did not create: it failed with ${failed}` });
}

/** Returns the names and ids of the conversation groups in a response. */
function groupsIn(value: unknown): [name: string, id: string][] {
  if (Array.isArray(value)) return value.flatMap(groupsIn);
  if (!isObject(value)) return [];
  const { GroupName: name, GroupId: id } = value;
  const own: [string, string][] = typeof name === "string" && typeof id === "number" ? [[name, String(id)]] : [];
  return [...own, ...Object.values(value).flatMap(groupsIn)];
}

function overLimit(exchange: Exchange, { uses, creates }: Names, state: State): Violation[] {
  const operation = operationOf(exchange);
  if (!operation || exchange.response.errorCode !== 0) return [];
  const { groupsPerUser, groupedConversations, markedConversations } = limits;
  if (operation.effect === "create" && state.created.size === groupsPerUser.maximum + 1) {
    const [place] = textsOf(exchange, "GroupName").flat();
    const message = `${place?.pointer} is group ${state.created.size} of this user, but a user can have at most ${groupsPerUser.maximum}`;
    return [
      violation(
        "limit",
        exchange,
        place?.pointer ?? "",
        message,
        "Delete a group first, and stop creating at the limit.",
      ),
    ];
  }
  if (!operation.itemResults) return [];
  const group = uses[0]?.text ?? creates[0];
  const most = group === undefined ? markedConversations : groupedConversations;
  const all = state.conversations.get(JSON.stringify(group) ?? "") ?? new Set();
  state.conversations.set(JSON.stringify(group) ?? "", all);
  const before = all.size;
  const items = itemsAt(exchange.request.body, operation.itemResults.request);
  for (const { value } of items) {
    const conversation = keyOf(conversationOf(value));
    if (isRemoval(value)) all.delete(conversation);
    else all.add(conversation);
  }
  if (before > most.maximum || all.size <= most.maximum) return [];
  const path = operation.itemResults.request.replaceAll("*", "0");
  const what = group === undefined ? "with marks" : `in the group ${JSON.stringify(group)}`;
  const message = `${path} makes ${all.size} conversations ${what}, but a user can have at most ${most.maximum}`;
  return [
    violation("limit", exchange, path, message, "Count the conversations before the call, and remove some first."),
  ];
}

/** Whether an item removes a conversation from a group, or only clears marks. */
function isRemoval(item: unknown): boolean {
  if (!isObject(item)) return false;
  const { ContactOptType, SetMark, CustomMark } = item;
  if ("ContactOptType" in item) return ContactOptType === 2;
  return "OptType" in item && !(Array.isArray(SetMark) && SetMark.length > 0) && !CustomMark;
}

function violation(
  rule: RuleName,
  { index, operation }: Exchange,
  pointer: string,
  message: string,
  fix: string,
): Violation {
  return { side: "request", rule, call: index, operation, in: "body", pointer, message, fix, docs: docsOf(operation) };
}
