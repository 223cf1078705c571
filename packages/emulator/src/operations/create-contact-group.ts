import type { CreateContactGroupRequest, GroupContactItem, GroupItem, ResultItem } from "@contact-groups/client";
import { conversationItem } from "../core/fragments.ts";
import { UserState } from "../core/user-state.ts";
import { byteLength } from "../gate/lengths.ts";
import { count } from "../gate/wording.ts";
import { errors } from "../generated/errors.ts";
import { gateErrors } from "../generated/gate.ts";
import { limits } from "../generated/limits.ts";
import { RefusedError, type Refusal } from "../refusal.ts";
import type { GroupRow } from "../store/store.ts";
import { makeRoom } from "./conversation-cap.ts";
import { checkPeer } from "./check-peer.ts";
import { checkUser } from "./check-user.ts";
import { toKey } from "./conversation-key.ts";
import type { OperationContext, Outcome } from "./operation.ts";
import { explainRefusal } from "./wording.ts";

/** Creates a conversation group, or adds to the one that has the name, and puts the conversations into it. */
export function createContactGroup(body: CreateContactGroupRequest, context: OperationContext): Outcome {
  const {
    From_Account: userId,
    GroupContactItem: [item],
  } = body;
  if (!item) throw new RangeError("The validator let a request without a group pass.");
  checkUser(userId, context);
  checkEdition(context);
  checkName(item, context);
  checkCount(item, context);

  const user = new UserState(context.store, { sdkAppId: context.sdkAppId, userId });
  const existing = user.groupByName(item.GroupName);
  const group = existing ? checkExisting(existing, context) : create(item.GroupName, user, context);
  const results = (item.ContactItem ?? []).map((conversation): ResultItem => {
    const key = toKey(conversation);
    const refusal = checkPeer(key, userId, context) ?? makeRoom(key, group.id, user, context);
    if (!refusal) user.join(key, group.id, Math.floor(context.now / 1000));
    const { code: ResultCode } = refusal ? errors[refusal.error] : { code: 0 };
    return { ContactItem: conversationItem(key), ResultCode, ResultInfo: refusal ? explainRefusal(refusal) : "" };
  });
  user.save();
  return answer(group, existing !== undefined, results);
}

function answer({ name, id }: GroupRow, existed: boolean, results: readonly ResultItem[]): Outcome {
  const groupItem: GroupItem = { GroupName: name, GroupId: id };
  const failed = results.filter(({ ResultCode }) => ResultCode !== 0).length;
  const done = `${count(results.length - failed, "conversation")} in it${failed > 0 ? `, ${failed} refused` : ""}`;
  return {
    members: `"GroupResultItem":[${JSON.stringify({ GroupItem: groupItem, ResultItem: results })}]`,
    rule: existed ? "create.existing-name" : "create.new-group",
    why: `The group ${id} ${existed ? "had the name already" : "was created"}; the call put ${done}`,
  };
}

function checkEdition({ settings }: OperationContext): void {
  if (settings.edition === "included") return;
  const why = "The setting edition says that the app's edition does not include conversation groups";
  throw new RefusedError({ rule: "create.edition", error: "EditionRequired", why });
}

function checkName({ GroupName: name }: GroupContactItem, { settings }: OperationContext): void {
  const place = "/GroupContactItem/0/GroupName";
  if (/\p{Surrogate}/u.test(name)) {
    const why = `${place} must be text that UTF-8 can hold, but has half of a surrogate pair`;
    throw new RefusedError({ rule: "create.name-bytes", error: gateErrors.body, why });
  }
  const bytes = byteLength(name);
  if (bytes <= settings.groupNameBytes) return;
  const why = `${place} must have at most ${count(settings.groupNameBytes, "byte")} in UTF-8, but has ${bytes}`;
  throw new RefusedError({ rule: "create.name-bytes", error: "GroupNameTooLong", why });
}

function checkCount({ ContactItem: conversations }: GroupContactItem, { settings }: OperationContext): void {
  if (settings.emptyCreate === "accept" || (conversations ?? []).length > 0) return;
  const why = "/GroupContactItem/0/ContactItem must have at least 1 item, but has 0";
  throw new RefusedError({ rule: "create.conversation-count", error: "InvalidConversationCount", why });
}

function checkExisting(group: GroupRow, { settings }: OperationContext): GroupRow {
  if (settings.existingName === "add") return group;
  const why = `/GroupContactItem/0/GroupName is the name of the group ${group.id} already`;
  throw new RefusedError({ rule: "create.existing-name", error: gateErrors.body, why });
}

function create(name: string, user: UserState, context: OperationContext): GroupRow {
  const { maximum, error } = limits.groupsPerUser;
  if (user.row.groups >= maximum) {
    const why = `The user has ${count(user.row.groups, "conversation group")}, and may have ${maximum}`;
    throw new RefusedError({ rule: "create.group-count", error, why } satisfies Refusal);
  }
  const last = user.row.lastGroupId;
  const id = context.nextGroupId(last);
  if (!Number.isSafeInteger(id) || id <= last)
    throw new RangeError(`nextGroupId returned ${id}, which is not an integer above ${last}.`);
  user.createGroup(name, id);
  return { id, name, size: 0 };
}
