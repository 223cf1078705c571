import { describe, expect, test } from "vitest";
import { toFragment } from "../src/console/permalink.ts";
import { type ConsolePage, inEachTest } from "./console-page.ts";

const operation = "get_contact_group";
const body = '{"From_Account":"分组 👩‍👧","StartIndex":0}';

let site: ConsolePage;
inEachTest((page) => (site = page));

/** The recent calls as they are listed, newest first. */
async function calls(): Promise<readonly string[]> {
  return site.part("calls").locator("li").allTextContents();
}

describe("a link to a call of the console", () => {
  test("restores the request, the error and the state, and sends nothing", async () => {
    await site.page.context().grantPermissions(["clipboard-read", "clipboard-write"], { origin: site.url });
    await site.open("console/?operation=searchContactGroup");
    await site.part("json").fill(body);
    await site.part("error").selectOption("51007");
    await site.page.getByRole("button", { name: "Copy link" }).click();
    await site.page.getByText("Copied.").waitFor();
    const link = await site.page.evaluate(() => navigator.clipboard.readText());
    expect(link).toContain(`${site.url}console/#call=`);

    await site.page.goto("about:blank");
    await site.page.goto(link);
    await site.started();
    expect(await site.part("path").textContent()).toContain("search_contact_group");
    expect(await site.part("json").inputValue()).toBe(body);
    expect(await site.part("error").inputValue()).toBe("51007");
    expect(await site.part("preset").inputValue()).toBe("marks");
    expect(await site.part("summary").textContent()).toBe("Nothing sent yet.");
    expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 51007 });
    expect(site.errors).toEqual([]);
  });

  test("opens in the page that is open, too", async () => {
    await site.open();
    await site.page.evaluate((hash) => (location.hash = hash), toFragment({ operation, body }));
    await expect.poll(() => site.part("json").inputValue()).toBe(body);
    expect(await site.part("path").textContent()).toContain(operation);
    // The link names no state: the operation has something to work on.
    expect(await site.part("preset").inputValue()).toBe("marks");
  });

  test("keeps text that is not JSON", async () => {
    await site.open(`console/${toFragment({ operation, body: "{" })}`);
    expect(await site.part("json").inputValue()).toBe("{");
    expect(await site.part("verdict").textContent()).toContain("Line 1, column 2");
  });

  test("names a server that it chooses, and has no UserSig for it", async () => {
    await site.open(
      `console/${toFragment({ operation, body, server: "https://elsewhere.example", sdkAppId: "1", identifier: "admin" })}`,
    );
    await site.page.getByText("The link that you opened chose https://elsewhere.example.").waitFor();
    expect(await site.part("url").inputValue()).toBe("https://elsewhere.example");
    await site.part("send").click();
    expect(await site.part("summary").textContent()).toContain("A server requires a UserSig");
    expect(site.elsewhere).toEqual([]);
  });

  test("takes the pasted UserSig away from a server that a link chooses", async () => {
    await site.open();
    await site.chooseServer("http://127.0.0.1:1");
    await site.paste("a-UserSig-of-the-reader");
    const shared = { operation, body, server: "http://127.0.0.1:2" };
    await site.page.evaluate((hash) => (location.hash = hash), toFragment(shared));
    await expect.poll(() => site.part("url").inputValue()).toBe(shared.server);
    await site.part("send").click();
    expect(await site.part("summary").textContent()).toContain("A server requires a UserSig");
  });

  test.each(["#call=%%%", "#call=", toFragment({ operation: "no_such_operation", body })])(
    "that cannot be read is reported: %s",
    async (hash) => {
      await site.open(`console/${hash}`);
      expect(await site.part("summary").textContent()).toContain("could not be read");
      expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 0 });
      expect(site.errors).toEqual([]);
    },
  );
});

describe("the recent calls of the console", () => {
  test("are listed after a reload, and each restores its request and response", async () => {
    await site.open();
    await site.send();
    await site.part("error").selectOption("60003");
    await site.choose("getContactGroup");
    await site.send();
    await site.reload();
    expect(await calls()).toEqual([
      expect.stringContaining("get_contact_group · ErrorCode 60003"),
      expect.stringContaining("create_contact_group · ErrorCode 0"),
    ]);
    await site.part("history").locator("summary").click();
    await site.page.getByRole("button", { name: "create_contact_group · ErrorCode 0" }).click();
    expect(JSON.parse(await site.received())).toMatchObject({ GroupResultItem: [{}] });
    expect(await site.part("json").inputValue()).toContain("GroupContactItem");
    expect(await site.part("error").inputValue()).toBe("");
    await site.page.getByRole("button", { name: "get_contact_group · ErrorCode 60003" }).click();
    await expect.poll(() => site.part("explained").textContent()).toContain("60003 JsonParseFailure");
    expect(await site.part("error").inputValue()).toBe("60003");
  });

  test("are cleared", async () => {
    await site.open();
    await site.send();
    await site.part("history").locator("summary").click();
    await site.page.getByRole("button", { name: "Clear" }).click();
    expect(await calls()).toEqual([]);
    await site.reload();
    expect(await calls()).toEqual([]);
  });

  test("are the last twenty, and fit into what a browser keeps", async () => {
    await site.open();
    for (let sent = 0; sent < 22; sent++) await site.send();
    expect(await calls()).toHaveLength(20);
    await site.part("json").fill(JSON.stringify({ From_Account: "u".repeat(300_000), StartIndex: 0 }));
    await site.send();
    await site.send();
    expect(await calls()).toHaveLength(1);
    expect(site.errors).toEqual([]);
  });

  test.each([
    "{",
    "null",
    '[{"call":{"operation":"x","body":""},"outcome":{"kind":"response"},"time":0}]',
    "[1,null,[]]",
  ])("are empty when the browser has %s for them", async (kept) => {
    await site.open();
    await site.page.evaluate((text) => localStorage.setItem("contact-groups/console/calls", text), kept);
    await site.reload();
    expect(await calls()).toEqual([]);
    await site.send();
    expect(await calls()).toHaveLength(1);
    expect(site.errors).toEqual([]);
  });

  test("last as long as the page where the browser keeps nothing", async () => {
    await site.page.addInitScript(() => {
      for (const method of ["getItem", "setItem", "removeItem"] as const) {
        const own = Storage.prototype[method] as (...given: string[]) => string;
        Storage.prototype[method] = function (this: Storage, ...given: string[]) {
          if (given[0]?.startsWith("contact-groups/")) throw new DOMException("Refused.", "QuotaExceededError");
          return own.apply(this, given);
        };
      }
    });
    await site.open();
    await site.send();
    await site.send();
    expect(await calls()).toHaveLength(2);
    await site.reload();
    expect(await calls()).toEqual([]);
    expect(site.errors).toEqual([]);
  });
});

describe("a reload of the console", () => {
  test("keeps the request, its target and the error, but not a request of another visit", async () => {
    await site.open("console/?operation=markContact");
    await site.part("json").fill(body);
    await site.part("error").selectOption("50004");
    await site.reload();
    expect(await site.part("path").textContent()).toContain("mark_contact");
    expect(await site.part("json").inputValue()).toBe(body);
    expect(await site.part("error").inputValue()).toBe("50004");
    await site.page.locator('input[value="server"]').check();
    await site.part("url").fill("http://127.0.0.1:1");
    await site.part("identifier").fill("someone");
    await site.reload();
    expect(await site.part("url").inputValue()).toBe("http://127.0.0.1:1");
    expect(await site.part("identifier").inputValue()).toBe("someone");
    await site.page.goto(`${site.url}errors/`);
    await site.page.goBack();
    await site.started();
    expect(await site.part("json").inputValue()).toBe(body);
    await site.open("console/?operation=markContact");
    expect(await site.part("json").inputValue()).not.toBe(body);
  });
});
