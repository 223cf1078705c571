import { accessibilityViolations } from "@contact-groups/testing/axe";
import type { Page } from "playwright-core";
import { expect, test } from "vitest";
import { type Emulator, presets, type SeedDocument } from "../../../src/index.ts";
import { call } from "../../call.ts";
import { InspectorPage, inBrowser } from "./inspector-page.ts";

inBrowser();

/** A name that is markup, reverses what follows, has control characters, three scripts, and no place to break. */
const hostile = "<img src=x onerror=alert(1)>\u202E\u0000\u0007家庭مجموعة👨‍👩‍👧" + "x".repeat(300);

/** A state at all limits, with a user whose names are hostile. */
function fullSeed(): SeedDocument {
  const [app] = presets["full-user"]().seed.apps;
  const user = {
    userId: "hostile",
    groups: [{ name: "<b>\u202E家庭 مجموعة\u0007" }],
    conversations: [
      { Type: 1 as const, To_Account: "peer_0001", groups: ["<b>\u202E家庭 مجموعة\u0007"], customMark: "\u202E<i>" },
    ],
  };
  return {
    apps: [{ ...app, chatGroups: [{ id: `@TGS#${"x".repeat(43)}`, disbanded: true }], users: [...app!.users!, user] }],
  };
}

/** Calls of every outcome. */
async function callAll(emulator: Emulator): Promise<void> {
  await call(emulator, "getContactGroup", { From_Account: "user_0001", StartIndex: 0 });
  await call(emulator, "createContactGroup", { From_Account: "user_0001", GroupContactItem: [{ GroupName: "new" }] });
  await call(emulator, "createContactGroup", { From_Account: hostile, GroupContactItem: [{ GroupName: hostile }] });
  await call(emulator, "createContactGroup", hostile);
  emulator.faults.add({ status: 502, body: hostile, times: 1, user: "user_0001" });
  await call(emulator, "getContactGroup", { From_Account: "user_0001", StartIndex: 0 }).catch(() => undefined);
}

/** Opens a user with a group of conversations, the accounts and the chat groups. */
async function openAll(tab: Page): Promise<void> {
  for (const text of ["hostile", "家庭", "Accounts", "Chat groups"])
    await tab.locator(".tree summary", { hasText: text }).first().click();
}

const views = [
  "calls",
  "calls/2",
  "calls/3",
  "calls/4",
  "calls/5",
  "state",
  "faults",
  "clock",
  "settings/existingName",
  "apps",
];
const sizes = [
  { width: 360, height: 800 },
  { width: 1280, height: 800 },
];

test.each(["light", "dark"] as const)(
  "every view is accessible, fits a phone and a desktop, and loads nothing from elsewhere (%s)",
  async (colorScheme) => {
    const inspector = await InspectorPage.open(
      "",
      { seed: fullSeed() },
      { tab: { colorScheme, reducedMotion: "reduce" } },
    );
    const { tab, emulator, watched } = inspector;
    await callAll(emulator);
    for (const view of views) {
      for (const size of sizes) {
        await tab.setViewportSize(size);
        await inspector.go(view);
        await tab.locator("main h2").first().waitFor({ state: "attached" });
        // They stay open at the next size.
        if (view === "state" && size === sizes[0]) await openAll(tab);
        // A control that the head half covers would count as too small.
        await tab.evaluate("scrollTo(0, 0)");
        const wider = await tab.evaluate("document.documentElement.scrollWidth - innerWidth");
        const violations = await accessibilityViolations(tab);
        expect({ view, size, violations, wider }).toEqual({ view, size, violations: [], wider: 0 });
      }
    }
    expect(watched.errors).toEqual([]);
    expect(watched.elsewhere).toEqual([]);
  },
);

test("a dialog and an empty page are accessible", async () => {
  const inspector = await InspectorPage.open();
  await inspector.tab.getByRole("heading", { name: "No calls yet" }).waitFor();
  expect(await accessibilityViolations(inspector.tab)).toEqual([]);
  await inspector.button("Reset…").click();
  await inspector.tab.getByRole("dialog", { name: "Reset the emulator?" }).waitFor();
  expect(await accessibilityViolations(inspector.tab)).toEqual([]);
});

test("shows texts of others as texts, with escapes for what would be invisible", async () => {
  const inspector = await InspectorPage.open("state/hostile", { seed: fullSeed() });
  const { tab, emulator } = inspector;
  const group = tab.locator("summary", { hasText: "#1, 1 conversation" });
  await group.click();
  expect(await group.locator("bdi").textContent()).toBe(String.raw`<b>\u{202E}家庭 مجموعة\u{7}`);
  expect(await tab.locator(".chip.custom").textContent()).toBe(String.raw`\u{202E}<i>`);
  await callAll(emulator);
  await inspector.go("calls/3");
  const body = await tab.getByRole("region", { name: "Request body" }).textContent();
  expect(body).toContain(String.raw`<img src=x onerror=alert(1)>\u{202E}\u0000`);
  expect(body).toContain("👨‍👩‍👧");
  expect(await tab.locator("img").count()).toBe(0);
  expect(inspector.watched.errors).toEqual([]);
});
