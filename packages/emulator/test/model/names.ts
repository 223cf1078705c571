/** Few names, so that commands affect the same users and groups. */
import { groupNameBytes } from "../limits.ts";

export const sdkAppIds: readonly [number, number] = [1400000000, 20000001];

/** Users whose groups are created. The last is nobody's account. */
export const users: readonly [string, ...string[]] = ["bob", "zoe", "nobody"];

/** Users on the other side of conversations. */
export const peers: readonly [string, ...string[]] = [
  "bob",
  "cat",
  "peer0",
  "peer1",
  "marked0",
  "new1",
  "new2",
  "new3",
  "nobody",
];

/** Chat groups: open to all, disbanded, of other members, of ann, and one that is not there. */
export const chats: readonly [string, ...string[]] = [
  "@TGS#open",
  "@TGS#gone",
  "@TGS#others",
  "@TGS#anns",
  "bob",
  "@TGS#none",
];

const { documented, disputed } = groupNameBytes;

export const groupNames: readonly [string, ...string[]] = [
  "full",
  "group1",
  "a",
  "b",
  "\u5bb6\u65cf",
  "x".repeat(documented),
  "y".repeat(documented + 1),
  "\u00e9".repeat(documented / 2 + 1),
  "z".repeat(disputed),
  '"\\\u2028\u0000',
];
