import { expect, test } from "vitest";
import { createEmulator } from "../../../src/index.ts";
import { call, create, get, people } from "../../call.ts";
import { trusted } from "../../certificate.ts";
import { paste } from "../../cli/paste.ts";
import { InspectorPage, inBrowser } from "./inspector-page.ts";

inBrowser();

test("the first call that an empty page shows succeeds in a shell, and appears with the rule that decided", async () => {
  const inspector = await InspectorPage.open();
  const command = await inspector.tab.getByRole("region", { name: "A first call" }).textContent();
  await paste([command!]);
  await expect.poll(() => inspector.rows.allTextContents()).toHaveLength(1);
  expect(await inspector.rows.first().textContent()).toMatch(/0getContactGroupann.*get\.page/);
});

test("says that no call can succeed while no account is imported", async () => {
  const { tab } = await InspectorPage.open("", { seed: { apps: [] } });
  await tab.getByText("has no user, so no call can succeed").waitFor();
  await tab.getByRole("link", { name: "Import an account" }).click();
  await tab.getByRole("heading", { name: "State" }).waitFor();
  expect(new URL(tab.url()).hash).toBe("#/state");
});

test("shows each call as it happens, the newest first", async () => {
  const inspector = await InspectorPage.open();
  await create(inspector.emulator, "family");
  await inspector.rows.nth(0).waitFor();
  await get(inspector.emulator);
  await expect
    .poll(() => inspector.rows.locator("strong").allTextContents())
    .toEqual(["getContactGroup", "createContactGroup"]);
});

test("explains a failed call with its rule, cause and fix", async () => {
  const inspector = await InspectorPage.open();
  await call(inspector.emulator, "getContactGroup", { From_Account: "nobody", StartIndex: 0 });
  await inspector.rows.first().click();
  const detail = await inspector.tab.getByRole("article").textContent();
  expect(detail).toContain("50001 UserNotImported");
  expect(detail).toContain("user.imported");
  expect(detail).toContain("The rule: The user in From_Account was imported.");
  expect(detail).toMatch(/Cause.+Fix.+/);
  await inspector.tab.getByRole("link", { name: "accounts" }).click();
  await inspector.tab.locator('li[aria-current="true"] label', { hasText: "accounts" }).waitFor();
});

test("selects calls with the arrow keys, as one stop of the tabulator key", async () => {
  const inspector = await InspectorPage.open();
  const { tab, rows } = inspector;
  for (const name of ["a", "b", "c"]) await create(inspector.emulator, name);
  await rows.nth(2).waitFor();
  await inspector.button("Clear…").focus();
  await tab.keyboard.press("Tab");
  const focused = (): Promise<unknown> => tab.evaluate("document.activeElement.hash");
  expect(await focused()).toBe("#/calls/3");
  await tab.keyboard.press("ArrowDown");
  await tab.locator("#call", { hasText: "#2" }).waitFor();
  await tab.keyboard.press("End");
  await tab.locator("#call", { hasText: "#1" }).waitFor();
  expect(await focused()).toBe("#/calls/1");
  await tab.keyboard.press("ArrowDown");
  expect(await focused()).toBe("#/calls/1");
});

test("finds calls by a text and by their outcome", async () => {
  const inspector = await InspectorPage.open();
  const { tab, rows } = inspector;
  await create(inspector.emulator, "family");
  await call(inspector.emulator, "getContactGroup", { From_Account: "nobody", StartIndex: 0 });
  await rows.nth(1).waitFor();
  await tab.getByRole("searchbox").fill("family");
  await expect.poll(() => rows.locator("strong").allTextContents()).toEqual(["createContactGroup"]);
  await tab.getByRole("searchbox").fill("");
  await tab.getByLabel("Outcome").selectOption("failed");
  await expect.poll(() => rows.locator("strong").allTextContents()).toEqual(["getContactGroup"]);
  await inspector.done("1 of 2 calls");
});

test("sends a call again, and copies it as a command and as code", async () => {
  const inspector = await InspectorPage.open();
  const { tab, emulator } = inspector;
  await tab.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await create(emulator, "family");
  await inspector.rows.first().click();
  await inspector.button("Send again").click();
  expect(await tab.getByRole("region", { name: "Response" }).textContent()).toContain('"ErrorCode": 0');
  const copied = async (name: string): Promise<string> => {
    await inspector.button(`Copy: ${name}`).click();
    await inspector.button(`Copy: ${name}`).filter({ hasText: "Copied" }).waitFor();
    return (await tab.evaluate("navigator.clipboard.readText()")) as string;
  };
  await paste([await copied("curl command")]);
  expect(emulator.calls.map(({ body }) => body)).toEqual(Array(3).fill(emulator.calls[0]!.body));
  expect(await copied("TypeScript code")).toContain("client.createContactGroup({");
  expect(inspector.watched.errors).toEqual([]);
});

test("selects a text where the page cannot copy it", async () => {
  const inspector = await InspectorPage.open();
  await inspector.tab.addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined })");
  await inspector.tab.reload();
  await inspector.button("Copy: A first call").click();
  await inspector.done("Selected: copy it with the keyboard");
  const command = await inspector.tab.getByRole("region", { name: "A first call" }).textContent();
  expect(await inspector.tab.evaluate("String(getSelection())")).toBe(command);
});

test("an app that verifies UserSigs is called with a command that signs", async () => {
  const inspector = await InspectorPage.open("", { apps: [{ sdkAppId: 1400000000, secretKey: "0123456789abcdef" }] });
  await create(inspector.emulator, "family");
  await inspector.rows.first().click();
  const command = await inspector.tab.getByRole("region", { name: "curl command" }).textContent();
  expect(command).toContain("USERSIG=$(npx contact-groups-emulator usersig --app 1400000000");
  expect(await inspector.button("Send again").count()).toBe(0);
  // Nobody can sign for an app that there is not, and the call fails in the same way with any text.
  await call(inspector.emulator, "getContactGroup", {}, { query: { sdkappid: "1400000009" } });
  await inspector.tab.locator('a[href="#/calls/2"]').click();
  await inspector.button("Send again").click();
  await inspector.tab.getByRole("region", { name: "Response" }).filter({ hasText: "[request.app]" }).waitFor();
});

test("keeps 1000 calls, and adds none while it is paused", async () => {
  const inspector = await InspectorPage.open("", { settings: { rateLimit: "off" }, callsKept: 2000 });
  for (let made = 0; made < 1500; made++) await get(inspector.emulator);
  await inspector.tab.locator('a[href="#/calls/1500"]').waitFor();
  expect(await inspector.rows.count()).toBe(1000);
  await inspector.button("Pause").click();
  await get(inspector.emulator);
  await inspector.go("clock");
  await inspector.go("calls");
  expect(await inspector.tab.locator(".connection").textContent()).toBe("Paused");
  expect(await inspector.rows.first().getAttribute("href")).toBe("#/calls/1500");
  await inspector.button("Pause").click();
  await inspector.tab.locator('a[href="#/calls/1501"]').waitFor();
});

test("clears the journal when it is confirmed", async () => {
  const inspector = await InspectorPage.open();
  await create(inspector.emulator, "family");
  await inspector.rows.first().waitFor();
  await inspector.button("Clear…").click();
  await inspector.button("Cancel").click();
  expect(inspector.emulator.calls).toHaveLength(1);
  await inspector.confirm("Clear…", "Clear");
  await inspector.tab.getByRole("heading", { name: "No calls yet" }).waitFor();
  expect(inspector.emulator.calls).toEqual([]);
});

test("says that the emulator ended, and connects to the next one by itself", async () => {
  const inspector = await InspectorPage.open();
  await create(inspector.emulator, "family");
  await create(inspector.emulator, "work");
  await inspector.rows.nth(1).waitFor();
  const { port } = inspector.listener;
  await inspector.emulator.close();
  await inspector.tab.getByRole("alert").filter({ hasText: "cannot be reached" }).waitFor();
  await using next = createEmulator({ seed: { apps: [people] } });
  for (const start of [0, 1, 2]) await get(next, start);
  await next.listen({ port });
  await expect.poll(() => inspector.rows.locator("strong").allTextContents()).toEqual(Array(3).fill("getContactGroup"));
  expect(await inspector.tab.getByRole("alert").count()).toBe(0);
});

test("asks for the token of the control API, and keeps it in its tab", async () => {
  const inspector = await InspectorPage.open("", {}, { listen: { controlToken: "a-token-of-the-test" } });
  const { tab } = inspector;
  await create(inspector.emulator, "family");
  await tab.getByLabel("Token").fill("a-wrong-token");
  await inspector.button("Open").click();
  await tab.getByRole("alert").filter({ hasText: "token" }).waitFor();
  await tab.getByLabel("Token").fill("a-token-of-the-test");
  await inspector.button("Open").click();
  await inspector.rows.first().waitFor();
  await tab.reload();
  await inspector.rows.first().waitFor();
  expect(await tab.evaluate("[localStorage.length, document.cookie]")).toEqual([0, ""]);
});

test("works over HTTPS, and says what curl and Node.js need", async () => {
  const { tls } = await trusted();
  const inspector = await InspectorPage.open("", {}, { listen: { tls }, tab: { ignoreHTTPSErrors: true } });
  await inspector.tab.getByText("curl needs the CA of the emulator").waitFor();
  await inspector.confirm("Reset…", "Reset");
  await inspector.done("Reset the emulator.");
  expect(inspector.watched.errors).toEqual([]);
});
