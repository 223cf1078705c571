/** Clean-up: deletes the groups and clears the marks that a scenario wrote, so that its accounts can be used again. */
import type { GroupItem, MarkedConversation, MarkItem } from "@contact-groups/openapi/bodies";
import { type OperationId, type RequestBody, requestBodies } from "@contact-groups/openapi/model";
import { operations } from "../operations.ts";
import { at } from "./matching.ts";
import { getPage, listing } from "./preflight.ts";
import type { Runner } from "./provider.ts";
import { sendCall } from "./run-scenario.ts";

/**
 * Leaves users without groups and marks. It does not throw. What a provider does not delete stays: the next run detects it and uses other accounts.
 *
 * @param users Users who had none before this run.
 */
export async function cleanUp(users: readonly string[], runner: Runner): Promise<void> {
  try {
    for (const user of users) await cleanUpUser(user, runner);
  } catch {
    // The result is known already, and a response can have any form.
  }
}

async function cleanUpUser(From_Account: string, runner: Runner): Promise<void> {
  const { groups, conversations } = await readAll(From_Account, runner);
  for (const { GroupName } of groups) await send("delContactGroup", { From_Account, GroupName: [GroupName] }, runner);
  const marked = conversations.filter(({ StandardMark, CustomMark }) => Boolean(StandardMark || CustomMark));
  const most = requestBodies.markContact.fields.MarkItem.maxItems;
  for (let first = 0; first < marked.length; first += most)
    await send("markContact", { From_Account, MarkItem: marked.slice(first, first + most).map(toCleared) }, runner);
}

/** Reads all pages; a deletion would move the later ones. */
async function readAll(
  user: string,
  runner: Runner,
): Promise<{ readonly groups: readonly GroupItem[]; readonly conversations: readonly MarkedConversation[] }> {
  const { items, names = "", next, complete } = listing.paging;
  const conversations: MarkedConversation[] = [];
  for (let start = 0; ;) {
    const { body } = await getPage(user, start, runner);
    conversations.push(...((at(body, `/${items}`) ?? []) as MarkedConversation[]));
    const to = Number(at(body, `/${next}`));
    if (at(body, `/${complete}`) !== 0 || !(to > start))
      return { groups: (at(body, `/${names}`) ?? []) as GroupItem[], conversations };
    start = to;
  }
}

function toCleared(conversation: MarkedConversation): MarkItem {
  const { StandardMark = "" } = conversation;
  const bits = [...StandardMark].toReversed().flatMap((bit, number) => (bit === "1" ? [number] : []));
  const ContactItem: MarkItem["ContactItem"] =
    conversation.Type === 1
      ? { Type: 1, To_Account: conversation.To_Account }
      : { Type: 2, ToGroupId: conversation.ToGroupId };
  return { OptType: 3, ContactItem, ClearMark: bits, CustomMark: "" };
}

async function send<Id extends OperationId>(operationId: Id, body: RequestBody<Id>, runner: Runner): Promise<void> {
  const operation = operations.find((it) => it.operationId === operationId);
  if (operation) await sendCall(operation, { body }, runner);
}
