import type { ErrorEntry } from "@contact-groups/openapi/model";
import { describe, expect, test } from "vitest";
import { modelOf, operations } from "../src/reference/model.ts";
import { type ConsolePage, inEachTest } from "./console-page.ts";

const entries = Object.values(modelOf("en").errors) as readonly ErrorEntry[];

let site: ConsolePage;
inEachTest((page) => (site = page));

describe("the console with the emulator in the page", () => {
  test("creates a group that get and search then return, without a request to another origin or an error", async () => {
    await site.open();
    expect(JSON.parse(await site.send())).toMatchObject({ ActionStatus: "OK" });
    await site.page.getByText("user_0001 · groups: 1 · conversations: 2").waitFor();
    await site.choose("getContactGroup");
    expect(JSON.parse(await site.send())).toMatchObject({ GroupItem: [{ GroupName: "group_0001" }] });
    await site.choose("searchContactGroup");
    expect(JSON.parse(await site.send())).toMatchObject({
      ContactResultItem: [{ To_Account: "user_0002", ContactGroupId: [1] }, {}],
    });
    expect(site.elsewhere).toEqual([]);
    expect(site.errors).toEqual([]);
  });

  test.each(operations(modelOf("en")))(
    "responds to each example of $id with the result codes of the description, in the state of a link to it",
    async ({ id, requests, responses }) => {
      await site.open(`console/?operation=${id}`);
      for (const { name: example } of requests) {
        await site.choose(id, example);
        const received = JSON.parse(await site.send());
        expect({ example, ...received }).toMatchObject({ example, ActionStatus: "OK" });
        const described = responses.find(({ name }) => name === example)?.value;
        if (described)
          expect({ example, codes: resultCodes(received) }).toEqual({ example, codes: resultCodes(described) });
        await site.part("reset").click();
      }
    },
  );

  test("lets the next get return what a rename or a deletion changed", async () => {
    await site.open("console/?operation=updateContactGroup&example=Rename");
    const groupItem = async (): Promise<unknown> => {
      await site.choose("getContactGroup");
      return JSON.parse(await site.send()).GroupItem;
    };
    expect(await groupItem()).toEqual([{ GroupName: "group_0001", GroupId: 1 }]);
    await site.choose("updateContactGroup", "Rename");
    expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 0 });
    expect(await groupItem()).toEqual([{ GroupName: "group_0002", GroupId: 1 }]);
    await site.choose("delContactGroup");
    await (await site.field("/GroupName/0")).fill("group_0002");
    expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 0 });
    expect(await groupItem()).toEqual([]);
    await site.choose("delContactGroup");
    await site.send();
    expect(await site.explained()).toBe("51009 ConversationGroupNotFound");
  });

  test("explains the code of a conversation that was not added", async () => {
    await site.open("console/?operation=createContactGroup&example=PartialFailure");
    await site.send();
    expect(await site.part("summary").textContent()).toContain("partial failure");
    const explained = site.part("explained");
    expect(await explained.locator("h3").textContent()).toBe("51007 ChatGroupUnavailable");
    expect(await explained.textContent()).toContain("Conversation 2 (@TGS#2DISBANDED)");
    expect(await explained.getByRole("link", { name: "51007" }).getAttribute("href")).toBe("/errors/51007/");
  });

  test("resets the emulator, also to a user at every limit", async () => {
    await site.open();
    await site.send();
    await site.part("preset").selectOption("full");
    await site.part("reset").click();
    await site.page.getByText("user_0001 · groups: 20 · conversations: 1000").waitFor();
    await site.send();
    expect(await site.explained()).toBe("51008 TooManyConversations");
    await (await site.field("/GroupContactItem/0/GroupName")).fill("one more");
    await site.send();
    expect(await site.explained()).toBe("51010 TooManyConversationGroups");
    await site.part("preset").selectOption("samples");
    await site.part("reset").click();
    await site.page.getByText("No groups yet.").waitFor();
  });

  test.each(operations(modelOf("en")))(
    "responds to $slug with each error code that is documented for it, and explains the code",
    async ({ id }) => {
      const documented = entries.filter(({ operations: all }) => all.includes(id));
      await site.open(`console/?operation=${id}`);
      const offered = await site
        .part("error")
        .locator("option")
        .evaluateAll((options) => options.map((option) => (option as HTMLOptionElement).value));
      expect(offered).toEqual(["", ...documented.map(({ code }) => String(code))]);
      for (const { code, name } of documented) {
        await site.part("error").selectOption(String(code));
        expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: code });
        expect(await site.explained()).toBe(`${code} ${name}`);
      }
      await site.part("error").selectOption("");
      expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 0 });
    },
  );

  test("chooses the operation that a link names", async () => {
    await site.open("console/?operation=searchContactGroup");
    expect(await site.part("path").textContent()).toContain("search_contact_group");
  });
});

describe("the layout of the console", () => {
  test.each([1200, 1440])("has the response next to the request at %i px, in view as it is sent", async (width) => {
    await site.page.setViewportSize({ width, height: 900 });
    await site.open();
    await site.send();
    const [request, response] = await Promise.all(
      ["json", "responseBody"].map((name) => site.part(name).boundingBox()),
    );
    expect(response!.x).toBeGreaterThan(request!.x + request!.width);
    expect(response!.y + 100).toBeLessThan(900);
    expect(await site.page.evaluate(() => scrollY)).toBe(0);
  });

  test("brings the response into view on a phone, without a sideways scroll", async () => {
    await site.page.setViewportSize({ width: 360, height: 740 });
    await site.open();
    await site.send();
    const summary = (await site.part("summary").boundingBox())!;
    expect(summary.y).toBeGreaterThan(0);
    expect(summary.y + summary.height).toBeLessThan(740);
    expect(await site.page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
  });
});

describe("the console's request", () => {
  test("shows pointer, rule, fix and error code of a violation while it is typed", async () => {
    await site.open();
    await (await site.field("/GroupContactItem/0/GroupName")).fill("名".repeat(22));
    const issues = await site.part("violations").innerText();
    expect(issues).toContain("/GroupContactItem/0/GroupName");
    expect(issues).toContain("x-maxBytes");
    expect(issues).toContain("66 bytes");
    expect(await (await site.field("/GroupContactItem/0/GroupName")).getAttribute("aria-invalid")).toBe("true");
    await site.page.getByRole("button", { name: "Show /GroupContactItem/0/GroupName" }).click();
    expect(await site.focused("data-pointer")).toBe("/GroupContactItem/0/GroupName");
    expect(JSON.parse(await site.send())).toMatchObject({ ErrorCode: 51011 });
  });

  test("updates the JSON from the form, and the form from the JSON", async () => {
    await site.open();
    await site.part("asForm").check();
    await site.page.getByRole("button", { name: "Remove ContactItem 2" }).click();
    await (await site.field("/GroupContactItem/0/ContactItem/0/Type")).selectOption("2");
    await (await site.field("/GroupContactItem/0/ContactItem/0/ToGroupId")).fill("@TGS#1");
    expect(JSON.parse(await site.part("json").inputValue())).toEqual({
      From_Account: "user_0001",
      GroupContactItem: [{ GroupName: "group_0001", ContactItem: [{ Type: 2, ToGroupId: "@TGS#1" }] }],
    });
    await site.part("asJson").check();
    await site.part("json").fill('{"From_Account":"someone","GroupContactItem":[{"GroupName":"g"}],"More":1}');
    expect(await (await site.field("/From_Account")).inputValue()).toBe("someone");
    expect(await site.part("violations").innerText()).toContain("/More");
    // A field that the form does not have stays in the JSON.
    await (await site.field("/From_Account")).fill("other");
    expect(JSON.parse(await site.part("json").inputValue())).toMatchObject({ From_Account: "other", More: 1 });
  });

  test("names line and column of text that is not JSON, goes there, and sends it only when that is chosen", async () => {
    await site.open();
    await site.part("json").fill('{\n  "From_Account": ]\n}');
    expect(await site.part("verdict").textContent()).toContain("Line 2, column 19");
    await site.page.keyboard.press("Control+Enter");
    await site.page.getByRole("button", { name: "Go to line 2" }).click();
    expect(await site.focused("data-part")).toBe("json");
    expect(await site.selected("json")).toBe("]");
    expect(await site.part("summary").textContent()).toBe("Nothing sent yet.");
    await site.part("sendText").click();
    expect(JSON.parse(await site.received())).toMatchObject({ ActionStatus: "FAIL" });
    expect(await site.explained()).toBe("60003 JsonParseFailure");
    await site.part("json").fill("{}");
    expect(await site.part("sendText").isVisible()).toBe(false);
  });

  test("shows the colours exactly behind the text, however long it is", async () => {
    await site.open();
    for (const [name, count] of [
      ["short", 1],
      ["分组 👩‍👧", 60],
    ] as const) {
      const text = JSON.stringify({ GroupName: Array.from({ length: count }, () => name.repeat(9)) }, null, 2);
      await site.part("json").fill(text);
      expect(await site.part("jsonColors").textContent()).toBe(`${text}\n`);
      const [input, colors] = await Promise.all(["json", "jsonColors"].map((part) => site.part(part).evaluate(placed)));
      expect(input).toEqual(colors);
      // The box around both scrolls, not the input.
      expect(await site.part("json").evaluate((box) => box.scrollHeight - box.clientHeight)).toBe(0);
    }
  });

  test("is shown as curl and as client code, without a secret", async () => {
    await site.open();
    await site.page.locator('input[value="server"]').check();
    await site.part("region").selectOption({ label: "Singapore" });
    expect(await site.part("curl").textContent()).toMatch(/^curl -s 'https:\/\/adminapisgp[^']+&usersig='"\$USERSIG"/);
    const code = await site.part("client").textContent();
    expect(code).toContain('region: "singapore"');
    expect(code).toContain("client.createContactGroup({\n  From_Account:");
  });
});

/** Returns everything on which the place of a character in an element depends. */
function placed(box: HTMLElement): readonly unknown[] {
  const { x, y, width, height } = box.getBoundingClientRect();
  const style = getComputedStyle(box);
  const names = [
    "font",
    "letterSpacing",
    "lineHeight",
    "overflowWrap",
    "padding",
    "tabSize",
    "textIndent",
    "whiteSpace",
    "wordBreak",
  ] as const;
  return [x, y, width, height, ...names.map((name) => style[name])];
}

function resultCodes(response: object): number[] {
  return [...JSON.stringify(response).matchAll(/"ResultCode":(\d+)/g)].map(([, code]) => Number(code));
}
