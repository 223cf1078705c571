import { describe, expect, test } from "vitest";
import { ConsolePage } from "./console-page.ts";
import { type ServedSite, serveSite } from "./site.ts";

let served: ServedSite;
serveSite((site) => (served = site));

describe("the console on a page of plain http", () => {
  test("works with the emulator in the page, copies, and says why it cannot sign", async () => {
    const site = await ConsolePage.at("http://docs.example", served);
    await site.open();
    expect(await site.page.evaluate(() => [isSecureContext, "subtle" in crypto])).toEqual([false, false]);
    expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 0 });
    await site.page.getByRole("button", { name: "Copy: curl" }).click();
    await site.page.getByText("Copied.").waitFor();
    await site.part("json").fill("");
    await site.part("json").press("Control+v");
    expect(await site.part("json").inputValue()).toContain("curl -s");
    expect(await site.part("insecure").isVisible()).toBe(false);
    await site.page.locator('input[value="server"]').check();
    expect(await site.part("insecure").textContent()).toContain("over https or from localhost");
    expect(await site.part("insecure").isVisible()).toBe(true);
    expect(await site.part("sign").isDisabled()).toBe(true);
    await site.paste("any-text");
    expect(await site.part("userSigStatus").textContent()).toBe("The pasted UserSig is ready.");
    expect(site.errors).toEqual([]);
    await site.page.close();
  });
});

describe("the console on a page of https", () => {
  test.each([
    ["http://192.0.2.1", "browsers block"],
    ["https://192.168.0.1:1", "may call your machine and its network only over https and with your permission"],
    ["http://127.0.0.1:1", "may call your machine and its network only over https and with your permission"],
  ])("explains why it has no response from %s", async (base, reason) => {
    const site = await ConsolePage.at("https://docs.example", served);
    await site.open();
    expect(await site.part("insecure").isVisible()).toBe(false);
    await site.page.locator('input[value="server"]').check();
    await site.part("url").fill(base);
    await site.paste("any-text");
    await site.send();
    expect(await site.part("summary").textContent()).toBe(`No response from ${base}.`);
    expect(await site.part("explained").textContent()).toContain(reason);
    await site.page.close();
  });
});
