/** Mistakes in the fields of requests. */
import { userSig } from "./consumer.ts";
import { mistakes, type Mistake } from "./mistake.ts";

const From_Account = "user_0001";
const user = { Type: 1, To_Account: "user_0002" };
const group = { Type: 2, ToGroupId: "@TGS#1B2AUI7RZ" };
const many = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

type Fields = Readonly<Record<string, unknown>>;

const sending =
  (command: string, body: unknown): Mistake["program"] =>
  ({ send }) =>
    send(command, body);
const get = (fields: Fields): Mistake["program"] => sending("get", { From_Account, StartIndex: 0, ...fields });
const search = (...ContactItem: readonly unknown[]): Mistake["program"] =>
  sending("search", { From_Account, ContactItem });
const create = (item: Fields): Mistake["program"] =>
  sending("create", { From_Account, GroupContactItem: [{ GroupName: "family", ...item }] });
const update = (fields: Fields, UpdateGroup: unknown = rename): Mistake["program"] =>
  sending("update", { From_Account, UpdateType: 1, UpdateGroup, ...fields });
const mark = (...MarkItem: readonly unknown[]): Mistake["program"] =>
  sending("mark_contact", { From_Account, MarkItem });

const rename = { UpdateGroupType: 1, OldGroupName: "family", NewGroupName: "friends" };
const regroup = {
  UpdateGroupType: 2,
  OldGroupName: "family",
  ContactUpdateItem: [{ ContactOptType: 1, ContactItem: user }],
};
const standard = { OptType: 1, ContactItem: user, SetMark: [0] };
const custom = { OptType: 2, ContactItem: user, CustomMark: "important" };

export const fieldMistakes: readonly Mistake[] = [
  ...mistakes("http", "schema", {
    "sends no From_Account": sending("get", { StartIndex: 0 }),
    "sends From_Account as a number": get({ From_Account: 10001 }),
    "sends From_Account null": get({ From_Account: null }),
    "sends an empty From_Account": get({ From_Account: "" }),
    "sends a list of accounts": get({ From_Account: ["user_0001", "user_0002"] }),
    "sends an account with an accent": get({ From_Account: "ren\u00e9" }),
    "writes from_account": sending("get", { from_account: "user_0001", StartIndex: 0 }),
    "writes FromAccount": sending("get", { FromAccount: "user_0001", StartIndex: 0 }),
    "sends no StartIndex": sending("get", { From_Account }),
    "writes startIndex": sending("get", { From_Account, startIndex: 0 }),
    "sends StartIndex as text": get({ StartIndex: "0" }),
    "sends a negative StartIndex": get({ StartIndex: -1 }),
    "sends StartIndex with a fraction": get({ StartIndex: 0.5 }),
    "sends StartIndex true": get({ StartIndex: true }),
    "sends StartIndex null": get({ StartIndex: null }),
    "sends a Limit": get({ Limit: 100 }),
    "sends Offset instead of StartIndex": sending("get", { From_Account, Offset: 0 }),
    "sends no ContactItem": sending("search", { From_Account }),
    "writes ContactItems": sending("search", { From_Account, ContactItems: [user] }),
    "sends an empty ContactItem": search(),
    "sends one conversation without a list": sending("search", { From_Account, ContactItem: user }),
    "searches for 301 conversations": search(...many(301, user)),
    "sends UserIDs instead of conversations": search("user_0002", "user_0003"),
    "sends null in a list": search(user, null),
    "sends a list in a list": search([user]),
    "sends Type as text": search({ ...user, Type: "1" }),
    "sends Type as text in 300 items": search(...many(300, { ...user, Type: "1" })),
    "sends Type 0": search({ ...user, Type: 0 }),
    "sends Type 3": search({ ...group, Type: 3 }),
    "sends Type C2C": search({ ...user, Type: "C2C" }),
    "sends Type true": search({ ...user, Type: true }),
    "sends no Type": search({ To_Account: "user_0002" }),
    "writes type": search({ type: 1, To_Account: "user_0002" }),
    "sends To_Account as a number": search({ Type: 1, To_Account: 10002 }),
    "sends To_Account as a list": search({ Type: 1, To_Account: ["user_0002"] }),
    "sends an empty To_Account": search({ Type: 1, To_Account: "" }),
    "writes ToAccount": search({ Type: 1, ToAccount: "user_0002" }),
    "writes GroupId instead of ToGroupId": search({ Type: 2, GroupId: "@TGS#1B2AUI7RZ" }),
    "writes ToGroupID": search({ Type: 2, ToGroupID: "@TGS#1B2AUI7RZ" }),
    "sends an empty ToGroupId": search({ Type: 2, ToGroupId: "" }),
    "sends GroupContactItem without a list": sending("create", {
      From_Account,
      GroupContactItem: { GroupName: "family" },
    }),
    "creates two groups in one call": sending("create", {
      From_Account,
      GroupContactItem: [{ GroupName: "family" }, { GroupName: "friends" }],
    }),
    "creates no group": sending("create", { From_Account, GroupContactItem: [] }),
    "sends the group next to GroupContactItem": sending("create", { From_Account, GroupName: "family" }),
    "sends no GroupName": create({ GroupName: undefined }),
    "writes Group_Name": create({ GroupName: undefined, Group_Name: "family" }),
    "sends an empty GroupName": create({ GroupName: "" }),
    "sends GroupName as a number": create({ GroupName: 2026 }),
    "creates a group of 101 conversations": create({ ContactItem: many(101, user) }),
    "sends ContactItem null": create({ ContactItem: null }),
    "sends no UpdateType": update({ UpdateType: undefined }),
    "sends UpdateType as text": update({ UpdateType: "1" }),
    "sends UpdateType 2": update({ UpdateType: 2 }),
    "sends UpdateGroup as a list": update({}, [rename]),
    "sends no UpdateGroupType": update({}, { ...rename, UpdateGroupType: undefined }),
    "adds no conversation to a group": update({}, { ...regroup, ContactUpdateItem: [] }),
    "adds 101 conversations to a group": update(
      {},
      { ...regroup, ContactUpdateItem: many(101, regroup.ContactUpdateItem[0]) },
    ),
    "sends no ContactOptType": update({}, { ...regroup, ContactUpdateItem: [{ ContactItem: user }] }),
    "sends ContactOptType 0": update({}, { ...regroup, ContactUpdateItem: [{ ContactOptType: 0, ContactItem: user }] }),
    "sends ContactItem as a list in an update": update(
      {},
      { ...regroup, ContactUpdateItem: [{ ContactOptType: 1, ContactItem: [user] }] },
    ),
    "deletes a group by its name as text": sending("del", { From_Account, GroupName: "family" }),
    "deletes no group": sending("del", { From_Account, GroupName: [] }),
    "deletes two groups in one call": sending("del", { From_Account, GroupName: ["family", "friends"] }),
    "deletes a group by its ID": sending("del", { From_Account, GroupId: [1] }),
    "deletes a group without a name": sending("del", { From_Account, GroupName: [""] }),
    "marks nothing": mark(),
    "marks 101 conversations": mark(...many(101, standard)),
    "sends no OptType": mark({ ...standard, OptType: undefined }),
    "sends OptType as text": mark({ ...standard, OptType: "1" }),
    "sends OptType 4": mark({ ...standard, OptType: 4 }),
    "sends mark 64": mark({ ...standard, SetMark: [64] }),
    "sends mark -1": mark({ ...standard, SetMark: [-1] }),
    "sends marks as text": mark({ ...standard, SetMark: ["1"] }),
    "sends one mark without a list": mark({ ...standard, SetMark: 1 }),
    "sends marks as a mask of bits": mark({ ...standard, SetMark: [2 ** 40] }),
    "sends a custom mark as a number": mark({ ...custom, CustomMark: 1 }),
    "sends a list of conversations in an item": mark({ ...standard, ContactItem: [user] }),
    "sends the conversation next to ContactItem": mark({ OptType: 1, ...user, SetMark: [0] }),
  }),
  ...mistakes("http", "placeholder", {
    "sends an account that is undefined as text": get({ From_Account: `${undefined}` }),
    "joins an object to a text": get({ From_Account: `${{}}` }),
    "sends Python's None as text": create({ GroupName: "None" }),
    "searches for an account that was not set": search({ Type: 1, To_Account: String(null) }),
  }),
  ...mistakes("http", "id-by-type", {
    "sends To_Account with Type 2": search({ Type: 2, To_Account: "user_0002" }),
    "sends ToGroupId with Type 1": search({ Type: 1, ToGroupId: "@TGS#1B2AUI7RZ" }),
    "sends both IDs": search({ ...user, ToGroupId: "@TGS#1B2AUI7RZ" }),
    "sends both IDs in a new group": create({ ContactItem: [{ ...group, To_Account: "user_0002" }] }),
    "sends no ID": search({ Type: 1 }),
    "sends no ID in one of several items": search(user, { Type: 2 }, group),
    "renames a group and regroups its conversations": update(
      {},
      { ...rename, ContactUpdateItem: regroup.ContactUpdateItem },
    ),
    "renames a group without its old name": update({}, { ...rename, OldGroupName: undefined }),
    "renames a group without a new name": update({}, { ...rename, NewGroupName: undefined }),
    "sends a new name with the conversations": update({}, { ...regroup, NewGroupName: "friends" }),
    "sends a custom mark with OptType 1": mark({ ...standard, CustomMark: "important" }),
    "sends marks with OptType 2": mark({ ...custom, SetMark: [0] }),
    "sends OptType 2 without a custom mark": mark({ OptType: 2, ContactItem: user }),
  }),
  ...mistakes("http", "utf8-bytes", {
    "sends an account of 33 bytes": get({ From_Account: "a".repeat(33) }),
    "searches for an account of 33 bytes": search({ Type: 1, To_Account: "a".repeat(33) }),
    "searches for a chat group of 49 bytes": search({ Type: 2, ToGroupId: `@TGS#${"A".repeat(44)}` }),
    "creates a group with a name of 33 bytes": create({ GroupName: "a".repeat(33) }),
    "counts the characters of a name in Chinese": create({
      GroupName: "\u5bb6\u4eba\u548c\u670b\u53cb\u4eec\u7684\u4f1a\u8bdd\u5206\u7ec4".slice(0, 32),
    }),
    "counts the characters of a name with emoji": create({ GroupName: "\u{1F46A}".repeat(9) }),
    "counts the code units of a name in Japanese": create({ GroupName: "\u304b\u305e\u304f".repeat(4) }),
    "renames a group to 36 bytes": update({}, { ...rename, NewGroupName: "\u670b\u53cb".repeat(6) }),
    "deletes a group with a name of 33 bytes": sending("del", { From_Account, GroupName: ["a".repeat(33)] }),
    "sends a custom mark of 257 bytes": mark({ ...custom, CustomMark: "a".repeat(257) }),
    "counts the characters of a custom mark": mark({ ...custom, CustomMark: "\u91cd\u8981".repeat(43) }),
  }),
  ...mistakes("http", "integer-form", {
    "writes an integer with a decimal point": sending("get", '{"From_Account":"user_0001","StartIndex":0.0}'),
    "writes an integer with an exponent": sending(
      "search",
      '{"From_Account":"a","ContactItem":[{"Type":1e0,"To_Account":"b"}]}',
    ),
  }),
  ...mistakes("http", "secret", {
    "sends the UserSig as a custom mark": mark({ ...custom, CustomMark: userSig }),
  }),
  ...mistakes("fetch", "id-form", {
    "sends an account with a blank at the end": get({ From_Account: "user_0001 " }),
    "sends an account with a blank at the beginning": get({ From_Account: " user_0001" }),
    "sends an account as JSON": get({ From_Account: '"user_0001"' }),
    "sends the conversationID of a client SDK as a UserID": search({ Type: 1, To_Account: "C2Cuser_0002" }),
    "sends the conversationID of a native SDK as a UserID": search({ Type: 1, To_Account: "c2c_user_0002" }),
    "sends the conversationID of a client SDK as a GroupID": search({ Type: 2, ToGroupId: "GROUP@TGS#1B2AUI7RZ" }),
    "sends the conversationID of a custom group as a GroupID": search({ Type: 2, ToGroupId: "GROUPclub" }),
    "sends the conversationID of a native SDK as a GroupID": search({ Type: 2, ToGroupId: "group_@TGS#1B2AUI7RZ" }),
    "sends a GroupID as a UserID": search({ Type: 1, To_Account: "@TGS#1B2AUI7RZ" }),
    "sends a GroupID with a blank at the end": search({ Type: 2, ToGroupId: "@TGS#1B2AUI7RZ " }),
    "sends a GroupID that is encoded for a URL": search({ Type: 2, ToGroupId: "%40TGS%231B2AUI7RZ" }),
    "sends a GroupID that is escaped for HTML": search({ Type: 2, ToGroupId: "@TGS&#35;1B2AUI7RZ" }),
    "sends a GroupID in lower case": search({ Type: 2, ToGroupId: "@tgs#1b2aui7rz" }),
    "sends a GroupID without its @": search({ Type: 2, ToGroupId: "TGS#1B2AUI7RZ" }),
    "sends the beginning of a GroupID": search({ Type: 2, ToGroupId: "@TGS#" }),
    "joins UserIDs": search({ Type: 1, To_Account: "user_0002,user_0003" }),
    "marks a user by the conversationID": mark({ ...standard, ContactItem: { Type: 1, To_Account: "C2Cuser_0002" } }),
    "does not trim the name of a group": create({ GroupName: "family " }),
    "names a group with a blank only": create({ GroupName: " " }),
    "names a group with a tab": create({ GroupName: "my\tfamily" }),
  }),
  ...mistakes("fetch", "placeholder", {
    "does not fill in a template for the account": get({ From_Account: "${userId}" }),
    "does not fill in a template for the name": create({ GroupName: "{{name}}" }),
  }),
  ...mistakes("fetch", "redundant", {
    "searches for a conversation twice": search(user, group, user),
    "creates a group with a conversation twice": create({ ContactItem: [user, user] }),
    "adds and removes a conversation in one call": update(
      {},
      {
        ...regroup,
        ContactUpdateItem: [
          { ContactOptType: 1, ContactItem: user },
          { ContactOptType: 2, ContactItem: user },
        ],
      },
    ),
    "marks a conversation twice in one call": mark(standard, { ...standard, SetMark: [33] }),
    "sets a mark twice": mark({ ...standard, SetMark: [32, 32] }),
    "sets and clears a mark": mark({ ...standard, SetMark: [32], ClearMark: [32] }),
    "marks a conversation with nothing": mark({ OptType: 1, ContactItem: user }),
    "marks a conversation with empty lists": mark({ OptType: 1, ContactItem: user, SetMark: [], ClearMark: [] }),
    "renames a group to its own name": update({}, { ...rename, NewGroupName: rename.OldGroupName }),
  }),
];
