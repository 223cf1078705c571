import { openWatched } from "@contact-groups/testing/watched-page";
import type { StaticSite } from "@contact-groups/testing/static-site";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, expect, test } from "vitest";
import { toFragment } from "../src/console/permalink.ts";
import { modelOf, operations } from "../src/reference/model.ts";
import { wordsOf } from "../src/words/words.ts";
import { serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;
serveSite((site) => ({ server, browser } = site));

let page: Page;
let errors: string[];
let elsewhere: string[];
beforeEach(async () => ({ page, errors, elsewhere } = await openWatched(browser, server.url)));
afterEach(() => page.close());

const all = operations(modelOf("en"));
const run = (): Promise<void> => page.locator("run-call [data-part=run]").click();
const status = (): Promise<string> => page.locator("run-call output").innerText();
const response = (): Promise<string> => page.locator("run-call pre").innerText();

test.each(all)(
  "the first example of $slug runs on its page and succeeds, and no request leaves the site",
  async ({ slug }) => {
    await page.goto(`${server.url}reference/${slug}/`);
    await run();
    await expect.poll(status).toBe("OK");
    expect(JSON.parse(await response())).toMatchObject({ ActionStatus: "OK", ErrorCode: 0 });
    expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
  },
);

test.each(all)(
  "the emulator in the page of $slug answers each of its examples as the description does",
  async (operation) => {
    for (const { name, value } of operation.requests) {
      const expected = operation.responses.find((example) => example.name === name);
      if (!expected) continue;
      const partial = name === "PartialFailure";
      await page.goto(
        `${server.url}reference/${operation.slug}/?${name}${toFragment({ operation: operation.slug, body: JSON.stringify(value) })}`,
      );
      await expect.poll(status).toContain(partial ? "Partial failure" : "OK");
      expect(Object.keys(JSON.parse(await response()) as object)).toEqual(
        expect.arrayContaining([
          "ErrorCode",
          ...Object.keys(operation.ok.fields).filter((field) => operation.ok.required.includes(field)),
        ]),
      );
    }
  },
);

test("a failure shows its code, and the code leads to its page", async () => {
  await page.goto(`${server.url}ja/reference/create_contact_group/`);
  await page.locator("run-call summary").click();
  await page.locator("run-call textarea").fill("{");
  await run();
  await expect.poll(status).toBe("失敗 60003");
  await page.locator("run-call output a").click();
  await page.waitForURL(`${server.url}ja/errors/60003/`);
});

test("a copied link runs the call that was changed, and opens it in the console", async () => {
  const [create] = all;
  const body = JSON.stringify(create?.requests[0]?.value).replace("group_0001", "名称");
  await page.goto(`${server.url}reference/create_contact_group/`);
  await page.locator("run-call summary").click();
  await page.locator("run-call textarea").fill(body);
  await page.locator("run-call [data-part=link]").click();
  const link = page.url();
  expect(link).not.toContain("usersig");

  await page.goto("about:blank");
  await page.goto(link);
  await expect.poll(status).toBe("OK");
  expect(await response()).toContain("名称");

  await page.locator("run-call a[data-part=console]").click();
  await page.waitForURL(/\/console\/#call=/);
});

test("a link is copied on plain http, where a page has no clipboard", async () => {
  await page.context().grantPermissions(["clipboard-read", "clipboard-write"]);
  await page.goto(`${server.url}reference/create_contact_group/`);
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  await page.locator("run-call [data-part=link]").click();
  await expect.poll(status).toBe(wordsOf("en")("run.copied"));
  const link = page.url();
  await page.goto(`${server.url}errors/`);
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(link);
});

test("the emulator keeps its state from call to call, until it is reset", async () => {
  const [create] = all;
  await page.goto(`${server.url}reference/create_contact_group/`);
  await run();
  await expect.poll(response).toContain('"GroupId": 1');
  const again = JSON.stringify(create?.requests[0]?.value).replace("group_0001", "another");
  await page.locator("run-call summary").click();
  await page.locator("run-call textarea").fill(again);
  await run();
  await expect.poll(response).toContain('"GroupId": 2');
  await page.locator("run-call [data-part=reset]").click();
  await expect.poll(status).toContain("initial state");
  await run();
  await expect.poll(response).toContain('"GroupId": 1');
});

test("it says so when the emulator cannot be loaded, and runs when it can", async () => {
  await page.goto(`${server.url}reference/create_contact_group/`);
  await page.route("**/sample-state.json", (route) => route.abort());
  await run();
  await expect.poll(status).toContain("could not be loaded");
  await page.unroute("**/sample-state.json");
  await run();
  await expect.poll(status).toBe("OK");
});
