import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { signUserSig } from "@contact-groups/client/usersig";
import { createEmulator } from "@contact-groups/emulator";
import { describe, expect, test } from "vitest";
import { toFragment } from "../src/console/permalink.ts";
import { type ConsolePage, inEachTest } from "./console-page.ts";

const secretKey = "5bd2850fff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

let site: ConsolePage;
inEachTest((page) => (site = page));

const ok = JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" });

describe("the console with a slow server", () => {
  test.each([
    ["the button Cancel", () => site.part("cancel").click()],
    ["Escape", () => site.page.keyboard.press("Escape")],
  ])("cancels a call with %s, and shows nothing of the last response in the meantime", async (_, cancel) => {
    const server = await startHeldServer();
    await site.open();
    await site.send();
    await site.part("error").selectOption("51008");
    await site.send();
    await site.chooseServer(server.url);
    await site.paste("any-text");
    await site.part("send").click();
    const held = await server.next();
    expect(await site.part("summary").textContent()).toBe("Sending …");
    expect(await site.part("responseBody").isVisible()).toBe(false);
    expect(await site.part("explained").textContent()).toBe("");
    const closed = once(held, "close");
    await cancel();
    await site.received();
    expect(await site.part("summary").textContent()).toContain("Cancelled.");
    expect(await site.part("cancel").isVisible()).toBe(false);
    expect(await site.focused("data-part")).toBe("send");
    // The browser has ended the request, too.
    await closed;
    await server.close();
  });

  test("replaces a call by the next one, whose response is the only one that is shown and listed", async () => {
    const server = await startHeldServer();
    await site.open();
    await site.chooseServer(server.url);
    await site.paste("any-text");
    await site.part("send").click();
    const first = await server.next();
    await site.part("send").click();
    const second = await server.next();
    if (!first.destroyed) first.end(ok);
    second.end(JSON.stringify({ ActionStatus: "FAIL", ErrorCode: 60018, ErrorInfo: "" }));
    expect(JSON.parse(await site.received())).toMatchObject({ ErrorCode: 60018 });
    expect(await site.part("calls").locator("li").allTextContents()).toEqual([
      expect.stringContaining("ErrorCode 60018"),
    ]);
    await server.close();
  });

  test.each([
    ["another call of the list", async () => site.part("calls").locator("button").first().click()],
    ["a link", async () => openLink(toFragment({ operation: "get_contact_group", body: "{}" }))],
    ["a broken link", async () => openLink("#call=x")],
  ])("does not show its response after %s was opened", async (_, open) => {
    const server = await startHeldServer();
    await site.open();
    await site.send();
    await site.part("history").locator("summary").click();
    await site.chooseServer(server.url);
    await site.paste("any-text");
    await site.part("send").click();
    const held = await server.next();
    let isOpen = true;
    held.on("close", () => (isOpen = false));
    await open();
    await expect.poll(() => isOpen).toBe(false);
    await site.received();
    expect(await site.part("summary").textContent()).not.toMatch(/Cancelled|Sending|No response/);
    expect(await site.part("cancel").isVisible()).toBe(false);
    await server.close();
  });
});

describe("the console with a server that answers in its own way", () => {
  test.each([
    ['{"ActionStatus":"FAIL","ErrorCode":"51008","ErrorInfo":""}', "ErrorCode 51008", "51008 TooManyConversations"],
    [
      '{"ErrorCode":"0","ResultItem":[{"ResultCode":"51007","ContactItem":{"Type":1,"To_Account":"u"}}]}',
      "partial failure",
      "51007 ChatGroupUnavailable",
    ],
  ])("reads codes that are text: %s", async (response, summary, heading) => {
    await receive(response);
    expect(await site.part("summary").textContent()).toContain(summary);
    expect(await site.explained()).toBe(heading);
  });

  test("shows a number as it was sent, and reads nesting of any depth", async () => {
    await receive(`{"ErrorCode":0,"GroupId":18446744073709551615,"Deep":${"[".repeat(9000)}${"]".repeat(9000)}}`);
    expect(await site.part("summary").textContent()).toContain("OK");
    expect(await site.part("responseBody").textContent()).toContain('"GroupId": 18446744073709551615');
  });

  test("neither shows nor keeps the UserSig that a proxy repeats", async () => {
    const userSig = await signUserSig({ sdkAppId: 1400000000, identifier: "administrator", secretKey });
    await receive((url) => `<p>No route to ${url}</p>`, userSig);
    expect(await site.part("responseBody").textContent()).toContain("No route to");
    expect(await site.part("responseSection").textContent()).not.toContain(userSig);
    await site.part("json").fill(`{"From_Account":"${userSig}"}`);
    await site.reload();
    const kept = await site.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).toContain("No route to");
    expect(kept).not.toContain(userSig);
    expect(await site.part("json").inputValue()).not.toContain(userSig);
  });
});

describe("the base URL of the console", () => {
  test.each([
    "http://user:password@127.0.0.1:4020",
    "http://user@127.0.0.1:4020",
    "http://127.0.0.1:4020/?usersig=secret",
    "http://127.0.0.1:4020/#secret",
    "ftp://127.0.0.1",
    "javascript:alert(1)",
    "127.0.0.1:4020",
    "",
  ])("is not %j, of which nothing is shown as code, sent, linked or kept", async (url) => {
    await site.open();
    await site.chooseServer("http://127.0.0.1:1");
    await site.paste("any-text");
    await site.part("url").fill(url);
    for (const code of ["curl", "client"])
      expect(await site.part(code).textContent()).toContain("without a user name, a password or a query");
    await site.part("send").click();
    expect(await site.part("summary").textContent()).toContain("The base URL must be");
    expect(await site.focused("data-part")).toBe("url");
    await site.page.reload();
    const kept = await site.page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
    expect(kept).not.toMatch(/user:|user@|password|secret/);
  });

  test("may have a path", async () => {
    await site.open();
    await site.chooseServer("http://127.0.0.1:4020/base/");
    expect(await site.part("curl").textContent()).toContain("http://127.0.0.1:4020/base/v4/recentcontact/");
    expect(await site.part("client").textContent()).toContain('baseUrl: "http://127.0.0.1:4020/base"');
  });
});

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

async function openLink(hash: string): Promise<void> {
  await site.page.evaluate((text) => (location.hash = text), hash);
}

/** Opens the console, and sends a call to a server that responds with a text. */
async function receive(text: string | ((url: string) => string), userSig = "any-text"): Promise<void> {
  const server = await startHeldServer();
  await site.open();
  await site.chooseServer(server.url);
  await site.paste(userSig);
  await site.part("send").click();
  const held = await server.next();
  held.end(typeof text === "string" ? text : text(held.req.url ?? ""));
  await site.received();
  await server.close();
}

/** A server whose responses wait for the test. */
interface HeldServer {
  readonly url: string;
  /** Returns the response to the next request, which the test ends. */
  next(): Promise<ServerResponse>;
  close(): Promise<void>;
}

async function startHeldServer(): Promise<HeldServer> {
  const server = createServer();
  const arrived: ServerResponse[] = [];
  server.on("request", (_request, response: ServerResponse) => {
    response.setHeader("Access-Control-Allow-Origin", "*");
    arrived.push(response);
    server.emit("arrived");
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    async next() {
      if (arrived.length === 0) await once(server, "arrived");
      return arrived.shift()!;
    },
    async close() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
