import { existsSync, readFileSync } from "node:fs";
import { ApiError } from "@contact-groups/client";
import { createMockClient } from "@contact-groups/client/testing";
import { errors } from "@contact-groups/openapi/model";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser } from "playwright-core";
import { expect, test } from "vitest";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { dist, inAllLanguages, serveSite } from "./site.ts";

let server: StaticSite;
let browser: Browser;
serveSite((site) => ({ server, browser } = site));

const entries = Object.values(errors);

test.each(entries)("$code has a page in every language with its name", ({ code, name }) => {
  for (const page of inAllLanguages(`errors/${code}/`))
    expect(readFileSync(`${dist}${page}index.html`, "utf8")).toContain(`${code} ${name}`);
});

test("the docsUrl of the client's errors is the code's page", async () => {
  const docsUrl = "https://docs.example.com/base";
  const client = createMockClient({ docsUrl });
  for (const { code } of entries) {
    client.mock.next("getContactGroup", { error: code });
    const error: unknown = await client
      .getContactGroup({ From_Account: "ann", StartIndex: 0 }, { retry: false })
      .catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ApiError);
    const page = (error as ApiError).docsUrl?.slice(docsUrl.length) ?? "none";
    expect(page).toBe(`/errors/${code}/`);
    expect(existsSync(`${dist}${page}index.html`)).toBe(true);
  }
});

test.each(inAllLanguages("errors/"))(
  "the table at /%s says how many codes there are, and narrows down to a text",
  async (path) => {
    const { page } = await openWatched(browser, server.url);
    await page.goto(server.url + path);
    const rows = page.locator("error-filter tbody tr:visible");
    const count = page.locator("error-filter output");
    expect(await rows.count()).toBe(entries.length);
    expect((await count.textContent())?.match(/\d+/g)?.map(Number)).toEqual([entries.length, entries.length]);
    await page.locator("input[name=text]").fill("51008");
    expect(await rows.count()).toBe(1);
    await page.close();
  },
);

test("the table narrows down to a category and an operation", async () => {
  const { page } = await openWatched(browser, server.url);
  await page.goto(`${server.url}errors/`);
  const codes = (): Promise<string[]> => page.locator("error-filter tbody tr:visible th").allInnerTexts();
  const expected = entries.filter(({ category }) => category === "throttle").map(({ code }) => String(code));
  await page.locator("select[name=category]").selectOption("throttle");
  expect((await codes()).toSorted()).toEqual(expected.toSorted());
  await page.locator("select[name=category]").selectOption("");
  await page.locator("select[name=operation]").selectOption("searchContactGroup");
  expect(await codes()).not.toContain("51010");
  expect(await codes()).toContain("51007");
  await page.close();
});
