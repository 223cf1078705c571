import { expect, test } from "vitest";
import { at, bits, people, removed, to } from "../call.ts";
import { create, get, mark, raw, regroup, remove, rename, search, serviceWith } from "./service.ts";

const notKnown = { kind: "not comparable", why: "the user's state is not known" };

test("compares no change before it knows what the user has", () => {
  const service = serviceWith({});
  expect(service.call(create("a", to("bob")))).toEqual(notKnown);
  expect(service.call(remove("a"))).toEqual(notKnown);
  expect(service.call(get())).toEqual({ kind: "same", rule: "get.page" });
  expect(service.call(create("a"))).toEqual({ kind: "same", rule: "create.new-group" });
});

test("knows what the user has after all pages, and not after some", () => {
  const paged = serviceWith({ pageSize: 1 }, { given: { pageSize: 1 } });
  for (const call of [create("a", to("bob"), to("cat")), get()]) paged.call(call);
  expect(paged.call(create("b"))).toEqual(notKnown);
  for (const call of [get(), get(1)]) paged.call(call);
  expect(paged.call(create("c"))).toEqual({ kind: "same", rule: "create.new-group" });
});

test("compares a page that begins where the service said, also when its numbers are others", () => {
  const paged = serviceWith({ pageSize: 1 }, { given: { pageSize: 1 } });
  // The first conversation is removed, so the positions of the service have a gap that nobody sees.
  for (const call of [create("a", to("ann"), to("bob"), to("cat")), regroup("a", removed(to("ann")))]) paged.call(call);
  for (const call of [get(), get(2)]) paged.call(call);
  expect(paged.call(get())).toMatchObject({ kind: "same" });
  expect(paged.call(get(2))).toMatchObject({ kind: "same" });
  expect(paged.call(get(1))).toMatchObject({ kind: "not comparable" });
  expect(paged.call(get(1_000_000_000))).toEqual({ kind: "same", rule: "get.beyond-end" });
});

test("forgets what a user has when the response to a change is lost", () => {
  const service = serviceWith({});
  service.call(get());
  expect(service.lose(create("a"))).toEqual({ kind: "not comparable", why: "there was no response" });
  expect(service.call(create("a"))).toEqual(notKnown);
  service.call(get());
  expect(service.call(create("a"))).toEqual({ kind: "same", rule: "create.existing-name" });
});

test("forgets what a user has when two calls ran at the same time", () => {
  const service = serviceWith({});
  service.call(get());
  expect(service.call(create("a"), true)).toMatchObject({ kind: "not comparable" });
  expect(service.call(create("b"))).toEqual(notKnown);
});

test("does not compare what the service decides by credentials, rate or state of its own", () => {
  for (const code of [70001, 70013, 60007, 60010, 60020, 60025, 50004, 60008]) {
    const change = (): string => JSON.stringify({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: "no" });
    const service = serviceWith({}, { change });
    expect([code, service.call(create("a"))]).toMatchObject([code, { kind: "not comparable" }]);
    expect(service.report()).toMatchObject({ differences: [], texts: { [code]: [{ text: "no", times: 1 }] } });
  }
});

test("keeps the state of a user after a failure that changes nothing, and forgets it after one that may have changed something", () => {
  for (const [code, expected] of [
    [60007, { kind: "same" }],
    [50004, notKnown],
  ] as const) {
    let fails = false;
    const change = (body: string): string => (fails ? JSON.stringify({ ErrorCode: code }) : body);
    const service = serviceWith({}, { change });
    service.call(get());
    fails = true;
    service.call(mark(bits(to("nobody"), [1])));
    fails = false;
    expect([code, service.call(create("b"))]).toMatchObject([code, expected]);
  }
});

test("takes over which accounts and chat groups are missing, and reports no difference", () => {
  const service = serviceWith({});
  service.call(get());
  expect(service.call(create("a", to("nobody"), at("@TGS#gone"), to("bob")))).toMatchObject({ kind: "same" });
  expect(service.call(search(at("@TGS#none")))).toEqual({ kind: "same", rule: "search.chat-group" });
  expect(service.report().differences).toEqual([]);
});

test("with accounts=strict, reports a call that needs an account of which account_check says that it is missing", () => {
  const path = "/v4/im_open_login_svc/account_check";
  for (const [settings, differences] of [
    [{}, 0],
    [{ accounts: "lenient" }, 1],
  ] as const) {
    const service = serviceWith(settings, { given: { accounts: "strict" } });
    expect(service.call(raw(path, { CheckItem: [{ UserID: "nobody" }] }))).toEqual({
      kind: "same",
      rule: "account.check",
    });
    service.call(get());
    service.call(create("a", to("nobody")));
    expect(service.report().differences).toHaveLength(differences);
    expect(service.report().settings).toEqual(settings);
  }
});

test("reports a new group whose ID is not the next one", () => {
  const change = (body: string): string => body.replace('"GroupId":2}', '"GroupId":7}');
  const service = serviceWith({}, { change });
  for (const call of [get(), create("a")]) expect(service.call(call)).toMatchObject({ kind: "same" });
  expect(service.call(create("b"))).toMatchObject({ kind: "different", rule: "create.new-group" });
  expect(service.report().differences).toMatchObject([
    { pointer: "/GroupResultItem/0/GroupItem/GroupId", expected: 7, found: 2, rule: "create.new-group" },
  ]);
  // The state goes on with the ID of the service.
  expect(service.call(rename("b", "c"))).toEqual({ kind: "same", rule: "update.rename" });
});

test("reports an ID that is used again after its group was deleted", () => {
  const change = (body: string): string => body.replace('"GroupId":2', '"GroupId":1');
  const service = serviceWith({}, { change });
  for (const call of [get(), create("a"), remove("a"), create("b")]) service.call(call);
  expect(service.report().rules).toContainEqual(
    expect.objectContaining({ rule: "create.new-group", status: "contradicted" }),
  );
});

test("reports a Timestamp that changes although nothing did", () => {
  const service = serviceWith({}, { seed: seedOf(1000) });
  service.call(get());
  service.call(create("a", to("bob")));
  service.call(get());
  expect(service.report().differences).toEqual([]);
  const other = serviceWith(
    {},
    { seed: seedOf(1000), change: (body) => body.replace('"Timestamp":1000', '"Timestamp":9000') },
  );
  other.call(get());
  const later = serviceWith({}, { seed: seedOf(1000), comparison: other.comparison });
  expect(later.call(get())).toMatchObject({ kind: "different", rule: "state.timestamp" });
});

function seedOf(timestamp: number): { readonly apps: [typeof people, object] } {
  const conversations = [{ ...to("bob"), groups: ["a"], timestamp }];
  return { apps: [people, { users: [{ userId: "ann", groups: [{ name: "a" }], conversations }] }] };
}

test.each([
  ["a member that is missing", '"ResultInfo":"",?', "", "/GroupResultItem/0/ResultItem/0/ResultInfo", "member"],
  ["a member that is new", '"ResultCode":0', '"ResultCode":0,"New":1', "/GroupResultItem/0/ResultItem/0/New", "member"],
  ["a code as text", '"ErrorCode":0', '"ErrorCode":"0"', "/ErrorCode", "form"],
  ["an ActionStatus", '"ActionStatus":"OK"', '"ActionStatus":"Ok"', "/ActionStatus", "value"],
])("reports %s, and still knows what the user has", (_, from, into, pointer, kind) => {
  const change = (body: string): string => body.replace(new RegExp(from), into).replace(",}", "}");
  const service = serviceWith({}, { change });
  service.call(get());
  service.call(create("a", to("bob")));
  expect(service.report().differences).toContainEqual(expect.objectContaining({ pointer, kind, explanations: [] }));
  expect(service.comparison.isKnown({ app: "1400000000", user: "ann" })).toBe(true);
});

test("still confirms rules and names settings where every response has one more member", () => {
  const change = (body: string): string => body.replace(/}$/, ',"RequestTime":1}');
  const service = serviceWith({ existingName: "error" }, { change });
  for (const call of [get(), create("a", to("nobody")), create("a"), get()]) service.call(call);
  const report = service.report();
  expect(report.settings).toEqual({ existingName: "error" });
  expect(report.differences.filter(({ explanations }) => explanations.length > 0)).toMatchObject([
    { pointer: "/ErrorCode", explanations: [{ existingName: "error" }] },
  ]);
  const { rules } = report;
  expect(rules.filter(({ status }) => status === "contradicted")).toMatchObject([{ rule: "create.existing-name" }]);
  expect(rules.filter(({ confirmed }) => confirmed > 0).map(({ rule }) => rule)).toEqual(
    expect.arrayContaining(["create.new-group", "conversation.peer-imported", "get.empty-group"]),
  );
});

test("reports items in another order, once", () => {
  const change = (body: string): string => {
    const value = JSON.parse(body) as { ContactItem?: object[] };
    value.ContactItem?.reverse();
    return JSON.stringify(value);
  };
  const service = serviceWith({}, { change });
  for (const call of [get(), create("a", to("bob"), to("cat")), get(), get()]) service.call(call);
  const { differences } = service.report();
  expect(differences).toMatchObject([{ pointer: "/ContactItem", kind: "order", rule: "get.page", times: 2 }]);
});

test("reports HTTP 400 with a body of the service", () => {
  const service = serviceWith({}, { status: 400 });
  expect(service.call(raw("getContactGroup", "{"))).toMatchObject({
    kind: "different",
    differences: [{ found: { expected: "HTTP 400", found: "HTTP 200" } }],
  });
});

test("keeps the users of two apps apart", () => {
  const service = serviceWith({}, { seed: { apps: [people, { sdkAppId: 20000001, ...people }] } });
  service.call(get());
  service.call(create("a"));
  const { method, target, body } = get();
  const other = { method, target: target.replace("1400000000", "20000001"), body };
  expect(service.call(other)).toMatchObject({ kind: "same" });
  expect(service.report().differences).toEqual([]);
});

test.each([
  "[]",
  "null",
  "5",
  '"text"',
  "<html>",
  "",
  "{}",
  '{"ErrorCode":null}',
  '{"ErrorCode":0}',
  '{"ErrorCode":0,"ContactItem":5}',
  '{"ErrorCode":0,"ContactItem":[null,{"Type":{}}],"GroupItem":[{"GroupId":"x"}],"CompleteFlag":[]}',
  '{"ErrorCode":1e400}',
  '{"ErrorCode":0,"__proto__":{"a":1},"ContactItem":[{"Type":1,"To_Account":"bob","ContactGroupId":[1,1]}]}',
])("survives the body %s", (body) => {
  const service = serviceWith({}, { change: () => body });
  for (const call of [get(), get(), create("a", to("bob")), search(to("bob")), mark(bits(to("bob"), [1])), get(5)])
    expect(service.call(call)).toHaveProperty("kind");
});
