import { signUserSig } from "@contact-groups/client/usersig";
import { createEmulator } from "@contact-groups/emulator";
import { describe, expect, test } from "vitest";
import { type ConsolePage, inEachTest } from "./console-page.ts";

const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

let site: ConsolePage;
inEachTest((page) => (site = page));

describe("the console with a server", () => {
  test("signs with the key, calls, and stores the key nowhere", async () => {
    const emulator = await startEmulator({ secretKey });
    await site.open();
    await site.chooseServer(emulator.url);
    await site.part("key").fill(secretKey);
    await site.part("sign").click();
    await site.page.getByText("UserSig ready for administrator").waitFor();
    expect(JSON.parse(await site.send())).toMatchObject({ ActionStatus: "OK" });
    const traces = await site.page.evaluate(async () => ({
      html: document.documentElement.outerHTML,
      inputs: Array.from(document.querySelectorAll("input, textarea"), (input) => (input as HTMLInputElement).value),
      storage: [
        JSON.stringify(localStorage),
        JSON.stringify(sessionStorage),
        document.cookie,
        JSON.stringify(history.state),
      ],
      databases: await indexedDB.databases(),
      caches: await caches.keys(),
      address: location.href,
      requests: performance.getEntriesByType("resource").map(({ name }) => name),
    }));
    const text = JSON.stringify([traces, site.errors]);
    expect(text).not.toContain(secretKey);
    expect(text).not.toMatch(/usersig=[^'"\\]/);
    expect(traces.databases).toEqual([]);
    await emulator.close();
  });

  test("uses a pasted UserSig, and deletes it when the administrator changes", async () => {
    const emulator = await startEmulator({ secretKey });
    await site.open();
    await site.chooseServer(emulator.url);
    await site.paste("not a UserSig");
    await site.page.getByText("This is not a UserSig").waitFor();
    await site
      .part("userSig")
      .fill(await signUserSig({ sdkAppId: 1400000000, identifier: "administrator", secretKey }));
    await site.part("userSig").press("Enter");
    expect(JSON.parse(await site.send())).toMatchObject({ ActionStatus: "OK" });
    await site.part("identifier").fill("someone");
    await site.page.getByText("the UserSig was deleted").waitFor();
    await site.part("send").click();
    expect(await site.part("summary").textContent()).toContain("A server requires a UserSig");
    await emulator.close();
  });

  test("explains that a server does not respond", async () => {
    const emulator = await startEmulator({});
    await emulator.close();
    await site.open();
    await site.chooseServer(emulator.url);
    await site.paste("any-text");
    await site.send();
    expect(await site.part("summary").textContent()).toBe(`No response from ${emulator.url}.`);
    expect(await site.part("explained").textContent()).toContain("CORS");
  });

  test("explains a response that is not from the service", async () => {
    await site.open();
    await site.page.locator('input[value="server"]').check();
    await site.part("url").fill(site.url);
    await site.paste("any-text");
    await site.send();
    expect(await site.part("explained").textContent()).toContain("not a response of the service");
  });
});

async function startEmulator(app: { secretKey?: string }): Promise<{ url: string; close(): Promise<void> }> {
  const emulator = createEmulator({
    apps: [{ sdkAppId: 1400000000, ...app }],
    seed: { apps: [{ accounts: ["user_0001", "user_0002"], chatGroups: [{ id: "@TGS#1B2AUI7RZ" }] }] },
  });
  const { url } = await emulator.listen();
  return { url, close: () => emulator.close() };
}
