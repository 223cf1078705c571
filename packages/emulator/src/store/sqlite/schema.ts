/** Marks a file as the emulator's: "CGEm" as a number. */
export const applicationId = 0x4347456d;

/** Raised with every change of the tables below. */
export const schemaVersion = 1;

/** What a row of `kept` is, in the order in which a user's rows lie in the file. */
export const part = {
  /** The user as a whole; `json` is `GroupItem`. */
  user: 0,
  /** A conversation group; `number` is its ID. */
  group: 1,
  /** Where a conversation is: `number` is its type, `id` its ID, `place` its position. */
  place: 2,
  /** A conversation; `number` is its position, `json` its item in an answer. */
  conversation: 3,
} as const;

/**
 * The tables. All of a user lies together in `kept`, so that a call reads and writes one or two pages of the file, however many users
 * there are; a table for each kind of row would cost one page each. What no query looks at is in `data`, a JSON array: JSON keeps any
 * text and any number as it is.
 */
export const schema: string = `
CREATE TABLE account (app INTEGER NOT NULL, user TEXT NOT NULL, PRIMARY KEY (app, user)) STRICT, WITHOUT ROWID;
CREATE TABLE chat_group (
  app INTEGER NOT NULL, id TEXT NOT NULL, disbanded INTEGER NOT NULL, members TEXT, PRIMARY KEY (app, id)
) STRICT;
CREATE TABLE chat_group_member (
  app INTEGER NOT NULL, id TEXT NOT NULL, user TEXT NOT NULL, PRIMARY KEY (app, id, user)
) STRICT, WITHOUT ROWID;
CREATE TABLE kept (
  app INTEGER NOT NULL, user TEXT NOT NULL, part INTEGER NOT NULL, number INTEGER NOT NULL, id TEXT NOT NULL,
  place INTEGER, data TEXT, json TEXT, PRIMARY KEY (app, user, part, number, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX kept_user ON kept (app, user) WHERE part = ${part.user};
PRAGMA application_id = ${applicationId};
PRAGMA user_version = ${schemaVersion};
`;

/** The tables, for whoever empties them. */
export const tables = ["account", "chat_group", "chat_group_member", "kept"] as const;
