import { expect, test } from "vitest";
import { presets } from "../../../src/index.ts";
import { call, create, get, to } from "../../call.ts";
import { InspectorPage, inBrowser } from "./inspector-page.ts";

inBrowser();

test("shows a user with groups, conversations and the names of marks", async () => {
  const inspector = await InspectorPage.open("state");
  const { tab, emulator } = inspector;
  await create(emulator, "family", [to("bob")]);
  emulator.seed({
    apps: [
      {
        users: [
          {
            userId: "eve",
            conversations: [{ Type: 2, ToGroupId: "@TGS#open", standardMark: "1".padEnd(33, "0") + "1" }],
          },
        ],
      },
    ],
  });
  await get(emulator);
  await tab.locator("summary", { hasText: "ann" }).click();
  await tab.locator("summary", { hasText: "family" }).click();
  await tab.getByText("user bob").waitFor();
  await tab.locator("summary", { hasText: "eve" }).click();
  await tab.locator("summary", { hasText: "In no group" }).click();
  await expect.poll(() => tab.locator(".chip").allTextContents()).toEqual(["star", "bit 33"]);
});

test("shows a user at all limits, whose conversations are created when they are opened", async () => {
  const { tab } = await InspectorPage.open("state/user_0001", { seed: presets["full-user"]().seed });
  await expect.poll(() => tab.locator("summary", { hasText: "group_" }).count()).toBe(20);
  expect(await tab.locator("li", { hasText: "peer_" }).count()).toBe(0);
  await tab.locator("summary", { hasText: "group_0001" }).click();
  await expect.poll(() => tab.locator("li:not(:has(li))", { hasText: "peer_" }).count()).toBe(50);
});

test("finds one of 100,000 users, of which it has read two pages", async () => {
  const users = Array.from({ length: 100_000 }, (_, index) => ({
    userId: `user_${String(index).padStart(6, "0")}`,
    groups: [{ name: "family" }],
  }));
  const inspector = await InspectorPage.open("state", { seed: { apps: [{ users }] } });
  const { tab } = inspector;
  const nodes = tab.locator("summary", { hasText: "user_" });
  await expect.poll(() => nodes.count()).toBe(50);
  await inspector.button("Show more").first().click();
  await expect.poll(() => nodes.count()).toBe(100);
  await tab.getByRole("searchbox").fill("user_099999");
  await expect.poll(() => nodes.count()).toBe(1);
  expect(await nodes.textContent()).toMatch(/^user_099999\s+1 group, 0 conversations$/);
});

test("imports an account, and says what is wrong with an invalid UserID", async () => {
  const inspector = await InspectorPage.open("state");
  const { tab, emulator } = inspector;
  await tab.getByLabel("Import an account").fill("x".repeat(33));
  await inspector.button("Import").click();
  await tab.getByRole("alert").filter({ hasText: "/accounts/0 must have at most 32" }).waitFor();
  await tab.getByLabel("Import an account").fill("zoe");
  await inspector.button("Import").click();
  await inspector.done("Imported the account zoe.");
  expect(emulator.snapshot().apps[0]?.accounts).toContain("zoe");
});

test("loads a preset when it is confirmed", async () => {
  const inspector = await InspectorPage.open("state");
  await inspector.tab.getByLabel("Preset").selectOption("all-groups");
  await inspector.confirm("Load…", "Load");
  await inspector.done("Loaded the preset all-groups");
  expect(inspector.emulator.snapshot().apps[0]?.users?.[0]?.groups).toHaveLength(20);
});

test("resets the emulator when it is confirmed", async () => {
  const inspector = await InspectorPage.open();
  await create(inspector.emulator, "family");
  await inspector.button("Reset…").click();
  await inspector.tab.keyboard.press("Escape");
  expect(inspector.emulator.calls).toHaveLength(1);
  await inspector.confirm("Reset…", "Reset");
  await inspector.done("Reset the emulator.");
  expect(inspector.emulator.snapshot().apps[0]?.users).toEqual([]);
});

test("adds faults by a click and by the form, and shows how often each was triggered", async () => {
  const inspector = await InspectorPage.open("faults");
  const { tab, emulator } = inspector;
  await inspector.button("Next call: HTTP 502").click();
  await inspector.done("Added the fault 1.");
  await tab.getByLabel("user", { exact: true }).fill("ann");
  await tab.getByLabel("error", { exact: true }).fill("51008");
  await tab.getByLabel("times", { exact: true }).fill("2");
  await inspector.button("Add the fault").click();
  await inspector.done("Added the fault 2.");
  await inspector.button("Add to conversations").click();
  await tab
    .getByRole("group", { name: "conversations 1" })
    .getByLabel("error", { exact: true })
    .fill("ChatGroupUnavailable");
  await inspector.button("Add the fault").click();
  await inspector.done("Added the fault 3.");
  expect(emulator.faults.list()).toMatchObject([
    { status: 502, times: 1 },
    { user: "ann", error: 51_008, times: 2 },
    { conversations: [{ error: "ChatGroupUnavailable" }] },
  ]);
  await get(emulator).catch(() => undefined);
  await tab.getByText("matched 1, triggered 1").first().waitFor();
});

test("says what is wrong with a fault that cannot be added", async () => {
  const inspector = await InspectorPage.open("faults");
  await inspector.tab.getByLabel("times", { exact: true }).fill("two");
  await inspector.button("Add the fault").click();
  await inspector.tab.getByRole("alert").filter({ hasText: "/times must be" }).waitFor();
  expect(await inspector.tab.getByLabel("times", { exact: true }).inputValue()).toBe("two");
});

test("removes one fault or all when it is confirmed", async () => {
  const inspector = await InspectorPage.open("faults");
  const { emulator } = inspector;
  for (const status of [500, 501, 502]) emulator.faults.add({ status });
  await inspector.go("faults?again");
  await inspector.tab.reload();
  await inspector.confirm("Remove fault 2", "Remove");
  await inspector.done("Removed the fault 2.");
  expect(emulator.faults.list().map(({ id }) => id)).toEqual([1, 3]);
  await inspector.confirm("Remove all…", "Remove all");
  await inspector.tab.getByText("There is no fault.").waitFor();
  expect(emulator.faults.list()).toEqual([]);
});

test("freezes, advances, sets and runs the clock", async () => {
  const inspector = await InspectorPage.open("clock");
  const { tab, emulator } = inspector;
  await inspector.button("Freeze").click();
  await inspector.done("The clock is frozen.");
  const frozenAt = emulator.clock.now();
  await inspector.button("1 day").click();
  await inspector.done("Advanced the clock by 1 day.");
  await tab.getByLabel("Milliseconds").fill("-1000");
  await inspector.button("Advance").click();
  await inspector.done("Advanced the clock by -1000 ms.");
  expect([emulator.clock.isFrozen, emulator.clock.now() - frozenAt]).toEqual([true, 86_400_000 - 1000]);
  await tab.getByLabel("Time in UTC").fill("2030-01-02T03:04:05");
  await inspector.button("Set").click();
  await tab.getByText("2030-01-02 03:04:05 UTC").waitFor();
  expect(emulator.clock.now()).toBe(Date.UTC(2030, 0, 2, 3, 4, 5));
  await inspector.button("Let it run").click();
  await inspector.done("The clock runs.");
  expect(emulator.clock.isFrozen).toBe(false);
});

test("changes a setting and restores its default, and says what it must be", async () => {
  const inspector = await InspectorPage.open("settings");
  const { tab, emulator } = inspector;
  await tab.getByLabel("existingName", { exact: true }).selectOption("error");
  await inspector.done("Changed the setting existingName of all apps.");
  expect(emulator.settings.existingName).toBe("error");
  await inspector.button("Restore the default of existingName").click();
  await expect.poll(() => emulator.settings.existingName).toBe("add");
  await tab.getByLabel("pageSize", { exact: true }).fill("none");
  await inspector.button("Change pageSize").click();
  await tab.getByRole("alert").filter({ hasText: "pageSize must be a positive integer" }).waitFor();
  await tab.getByLabel("rateLimit", { exact: true }).fill('{"calls":1,"seconds":2}');
  await inspector.button("Change rateLimit").click();
  await inspector.done("Changed the setting rateLimit");
  expect(emulator.settings.rateLimit).toEqual({ calls: 1, seconds: 2 });
});

test("adds an app, shows it alone, and removes it", async () => {
  const inspector = await InspectorPage.open("apps");
  const { tab, emulator } = inspector;
  await tab.getByLabel("SDKAppID", { exact: true }).fill("1400000007");
  await tab.getByLabel("Administrators").fill("root, admin");
  await tab.getByLabel("Key").fill("0123456789abcdef");
  await inspector.button("Add the app").click();
  await inspector.done("Added the app 1400000007.");
  await tab.getByText("verifies UserSigs with its key, administrator root, admin").waitFor();
  await create(emulator, "family");
  await call(emulator, "getContactGroup", {}, { query: { sdkappid: "1400000007" } });
  await tab.getByLabel("App", { exact: true }).selectOption("1400000007");
  await tab.getByRole("link", { name: "Calls" }).click();
  await expect.poll(() => inspector.rows.locator("strong").allTextContents()).toEqual(["getContactGroup"]);
  await tab.getByRole("link", { name: "Apps" }).click();
  await inspector.confirm("Remove the app 1400000007", "Remove");
  await inspector.done("Removed the app 1400000007.");
  expect(emulator.apps.map(({ sdkAppId }) => sdkAppId)).toEqual([1400000000]);
  expect(await tab.getByLabel("App", { exact: true }).inputValue()).toBe("");
});

test("offers an app that a program added, from its first call on", async () => {
  const inspector = await InspectorPage.open();
  const offered = (): Promise<string[]> =>
    inspector.tab.getByLabel("App", { exact: true }).getByRole("option").allTextContents();
  await expect.poll(offered).toEqual(["All apps", "1400000000"]);
  const { sdkAppId } = inspector.emulator.app();
  await call(inspector.emulator, "getContactGroup", {}, { query: { sdkappid: String(sdkAppId) } });
  await expect.poll(offered).toEqual(["All apps", "1400000000", String(sdkAppId)]);
});

test("says that an app is gone, in every view", async () => {
  const inspector = await InspectorPage.open("calls?app=1400000009");
  const said = inspector.tab.getByRole("alert").filter({ hasText: "The emulator has no app 1400000009." }).first();
  for (const view of ["calls", "state", "faults", "clock", "settings", "apps"]) {
    await inspector.go(`${view}?app=1400000009`);
    await said.waitFor();
  }
  await inspector.tab.getByLabel("App", { exact: true }).selectOption("");
  await said.waitFor({ state: "hidden" });
  expect(new URL(inspector.tab.url()).hash).toBe("#/apps");
});
