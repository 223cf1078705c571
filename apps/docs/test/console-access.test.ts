import { accessibilityViolations } from "@contact-groups/testing/axe";
import { describe, expect, test } from "vitest";
import { modelOf, operations } from "../src/reference/model.ts";
import { colorSchemes } from "./color-schemes.ts";
import { type ConsolePage, inEachTest } from "./console-page.ts";
import { inAllLanguages } from "./site.ts";

let site: ConsolePage;
inEachTest((page) => (site = page));

describe("the console can be used", () => {
  test("by keyboard alone", async () => {
    await site.open();
    await tabTo('[data-part="operation"]');
    await tabTo('[data-part="asJson"]');
    await site.page.keyboard.press("ArrowRight");
    await tabTo('[data-pointer="/GroupContactItem/0/GroupName"]');
    await site.page.keyboard.press("Control+a");
    await site.page.keyboard.type("by keyboard");
    await tabTo('[data-pointer="/GroupContactItem/0/ContactItem/+"]');
    await site.page.keyboard.press("Enter");
    expect(await site.focused("data-pointer")).toBe("/GroupContactItem/0/ContactItem/2/Type");
    await tabTo('[aria-label="Remove ContactItem 3"]');
    await site.page.keyboard.press("Space");
    await tabTo('[data-part="send"]');
    await site.page.keyboard.press("Enter");
    await site.page.getByText("user_0001 · groups: 1 · conversations: 2").waitFor();
    await tabTo('[data-part="link"] button');
    await tabTo('[data-part="responseBody"]');
    await tabTo('[data-part="history"] summary');
    await site.page.keyboard.press("Enter");
    await tabTo('[data-part="calls"] button');
    await site.page.keyboard.press("Enter");
    await tabTo('[data-part="reset"]');
    await tabTo('[data-part="pasted"]');
  });

  test.each(inAllLanguages("console/"))("/%s meets WCAG 2.2 AA while it is used", async (path) => {
    for (const colorScheme of colorSchemes(path)) {
      await site.page.emulateMedia({ colorScheme });
      await site.open(path);
      await site.choose("createContactGroup", "PartialFailure");
      await site.send();
      await site.part("explained").locator("h3").waitFor();
      await site.part("history").locator("summary").click();
      await (await site.field("/GroupContactItem/0/GroupName")).fill("");
      await site.part("pasted").fill("51008");
      await site.part("explanations").locator("h3").waitFor();
      await site.page.locator('input[value="server"]').check();
      expect({ colorScheme, found: await accessibilityViolations(site.page) }).toEqual({ colorScheme, found: [] });
      await site.page.locator('input[value="page"]').check();
      await site.part("asJson").check();
      await site.part("json").fill('{"From_Account": }');
      expect({ colorScheme, found: await accessibilityViolations(site.page) }).toEqual({ colorScheme, found: [] });
    }
    expect(site.errors).toEqual([]);
  });

  test.each(operations(modelOf("en")).flatMap(({ id, requests }) => requests.map(({ name }) => ({ id, name }))))(
    "on a phone, with $name of $id, and no control covers another one",
    async ({ id, name }) => {
      await site.page.setViewportSize({ width: 320, height: 640 });
      await site.open(`console/?operation=${id}&example=${name}`);
      await site.send();
      for (const mode of ["asJson", "asForm"]) {
        await site.part(mode).check();
        expect(await site.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
      }
      expect(await coveredControls()).toEqual([]);
    },
  );
});

/** Returns the controls of the form that lie on one another. */
async function coveredControls(): Promise<string[]> {
  return site.part("form").evaluate((form) => {
    const controls = Array.from(form.querySelectorAll("input, select, button"), (control) => ({
      name: control.getAttribute("data-pointer") ?? control.getAttribute("aria-label"),
      box: control.getBoundingClientRect(),
    }));
    const isOver = (one: DOMRect, other: DOMRect): boolean =>
      one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
    return controls.flatMap(({ name, box }, index) =>
      controls.slice(index + 1).flatMap((other) => (isOver(box, other.box) ? [`${name} and ${other.name}`] : [])),
    );
  });
}

async function tabTo(selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await site.page.keyboard.press("Tab");
    if (await site.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not come to ${selector}.`);
}
