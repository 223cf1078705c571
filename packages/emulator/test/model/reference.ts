/** A second, naive emulator: it does what FIDELITY.md says, without optimizations. The real one must respond in the same way. */
import { errorCodes, type ErrorName, errors, limits, operations } from "@contact-groups/openapi/model";
import type { SeedDocument, Settings } from "../../src/index.ts";
import type { CallCommand, Item } from "./commands.ts";
import { isIgnored } from "./flaws.ts";
import {
  appOf,
  forget,
  keep,
  seedInto,
  userOf,
  type KnownApp,
  type KnownConversation,
  type KnownUser,
  type State,
} from "./reference-state.ts";

/** Ends a call that fails. */
class CallFailed extends Error {
  readonly error: ErrorName;

  constructor(error: ErrorName) {
    super(error);
    this.error = error;
  }
}

type ExpectedResponse = Readonly<Record<string, unknown>>;

/** A conversation of a request, and what happens to it. */
type Known = Item & { readonly type: 1 | 2; readonly id: string };

export class Reference {
  readonly #settings: Settings;
  readonly #firstApp: number;
  #state: State = new Map();
  /** Calls of each app and operation in each span of the clock. */
  #calls = new Map<string, number>();
  #now: number;

  constructor(settings: Settings, firstApp: number, now: number) {
    this.#settings = settings;
    this.#firstApp = firstApp;
    this.#now = now;
  }

  seed(document: SeedDocument): boolean {
    const state = structuredClone(this.#state);
    const accepted = seedInto(state, document, this.#firstApp, this.#seconds);
    if (accepted) this.#state = state;
    return accepted;
  }

  advance(milliseconds: number): void {
    this.#now += milliseconds;
  }

  /** The state as it is now, to come back to. */
  save(): State {
    return structuredClone(this.#state);
  }

  restore(state: State): void {
    this.#state = structuredClone(state);
  }

  reset(state: State, now: number): void {
    this.restore(state);
    this.#now = now;
    this.#calls.clear();
  }

  /** The response to a call; texts of failures are cut after the catalogue's message. */
  respond(call: CallCommand): ExpectedResponse {
    const before = this.save();
    try {
      return { ...this.#respond(call), ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };
    } catch (error) {
      if (!(error instanceof CallFailed)) throw error;
      this.#state = before;
      return { ActionStatus: "FAIL", ErrorCode: errorCodes[error.error], ErrorInfo: this.#messageOf(error.error) };
    }
  }

  /** The message of the catalogue; of a name that is too long, with the limit in force. */
  #messageOf(error: ErrorName): string {
    const { groupNameBytes: limit } = this.#settings;
    const bytes = `${limit} byte${limit === 1 ? "" : "s"}`;
    return error === "GroupNameTooLong" ? messageOf(error).replace(/\d+ bytes/, bytes) : messageOf(error);
  }

  get #seconds(): number {
    return Math.floor(this.#now / 1000);
  }

  #respond({ sdkAppId, operation, flaw, userId, ...call }: CallCommand): ExpectedResponse {
    const isRejected = flaw !== undefined && !isIgnored(flaw, this.#settings);
    if (isRejected && flaw.at === "head") throw new CallFailed(flaw.error);
    this.#count(sdkAppId, operation);
    if (isRejected) throw new CallFailed(flaw.error);
    const given = flaw?.hidesItems ? [] : call.items;
    const items = given?.map((item): Known => ({ ...item, ...this.#read(item) })) ?? [];
    const app = appOf(this.#state, sdkAppId);
    if (this.#settings.accounts === "strict" && !app.accounts.has(userId)) throw new CallFailed("UserNotImported");
    const isNew = !app.users.has(userId);
    const user = userOf(app, userId);
    if (isNew && (operation === "getContactGroup" || operation === "searchContactGroup")) app.users.delete(userId);
    switch (operation) {
      case "createContactGroup":
        return this.#create(app, user, userId, call.name, items);
      case "getContactGroup":
        return this.#get(user, call.start);
      case "searchContactGroup":
        return this.#search(app, user, userId, items);
      case "updateContactGroup":
        return this.#update(app, user, userId, call, items);
      case "delContactGroup":
        return this.#delete(user, call.name);
      case "markContact":
        return this.#mark(app, user, userId, items);
    }
  }

  #count(sdkAppId: number, operation: CallCommand["operation"]): void {
    const { rateLimit: setting } = this.#settings;
    if (setting === "off") return;
    const { calls, seconds } = setting === "on" ? operations[operation].rate : setting;
    const span = `${sdkAppId} ${operation} ${Math.floor(this.#now / (1000 * seconds))}`;
    const count = (this.#calls.get(span) ?? 0) + 1;
    this.#calls.set(span, count);
    if (count > calls) throw new CallFailed("CallRateExceeded");
  }

  #read({ Type, To_Account, ToGroupId }: Item): { type: 1 | 2; id: string } {
    const { stringType, bothIds } = this.#settings;
    if (typeof Type === "string" && stringType === "reject") throw new CallFailed("InvalidRequestParameter");
    if (To_Account !== undefined && ToGroupId !== undefined && bothIds === "reject")
      throw new CallFailed("InvalidRequestParameter");
    return Number(Type) === 1 ? { type: 1, id: To_Account ?? "" } : { type: 2, id: ToGroupId ?? "" };
  }

  #create(app: KnownApp, user: KnownUser, userId: string, name: string, items: readonly Known[]): ExpectedResponse {
    const { edition, groupNameBytes, emptyCreate, existingName } = this.#settings;
    if (edition === "missing") throw new CallFailed("EditionRequired");
    if (Buffer.byteLength(name) > groupNameBytes) throw new CallFailed("GroupNameTooLong");
    if (emptyCreate === "reject" && items.length === 0) throw new CallFailed("InvalidConversationCount");
    let group = user.groups.find((it) => it.name === name);
    if (group && existingName === "error") throw new CallFailed("InvalidRequestParameter");
    if (!group) {
      if (user.groups.length >= limits.groupsPerUser.maximum) throw new CallFailed("TooManyConversationGroups");
      group = { id: ++user.lastGroupId, name };
      user.groups.push(group);
    }
    const { id: groupId } = group;
    const ResultItem = items.map((item) => ({
      ContactItem: toContact(item),
      ...toResult(this.#join(app, user, userId, item, groupId)),
    }));
    return { GroupResultItem: [{ GroupItem: { GroupName: name, GroupId: groupId }, ResultItem }] };
  }

  /** Adds a conversation to a group; returns the error of the conversation. */
  #join(app: KnownApp, user: KnownUser, userId: string, { type, id }: Known, groupId: number): ErrorName | undefined {
    const error = this.#peerError(app, userId, type, id);
    if (error) return error;
    if (!this.#makeRoom(user, type, id, groupId)) {
      const full = errors[limits.groupedConversations.error].name;
      if (this.#settings.conversationCap === "call") throw new CallFailed(full);
      return full;
    }
    const conversation = keep(user, type, id);
    if (conversation.joined.has(groupId)) return undefined;
    conversation.joined.set(groupId, user.joins++);
    conversation.timestamp = this.#seconds;
    return undefined;
  }

  #update(
    app: KnownApp,
    user: KnownUser,
    userId: string,
    { name, newName }: Pick<CallCommand, "name" | "newName">,
    items: readonly Known[],
  ): ExpectedResponse {
    const { edition, groupNameBytes, renameToExisting } = this.#settings;
    if (edition === "missing") throw new CallFailed("EditionRequired");
    if (newName !== undefined && Buffer.byteLength(newName) > groupNameBytes) throw new CallFailed("GroupNameTooLong");
    const group = this.#groupNamed(user, name);
    const result = { OldGroupName: name, GroupId: group.id };
    if (newName === undefined) {
      const ContactResultItem = items.map((item) => {
        const error =
          item.option === 1 ? this.#join(app, user, userId, item, group.id) : this.#leave(user, item, group.id);
        return { ContactOptType: item.option, ContactItem: toContact(item), ...toResult(error) };
      });
      return {
        UpdateType: 1,
        UpdateGroupResult: { ...result, UpdateGroupType: 2, GroupName: name, ContactResultItem },
      };
    }
    const namesake = user.groups.find((it) => it.name === newName);
    if (namesake && namesake !== group && renameToExisting === "error") throw new CallFailed("InvalidRequestParameter");
    group.name = newName;
    return { UpdateType: 1, UpdateGroupResult: { ...result, UpdateGroupType: 1, GroupName: newName } };
  }

  #groupNamed({ groups }: KnownUser, name: string): KnownUser["groups"][number] {
    const group = groups.find((it) => it.name === name);
    if (group) return group;
    const isTooLong = Buffer.byteLength(name) > this.#settings.groupNameBytes;
    throw new CallFailed(isTooLong ? "GroupNameTooLong" : "ConversationGroupNotFound");
  }

  #leave(user: KnownUser, { type, id }: Known, groupId: number): ErrorName | undefined {
    const known = user.conversations.find((it) => it.type === type && it.id === id);
    if (!known?.joined.has(groupId))
      return this.#settings.removeUngrouped === "item" ? "InvalidRequestParameter" : undefined;
    known.joined.delete(groupId);
    known.timestamp = this.#seconds;
    forget(user);
    return undefined;
  }

  #delete(user: KnownUser, name: string): ExpectedResponse {
    if (this.#settings.edition === "missing") throw new CallFailed("EditionRequired");
    const group = this.#groupNamed(user, name);
    user.groups = user.groups.filter((it) => it !== group);
    for (const conversation of user.conversations)
      if (conversation.joined.delete(group.id)) conversation.timestamp = this.#seconds;
    forget(user);
    return { GroupItem: [{ GroupName: name, GroupId: group.id }] };
  }

  #mark(app: KnownApp, user: KnownUser, userId: string, items: readonly Known[]): ExpectedResponse {
    const { edition, customMarkEdition, chatBits } = this.#settings;
    const needsEdition = items.some(({ kind }) => kind !== 2) || customMarkEdition === "included";
    if (needsEdition && edition === "missing") throw new CallFailed("EditionRequired");
    for (const { kind, set = [], clear = [] } of items)
      // Bits 0 to 3 have names.
      if (kind !== 2 && chatBits === "reject" && [...set, ...clear].some((bit) => bit > 3 && bit < 32))
        throw new CallFailed("InvalidRequestParameter");
    const ResultItem = items.map((item) => ({
      OptType: item.kind,
      ContactItem: toContact(item),
      ...toResult(this.#markOne(app, user, userId, item)),
    }));
    return { ResultItem };
  }

  /** Marks a conversation; returns the error of the conversation. */
  #markOne(app: KnownApp, user: KnownUser, userId: string, item: Known): ErrorName | undefined {
    const { type, id, kind, set = [], clear = [], custom } = item;
    const { conversationCap, conversationCapScope, markConflict } = this.#settings;
    const error = this.#peerError(app, userId, type, id);
    if (error) return error;
    const before = user.conversations.find((it) => it.type === type && it.id === id);
    let standardMark = before?.standardMark ?? "";
    if (kind !== 2) {
      const wins = (bit: number): boolean => (markConflict === "set" ? set.includes(bit) : !clear.includes(bit));
      const old = [...standardMark].toReversed().map((character) => character === "1");
      const bits = Array.from({ length: 64 }, (_, bit) => {
        if (set.includes(bit) && clear.includes(bit)) return wins(bit);
        return set.includes(bit) || ((old[bit] ?? false) && !clear.includes(bit));
      });
      if (bits.some((bit, index) => bit !== (old[index] ?? false)))
        standardMark = bits
          .slice(0, bits.lastIndexOf(true) + 1)
          .toReversed()
          .map((bit) => (bit ? "1" : "0"))
          .join("");
    }
    const customMark = kind === 1 ? (before?.customMark ?? "") : custom;

    const counts = (it: KnownConversation): boolean =>
      it.standardMark + it.customMark !== "" || (conversationCapScope === "shared" && it.joined.size > 0);
    const isFull = user.conversations.filter(counts).length >= limits.markedConversations.maximum;
    if (standardMark + customMark !== "" && isFull && !(before && counts(before))) {
      const full = errors[limits.markedConversations.error].name;
      if (conversationCap !== "item") throw new CallFailed(full);
      return full;
    }
    if (standardMark === (before?.standardMark ?? "") && customMark === (before?.customMark ?? "")) return undefined;
    Object.assign(keep(user, type, id), { standardMark, customMark, timestamp: this.#seconds });
    forget(user);
    return undefined;
  }

  /** The error of a conversation whose other side is unknown, unless the whole call fails. */
  #peerError(app: KnownApp, userId: string, type: 1 | 2, id: string): ErrorName | undefined {
    const { accounts, unknownPeer } = this.#settings;
    const isKnown = type === 2 ? this.#canUse(app, userId, id) : accounts === "lenient" || app.accounts.has(id);
    if (isKnown) return undefined;
    const error = type === 2 ? "ChatGroupUnavailable" : "UserNotImported";
    if (unknownPeer === "call") throw new CallFailed(error);
    return error;
  }

  #canUse(app: KnownApp, userId: string, groupId: string): boolean {
    const group = app.chatGroups.get(groupId);
    if (!group) return this.#settings.chatGroups === "lenient";
    return !group.disbanded && (group.members?.includes(userId) ?? true);
  }

  /** Whether a conversation may join a group; evicts for it when the setting says so. */
  #makeRoom(user: KnownUser, type: 1 | 2, id: string, groupId: number): boolean {
    const { conversationCap, conversationCapScope: scope } = this.#settings;
    const isCounted = ({ joined, standardMark, customMark }: KnownConversation): boolean =>
      scope === "group"
        ? joined.has(groupId)
        : joined.size > 0 || (scope === "shared" && standardMark + customMark !== "");
    const counted = (): KnownConversation[] => user.conversations.filter(isCounted);
    const fits = (): boolean => counted().length < limits.groupedConversations.maximum;
    if (fits() || counted().some((it) => it.type === type && it.id === id)) return true;
    if (conversationCap !== "evict") return false;
    const before = structuredClone(user);
    while (!fits()) {
      const age = ({ joined }: KnownConversation): number =>
        scope === "group" ? (joined.get(groupId) ?? Infinity) : Math.min(Infinity, ...joined.values());
      const canGo = (it: KnownConversation): boolean =>
        age(it) < Infinity && (scope !== "shared" || it.standardMark + it.customMark === "");
      const [earliest] = user.conversations.filter(canGo).toSorted((a, b) => age(a) - age(b));
      if (!earliest) {
        Object.assign(user, before);
        return false;
      }
      if (scope === "group") earliest.joined.delete(groupId);
      else earliest.joined.clear();
      earliest.timestamp = this.#seconds;
      forget(user);
    }
    return true;
  }

  #get(user: KnownUser, start: number): ExpectedResponse {
    const rest = user.conversations.filter(({ position }) => position >= start);
    const page = rest.slice(0, this.#settings.pageSize);
    const next = rest[page.length];
    return {
      ContactItem: page.map(toItem),
      GroupItem: toGroups(user),
      CompleteFlag: next ? 0 : 1,
      NextStartIndex: next?.position ?? 0,
    };
  }

  #search(app: KnownApp, user: KnownUser, userId: string, items: readonly Known[]): ExpectedResponse {
    const found = new Map<string, ExpectedResponse>();
    for (const { type, id } of items) {
      const isBarred = type === 2 && !this.#canUse(app, userId, id);
      if (isBarred && this.#settings.searchChatGroup === "call") throw new CallFailed("ChatGroupUnavailable");
      const known = user.conversations.find((it) => it.type === type && it.id === id && !isBarred);
      const empty = { type, id, joined: new Map(), standardMark: "", customMark: "", timestamp: 0, position: 0 };
      if (known || this.#settings.unknownConversations === "empty") found.set(`${type}${id}`, toItem(known ?? empty));
    }
    return { ContactResultItem: [...found.values()], GroupItem: toGroups(user) };
  }
}

function toContact({ type, id }: Known): ExpectedResponse {
  return type === 1 ? { Type: 1, To_Account: id } : { Type: 2, ToGroupId: id };
}

function toResult(error: ErrorName | undefined): ExpectedResponse {
  return error ? { ResultCode: errorCodes[error], ResultInfo: messageOf(error) } : { ResultCode: 0, ResultInfo: "" };
}

function messageOf(name: ErrorName): string {
  return errors[errorCodes[name]].message.replace(/\.$/, "");
}

function toItem({ type, id, joined, standardMark, customMark, timestamp }: KnownConversation): ExpectedResponse {
  return {
    ...(type === 1 ? { Type: 1, To_Account: id } : { Type: 2, ToGroupId: id }),
    StandardMark: standardMark,
    ...(customMark && { CustomMark: customMark }),
    ...(joined.size > 0 && { ContactGroupId: [...joined.keys()].toSorted((a, b) => a - b) }),
    Timestamp: timestamp,
  };
}

function toGroups({ groups }: KnownUser): readonly ExpectedResponse[] {
  return groups.map(({ id, name }) => ({ GroupName: name, GroupId: id }));
}
