/** Marks a file as the emulator's: "CGEm" as a number. */
export const applicationId = 0x4347456d;

/** Raised with every change of the tables below. */
export const schemaVersion = 2;

/** Kinds of rows of `kept`, in the order in which a user's rows are in the file. */
export const part = {
  /** The user as a whole; `json` is `GroupItem`. */
  user: 0,
  /** A conversation group; `number` is its ID. */
  group: 1,
  /** The place of a conversation: `number` is its type, `id` its ID, `place` its position. */
  place: 2,
  /** A conversation; `number` is its position, `json` its item of a response. */
  conversation: 3,
} as const;

/**
 * The tables. Every row belongs to a space. A space that is not the state of an app has no `app`, and its rows are deleted. All rows of a user are together in `kept`, so that a call reads and writes one or two pages of the file, however many users
 * there are; a table for each kind of row would cost one page each. What no query reads is in `data`, a JSON array, because JSON keeps any
 * text and any number as it is.
 */
export const schema: string = `
CREATE TABLE space (space INTEGER PRIMARY KEY, app INTEGER UNIQUE) STRICT;
CREATE TABLE account (space INTEGER NOT NULL, user TEXT NOT NULL, PRIMARY KEY (space, user)) STRICT, WITHOUT ROWID;
CREATE TABLE chat_group (
  space INTEGER NOT NULL, id TEXT NOT NULL, disbanded INTEGER NOT NULL, members TEXT, PRIMARY KEY (space, id)
) STRICT;
CREATE TABLE chat_group_member (
  space INTEGER NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (space, id, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept (
  space INTEGER NOT NULL, user TEXT NOT NULL, part INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
  place INTEGER, data TEXT, json TEXT, PRIMARY KEY (space, user, part, number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_user ON kept (space, user) WHERE part = ${part.user};
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;

/** The tables whose rows belong to a space, and their keys in it. */
export const tables = [
  { name: "account", key: "user" },
  { name: "chat_group", key: "id" },
  { name: "chat_group_member", key: "id, user" },
  { name: "kept", key: "user, part, number, id" },
] as const;
