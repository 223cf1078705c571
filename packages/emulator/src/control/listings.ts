/** Pages of accounts, users and chat groups, by their IDs. */
import type { components } from "../generated/control-types.ts";
import { snapshotChatGroup } from "../seed.ts";
import type { StoreReader } from "../store/store.ts";

type Schemas = components["schemas"];

/** Which page is read. IDs are printable ASCII, as the description has it. */
interface PageRequest {
  readonly prefix?: string;
  readonly after?: string;
  readonly limit?: number;
}

/** Returns a page of imported accounts. */
export function listAccounts(store: StoreReader, sdkAppId: number, request: PageRequest): Schemas["AccountPage"] {
  const { entries, next } = readPage((...page) => store.accountPage(sdkAppId, ...page), String, request);
  return { accounts: entries, ...next };
}

/** Returns a page of users that have a row. */
export function listUsers(store: StoreReader, sdkAppId: number, request: PageRequest): Schemas["UserPage"] {
  const { entries, next } = readPage((...page) => store.userPage(sdkAppId, ...page), String, request);
  const users = entries.map((userId) => {
    const { groups = 0, kept = 0 } = store.user({ sdkAppId, userId }) ?? {};
    return { userId, imported: store.hasAccount(sdkAppId, userId), groups, conversations: kept };
  });
  return { users, ...next };
}

/** Returns a page of chat groups. */
export function listChatGroups(store: StoreReader, sdkAppId: number, request: PageRequest): Schemas["ChatGroupPage"] {
  const { entries, next } = readPage(
    (...page) => store.chatGroupPage(sdkAppId, ...page),
    ({ id }) => id,
    request,
  );
  return { chatGroups: entries.map(snapshotChatGroup), ...next };
}

function readPage<Entry>(
  read: (after: string | undefined, limit: number) => readonly Entry[],
  idOf: (entry: Entry) => string,
  { prefix = "", after, limit = 50 }: PageRequest,
): { readonly entries: readonly Entry[]; readonly next: { readonly next?: string } } {
  const first = prefix === "" ? undefined : before(prefix);
  const start = after !== undefined && (first === undefined || after > first) ? after : first;
  // One more shows whether there is a further page.
  const found = read(start, limit + 1).filter((entry) => idOf(entry).startsWith(prefix));
  const entries = found.slice(0, limit);
  const last = entries.at(-1);
  return { entries, next: found.length > limit && last !== undefined ? { next: idOf(last) } : {} };
}

/** Returns a text that comes before a prefix and after every ID that comes before it: no ID has a character beyond `~`. */
function before(prefix: string): string {
  const last = prefix.length - 1;
  return `${prefix.slice(0, last)}${String.fromCharCode(prefix.charCodeAt(last) - 1)}\u007F`;
}
