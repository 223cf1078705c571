/** Parts of a seed, each of which is checked and added within a few milliseconds. */
import { DocumentError } from "../document.ts";
import {
  checkSeed,
  seedApp,
  type SeedApp,
  type SeedChatGroup,
  type SeedDefaults,
  type SeedDocument,
  type SeedUser,
} from "../seed.ts";
import type { StoreTransactions } from "../store/store.ts";

/** Some of an entry of `apps`. */
export interface SeedPart {
  readonly app: SeedApp;
  /** Returns the pointer of a place in the whole from one in a document that has only this part. */
  readonly pointer: (ofPart: string) => string;
  /** What a message begins with. */
  readonly before: string;
  /** Milliseconds since the epoch, for conversations without a timestamp; by default those of all parts. */
  readonly now?: number;
}

const lists = ["accounts", "chatGroups", "users"] as const;
type List = (typeof lists)[number];

/** How much a part has, in accounts. It takes about two milliseconds. */
export const partWeight = 500;

/** Returns what it takes to add a user, as a number of accounts. */
export function weightOfUser({ groups, conversations }: SeedUser): number {
  return 10 + 5 * (lengthOf(groups) + lengthOf(conversations));
}

const weightOf: Readonly<Record<List, (item: never) => number>> = {
  accounts: () => 1,
  chatGroups: (group: SeedChatGroup) => 1 + lengthOf(group?.members),
  users: (user: SeedUser) => (user ? weightOfUser(user) : 1),
};

/** The items were not checked yet. */
function lengthOf(list: unknown): number {
  return Array.isArray(list) ? list.length : 0;
}

/** Splits a document whose items were not checked yet. Throws a `DocumentError` for what is not an item. */
export function* splitDocument(document: unknown): Generator<SeedPart, void> {
  const { apps } = checkOuter(document);
  for (const [index, app] of apps.entries()) yield* splitApp(app, `/apps/${index}`);
}

/**
 * Splits an entry of `apps`. The first part has everything but the lists, so its check is that of the entry.
 *
 * @param before What a message about it begins with.
 */
export function* splitApp(app: unknown, place: string, before = ""): Generator<SeedPart, void> {
  const partOf = (part: SeedApp, starts: Starts = {}): SeedPart => ({
    app: part,
    pointer: (ofPart) => toWhole(ofPart, place, starts),
    before,
  });
  if (typeof app !== "object" || app === null || Array.isArray(app)) return yield partOf(app as SeedApp);
  const outer: Record<string, unknown> = { ...app };
  for (const list of lists) if (Array.isArray(outer[list])) outer[list] = [];
  yield partOf(outer as SeedApp);
  const { sdkAppId } = app as SeedApp;
  for (const list of lists) {
    const items: unknown = (app as SeedApp)[list];
    if (!Array.isArray(items)) continue;
    for (let start = 0, end = 0; start < items.length; start = end) {
      for (let weight = 0; end < items.length && (end === start || weight < partWeight); end++)
        weight += weightOf[list](items[end] as never);
      const part = { ...(sdkAppId !== undefined && { sdkAppId }), [list]: items.slice(start, end) };
      yield partOf(part, { [list]: start });
    }
  }
}

/** Where the items of a part are in the lists of the entry. */
type Starts = Partial<Record<List, number>>;

function toWhole(ofPart: string, place: string, starts: Starts): string {
  return ofPart.replace(/^\/apps\/0(?:\/(\w+)\/(\d+))?/, (_, list?: List, index?: string) =>
    list === undefined ? place : `${place}/${list}/${Number(index) + (starts[list] ?? 0)}`,
  );
}

/** Returns whether parts are added within a few slices. */
export function isSmall(parts: Iterable<SeedPart>): boolean {
  let weight = 0;
  for (const { app } of parts) {
    for (const list of lists) {
      // What is no list is reported when it is checked.
      const items: unknown = app?.[list];
      if (Array.isArray(items)) for (const item of items) weight += weightOf[list](item as never);
    }
    if (weight > 4 * partWeight) return false;
  }
  return true;
}

/** Checks a document without the items of its lists. */
function checkOuter(document: unknown): SeedDocument {
  if (typeof document !== "object" || document === null || !Array.isArray((document as SeedDocument).apps))
    checkSeed(document, { sdkAppId: 0 });
  checkSeed({ ...(document as SeedDocument), apps: [] }, { sdkAppId: 0 });
  return document as SeedDocument;
}

/** Throws a `DocumentError` for the first invalid value of a part. */
export function checkPart(part: SeedPart, defaults: SeedDefaults): void {
  locate(part, () => checkSeed({ apps: [part.app] }, defaults));
}

/** Adds a part that was checked, all or nothing. */
export function addPart(part: SeedPart, store: StoreTransactions, defaults: SeedDefaults): void {
  const { app, now = defaults.now } = part;
  locate(part, () => store.transaction((writer) => seedApp(app, "/apps/0", writer, { ...defaults, now })));
}

function locate({ pointer, before }: SeedPart, run: () => void): void {
  try {
    run();
  } catch (error) {
    if (!(error instanceof DocumentError)) throw error;
    const text = error.message.replace(/^\/apps\/0\S*/, (found) => pointer(found) || "The entry");
    throw new DocumentError(pointer(error.pointer), before + text);
  }
}
