import { describe, expect, test } from "vitest";
import { modelOf } from "../src/reference/model.ts";
import { type ConsolePage, inEachTest } from "./console-page.ts";

let site: ConsolePage;
inEachTest((page) => (site = page));

describe("the error decoder", () => {
  test.each([
    "51008",
    '{"ActionStatus":"FAIL","ErrorCode":51008,"ErrorInfo":""}',
    "12:30 create failed, code 51008 (user15)",
  ])("explains %s", async (text) => {
    await site.open();
    await site.part("pasted").fill(text);
    await site.page.getByRole("heading", { name: "51008 TooManyConversations" }).waitFor();
    const entry = modelOf("en").errors[51008];
    expect(await site.part("explanations").textContent()).toContain(entry.message);
  });

  test("explains in the language of the page", async () => {
    await site.open("zh-cn/console/");
    await site.part("pasted").fill("51008");
    const entry = modelOf("zh-CN").errors[51008];
    await site.part("explanations").getByText(entry.message).waitFor();
    expect(await site.part("explanations").getByRole("link").last().getAttribute("href")).toBe("/zh-cn/errors/51008/");
  });

  test.each([
    ["99999", "99999 is in no public document"],
    ["nothing here", "No error code found"],
    ['{"ActionStatus":"OK","ErrorCode":0,"ErrorInfo":""}', "the call succeeded"],
  ])("says of %s: %s", async (text, said) => {
    await site.open();
    await site.part("pasted").fill(text);
    const place = site.page.locator("error-decoder").getByText(said);
    await place.waitFor();
    expect(await place.count()).toBe(1);
  });
});
