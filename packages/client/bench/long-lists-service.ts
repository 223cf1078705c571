/** A service in the process that has as many conversations as asked for: no socket takes part, and it holds none of them. */
import type { Conversation } from "../dist/index.js";
import { operations } from "@contact-groups/openapi/model";

const pageSize = 100;
const groupIds = Array.from({ length: 20 }, (_, index) => index + 1);
const GroupItem = groupIds.map((GroupId) => ({ GroupName: `group ${GroupId}`, GroupId }));
const marks = { StandardMark: "111001", ContactGroupId: groupIds.slice(0, 2), Timestamp: 1775217000 };
const envelope = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

/** Answers pages of 100 up to `count` conversations, and searches with everything that was asked. Fits as `fetch` of both. */
export function longListsService(count: number): (input: string | Request, init?: RequestInit) => Promise<Response> {
  return async (input, init) => {
    const url = typeof input === "string" ? input : input.url;
    const text = typeof input === "string" ? String(init?.body) : await input.text();
    const { StartIndex, ContactItem } = JSON.parse(text) as { StartIndex: number; ContactItem: Conversation[] };
    if (!url.includes(operations.getContactGroup.path)) {
      const ContactResultItem = ContactItem.map((item) => ({ ...item, ...marks }));
      return new Response(JSON.stringify({ ...envelope, ContactResultItem, GroupItem }));
    }
    const NextStartIndex = Math.min(StartIndex + pageSize, count);
    const items = Array.from({ length: NextStartIndex - StartIndex }, (_, index) => ({
      Type: 1,
      To_Account: `user${StartIndex + index}`,
      ...marks,
    }));
    const CompleteFlag = NextStartIndex === count ? 1 : 0;
    return new Response(JSON.stringify({ ...envelope, ContactItem: items, GroupItem, CompleteFlag, NextStartIndex }));
  };
}
