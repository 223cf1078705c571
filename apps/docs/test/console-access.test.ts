import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { describe, expect, test } from "vitest";
import { type ConsolePage, inEachTest } from "./console-page.ts";
import { inAllLanguages } from "./site.ts";

const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let site: ConsolePage;
inEachTest((page) => (site = page));

describe("anybody can use the console", () => {
  test("by keyboard alone", async () => {
    await site.open();
    await tabTo('[data-part="operation"]');
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
    await tabTo('[data-part="answerBody"]');
    await tabTo('[data-part="reset"]');
    await tabTo('[data-part="pasted"]');
  });

  test.each(inAllLanguages("console/"))(
    "axe finds nothing against WCAG 2.2 AA on /%s, light and dark, in use",
    async (path) => {
      for (const colorScheme of ["light", "dark"] as const) {
        await site.page.emulateMedia({ colorScheme });
        await site.open(path);
        await site.choose("createContactGroup", "PartialFailure");
        await site.send();
        await site.part("explained").locator("h3").waitFor();
        await site.field("/GroupContactItem/0/GroupName").fill("");
        await site.part("pasted").fill("51008");
        await site.part("explanations").locator("h3").waitFor();
        await site.page.locator('input[value="server"]').check();
        expect({ colorScheme, found: await violations() }).toEqual({ colorScheme, found: [] });
        await site.page.locator('input[value="page"]').check();
        expect({ colorScheme, found: await violations() }).toEqual({ colorScheme, found: [] });
      }
      expect(site.complaints).toEqual([]);
    },
  );

  test("fits a phone", async () => {
    await site.page.setViewportSize({ width: 320, height: 640 });
    await site.open();
    await site.send();
    expect(await site.page.evaluate(() => document.documentElement.scrollWidth)).toBe(320);
  });
});

async function tabTo(selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    await site.page.keyboard.press("Tab");
    if (await site.page.evaluate((wanted) => document.activeElement?.matches(wanted), selector)) return;
  }
  throw new Error(`Tab does not come to ${selector}.`);
}

async function violations(): Promise<string[]> {
  return site.page.evaluate(async (script) => {
    // The policy of the page refuses an added script element, not what the test evaluates.
    new Function(script)();
    const { axe: loaded } = window as never as { axe: AxeRun };
    const values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"];
    const { violations: found } = await loaded.run({ runOnly: { type: "tag", values } });
    return found.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join("\n")}`);
  }, axe);
}

interface AxeRun {
  run(options: object): Promise<{ violations: { id: string; nodes: { html: string }[] }[] }>;
}
