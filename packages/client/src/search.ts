import type {
  GroupItem,
  MarkedConversation,
  RequestConversation,
  SearchContactGroupOk,
  SearchContactGroupRequest,
} from "@contact-groups/openapi/bodies";
import type { SearchInit } from "./client.ts";
import { conversationKey } from "./conversation-key.ts";
import { ContactGroupsError } from "./errors/contact-groups-error.ts";
import { InvalidArgumentError } from "./errors/invalid-argument-error.ts";
import { SearchError } from "./errors/search-error.ts";
import { requestChecks } from "@contact-groups/openapi/model";
import { readList } from "./read-list.ts";
import type { Send } from "./send.ts";

const operation = "searchContactGroup";
/** Conversations that one call can name. */
const searchChunkSize = requestChecks.searchContactGroup.fields.ContactItem.maxItems;

/**
 * Searches for any number of conversations. Each is sent once, in as many calls as it takes, `concurrency` at a time; the answer is
 * in the order asked. What one call can hold is one call, body and answer as they are.
 *
 * @param check Looks at a list that is going to be split, whatever its length. What it throws is thrown before anything is sent,
 *   and points into the whole list.
 */
export async function searchAll(
  send: Send,
  body: SearchContactGroupRequest,
  init: SearchInit = {},
  check?: (body: SearchContactGroupRequest) => void,
): Promise<SearchContactGroupOk> {
  const { concurrency = 4 } = init;
  if (!(Number.isSafeInteger(concurrency) && concurrency > 0))
    throw new InvalidArgumentError("concurrency", "an integer from 1 on", String(concurrency), { operation });
  const list: unknown = body?.ContactItem;
  if (!Array.isArray(list)) return send(operation, body, init);

  const unique: RequestConversation[] = [];
  const places = new Map<unknown, number>();
  const asked = Array.from(list as readonly RequestConversation[], (item, index) => {
    const key = conversationKey(item) ?? index;
    const place = places.get(key) ?? unique.push(item) - 1;
    places.set(key, place);
    return place;
  });
  if (unique.length === list.length && list.length <= searchChunkSize) return send(operation, body, init);
  check?.(body);

  const part = (index: number) => unique.slice(index * searchChunkSize, (index + 1) * searchChunkSize);
  const parts = Math.ceil(unique.length / searchChunkSize);
  const answers = Array.from<SearchContactGroupOk | undefined>({ length: parts });
  let failure: { readonly error: unknown } | undefined;
  let next = 0;
  const work = async (): Promise<void> => {
    while (next < parts && !failure) {
      const index = next++;
      try {
        const answer = await send(operation, { ...body, ContactItem: part(index) }, init);
        for (const field of ["ContactResultItem", "GroupItem"]) readList(operation, answer, field);
        answers[index] = answer;
      } catch (error) {
        failure ??= { error };
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(concurrency, parts) }, work));

  const found = merge(answers, places, asked);
  if (!failure) return found;
  const { error } = failure;
  if (parts === 1 || !(error instanceof ContactGroupsError)) throw error;
  const missing = answers.flatMap((answer, index) => (answer ? [] : part(index)));
  throw new SearchError(error, found, missing, unique.length);
}

/** Makes one answer of several: conversations in the order asked, what was not asked for at the end, each group once. */
function merge(
  answers: readonly (SearchContactGroupOk | undefined)[],
  places: ReadonlyMap<unknown, number>,
  asked: readonly number[],
): SearchContactGroupOk {
  const found: MarkedConversation[] = [];
  const more: MarkedConversation[] = [];
  const groups = new Map<unknown, GroupItem>();
  for (const answer of answers) {
    for (const item of answer?.ContactResultItem ?? []) {
      const place = places.get(conversationKey(item));
      if (place === undefined) more.push(item);
      else found[place] = item;
    }
    for (const group of answer?.GroupItem ?? []) groups.set(group.GroupId, group);
  }
  return {
    ...(answers.find(Boolean) ?? { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" }),
    ContactResultItem: [...asked.flatMap((place) => found[place] ?? []), ...more],
    ...(groups.size > 0 && { GroupItem: [...groups.values()] }),
  };
}
