import { limits } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import type { SeedDocument } from "../../src/index.ts";
import { rules } from "../../src/rules.ts";
import { defaultSettings, type Settings } from "../../src/settings.ts";
import type { RawRequest } from "../../src/request.ts";
import { at, bits, custom, people, removed, to } from "../call.ts";
import { groupNameBytes } from "../limits.ts";
import { create, get, mark, raw, regroup, rename, search, serviceWith } from "./service.ts";

const maximum = limits.groupedConversations.maximum;

/** A state in which ann has groups and as many conversations as the cap allows. */
function full(groups: readonly string[]): SeedDocument {
  const accounts = Array.from({ length: maximum }, (_, index) => `peer${index}`);
  const conversations = accounts.map((userId) => ({ ...to(userId), groups: ["full"] }));
  const names = ["full", ...groups].map((name) => ({ name }));
  return { apps: [people, { accounts }, { users: [{ userId: "ann", groups: names, conversations }] }] };
}

/** All pages of ann. */
const pages = Array.from({ length: maximum / defaultSettings.pageSize }, (_, page) =>
  get(page * defaultSettings.pageSize),
);
const longName = "n".repeat(groupNameBytes.documented + 1);
const both = { ...to("bob"), ToGroupId: "@TGS#open" };
const text = { ...to("bob"), Type: "1" };

interface Case {
  readonly settings: Partial<Settings>;
  readonly calls: readonly RawRequest[];
  /** The rule that is contradicted, or confirmed where the setting has its default. */
  readonly rule: string;
  readonly seed?: SeedDocument;
}

const cases: readonly Case[] = [
  { settings: { edition: "missing" }, calls: [get(), create("a")], rule: "app.edition" },
  { settings: { edition: "missing" }, calls: [create("a")], rule: "app.edition" },
  { settings: { groupNameBytes: groupNameBytes.disputed }, calls: [get(), create(longName)], rule: "group.name-bytes" },
  { settings: { groupNameBytes: groupNameBytes.disputed }, calls: [create(longName)], rule: "group.name-bytes" },
  { settings: { existingName: "error" }, calls: [get(), create("a"), create("a")], rule: "create.existing-name" },
  {
    settings: { renameToExisting: "accept" },
    calls: [get(), create("a"), create("b"), rename("a", "b")],
    rule: "update.taken-name",
  },
  {
    settings: { removeUngrouped: "item" },
    calls: [get(), create("a"), regroup("a", removed(to("bob")))],
    rule: "update.ungrouped",
  },
  {
    settings: { markConflict: "clear" },
    calls: [get(), mark(bits(to("bob"), [0, 1], [1])), get()],
    rule: "mark.conflict",
  },
  {
    settings: { markConflict: "clear" },
    calls: [get(), mark(bits(to("bob"), [0, 1], [1])), search(to("bob"))],
    rule: "mark.conflict",
  },
  { settings: { chatBits: "reject" }, calls: [get(), mark(bits(to("bob"), [20]))], rule: "mark.chat-bits" },
  { settings: { emptyCreate: "reject" }, calls: [create("a")], rule: "create.empty-list" },
  {
    settings: { unknownPeer: "call" },
    calls: [get(), create("a", to("nobody"))],
    rule: "conversation.peer-imported",
  },
  {
    settings: { unknownPeer: "call" },
    calls: [get(), create("a", at("@TGS#gone"))],
    rule: "conversation.chat-group",
  },
  {
    settings: { conversationCap: "item" },
    calls: [...pages, create("b", to("bob"))],
    rule: "conversation.cap",
    seed: full([]),
  },
  {
    settings: { conversationCap: "evict" },
    calls: [...pages, create("b", to("bob")), ...pages],
    rule: "conversation.cap",
    seed: full([]),
  },
  {
    settings: { conversationCapScope: "group" },
    calls: [...pages, create("b", to("bob")), ...pages],
    rule: "conversation.cap-scope",
    seed: full([]),
  },
  {
    settings: { conversationCapScope: "shared" },
    calls: [...pages, mark(custom(to("bob"), "x"))],
    rule: "conversation.cap-scope",
    seed: full([]),
  },
  { settings: { pageSize: 2 }, calls: [get(), create("a", to("ann"), to("bob"), to("cat")), get()], rule: "get.page" },
  {
    settings: { unknownConversations: "empty" },
    calls: [search(to("bob"))],
    rule: "search.unknown-conversation",
  },
  {
    settings: { searchChatGroup: "omit" },
    calls: [get(), search(at("@TGS#gone"))],
    rule: "search.chat-group",
    seed: {
      apps: [
        people,
        {
          users: [
            {
              userId: "ann",
              groups: [{ name: "a" }],
              conversations: [{ Type: 2, ToGroupId: "@TGS#gone", groups: ["a"] }],
            },
          ],
        },
      ],
    },
  },
  { settings: { bothIds: "reject" }, calls: [get(), create("a", both)], rule: "request.both-ids" },
  {
    settings: { unknownFields: "reject" },
    calls: [get(), create("a", { ...to("bob"), Surprise: 1 })],
    rule: rules.find(({ setting }) => setting === "unknownFields")!.id,
  },
  {
    settings: { nullFields: "reject" },
    calls: [
      get(),
      raw("createContactGroup", { From_Account: "ann", GroupContactItem: [{ GroupName: "a", ContactItem: null }] }),
    ],
    rule: rules.find(({ setting }) => setting === "nullFields")!.id,
  },
  { settings: { stringType: "accept" }, calls: [get(), create("a", text)], rule: "request.string-type" },
];

test.each(cases)("names $settings, and contradicts $rule", ({ settings, calls: script, rule, seed }) => {
  const service = serviceWith(settings, seed && { seed });
  for (const call of script) service.call(call);
  const report = service.report();
  expect(report.settings).toEqual(settings);
  expect(report.rules.find((one) => one.rule === rule)).toMatchObject({ status: "contradicted" });
  expect(report.rules.filter(({ status }) => status === "contradicted").map((one) => one.rule)).toContain(rule);
});

/** A page that is not full says nothing about its size. */
const deciding = cases.filter(({ settings }) => !("pageSize" in settings));

test.each(deciding)("confirms $rule by the same calls", ({ settings, calls: script, rule, seed }) => {
  const service = serviceWith({}, seed && { seed });
  for (const call of script) service.call(call);
  const report = service.report();
  expect(report.differences).toEqual([]);
  const finding = report.rules.find((one) => one.rule === rule);
  const [value] = Object.values(settings);
  const label =
    typeof value === "number" ? expect.any(Object) : expect.objectContaining({ [String(value)]: expect.any(Number) });
  expect(finding?.excluded).toEqual(label);
  expect(["confirmed", "partly confirmed"]).toContain(finding?.status);
});

test("names two settings that differ, of which one was not visible at once", () => {
  const settings = { markConflict: "clear", pageSize: 1 } as const;
  const service = serviceWith(settings);
  for (const call of [get(), mark(bits(to("bob"), [0, 1], [1]), bits(to("cat"), [0])), get()]) service.call(call);
  expect(service.report().settings).toEqual(settings);
});

test("names both settings that a call can be explained with, until another call decides", () => {
  const service = serviceWith({ conversationCapScope: "group" }, { seed: full([]) });
  for (const page of pages) service.call(page);
  service.call(create("b", to("bob")));
  const [difference] = service.report().differences;
  expect(difference?.explanations).toEqual(
    expect.arrayContaining([{ conversationCap: "evict" }, { conversationCapScope: "group" }]),
  );
  for (const page of pages) service.call(page);
  expect(service.report().settings).toEqual({ conversationCapScope: "group" });
});
