import { readFileSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";
import { errorCodes, info, servers } from "@contact-groups/openapi/model";
import { openWatched } from "@contact-groups/testing/watched-page";
import type { Browser, Page } from "playwright-core";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { modelOf, operations as operationsOf } from "../src/reference/model.ts";
import type { StaticSite } from "@contact-groups/testing/static-site";
import { serveSite } from "./site.ts";

const pagePath = fileURLToPath(new URL("../dist/reference/all/index.html", import.meta.url));
const operations = operationsOf(modelOf("en"));

const address = (): string => `${server.url}reference/all/`;

let server: StaticSite;
let browser: Browser;
let page: Page;
let elsewhere: string[];
let errors: string[];

serveSite((site) => ({ server, browser } = site));

beforeEach(async () => {
  ({ page, elsewhere, errors } = await openWatched(browser, server.url));
});
afterEach(async () => {
  await page.close();
});

async function openOperation(summary: string): Promise<void> {
  await page.goto(address());
  // Redoc renders an operation when it is opened from the menu.
  await page.getByText(info.tags[0]!["x-displayName"], { exact: true }).first().click();
  await page.getByText(summary).first().click();
}

describe("the reference", () => {
  test.each(operations)(
    "shows $id with its path, its fields and its responses, without an error or a request to another origin",
    async (operation) => {
      await openOperation(operation.texts.summary);
      await page.getByRole("heading", { name: operation.texts.summary }).waitFor();
      await page.getByText(operation.path).first().waitFor();
      const text = await page.locator("body").innerText();
      expect(text).toContain("From_Account");
      expect(text).toContain("ErrorInfo");
      await page.waitForLoadState("networkidle");
      expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
    },
  );

  test.each([
    ["", operations],
    ["zh-cn/", operations.slice(0, 1)],
    ["ja/", operations.slice(0, 1)],
  ] as const)("opens an operation by the address that its own page under /%s has", async (language, opened) => {
    for (const { path } of opened) {
      await page.goto(`${server.url}${language}reference/${path.split("/").at(-1)}/`);
      await page.locator('main a[href*="reference/all/#"]').click();
      await page.getByText(path, { exact: true }).first().waitFor();
    }
    expect(errors).toEqual([]);
  });

  test("lists every known error code with its name", async () => {
    await openOperation(operations[0]!.texts.summary);
    await page.getByText("Failure", { exact: true }).first().click();
    const names = Object.keys(errorCodes);
    await page.getByText(names.at(-1)!).first().waitFor();
    const text = await page.locator("body").innerText();
    expect(names.filter((name) => !text.includes(name))).toEqual([]);
  });

  test("names the host of every region, offers the description for download, and finds an operation by its search", async () => {
    await page.goto(address());
    await page.getByRole("heading", { name: info.title }).waitFor();
    const text = await page.locator("body").innerText();
    expect(servers.filter(({ url }) => !text.includes(url))).toEqual([]);

    for (const file of ["openapi.yaml", "openapi.json"]) {
      await page.locator(`a[href$="downloads/${file}"]`).first().waitFor();
      const response = await fetch(new URL(`downloads/${file}`, server.url));
      const published = fileURLToPath(import.meta.resolve(`@contact-groups/openapi/${file}`));
      expect(await response.text()).toBe(readFileSync(published, "utf8"));
    }

    await page.keyboard.press("Control+k");
    await page.locator("input:focus").fill("create_contact_group");
    await page.getByText(operations[0]!.texts.description.slice(0, 40)).last().click();
    await page.getByRole("heading", { name: "Create a conversation group" }).waitFor();
    expect(errors).toEqual([]);
  });

  test("opens from a file as well", async () => {
    await page.goto(pathToFileURL(pagePath).href);
    await page.getByRole("heading", { name: info.title }).waitFor();
    expect({ errors, elsewhere }).toEqual({ errors: [], elsewhere: [] });
  });
});

describe("the reference's Content Security Policy", () => {
  test("blocks a script that the build did not make, and a request to any host, its own included", async () => {
    await page.goto(address());
    await page.evaluate(() => {
      const script = document.createElement("script");
      script.textContent = "window.intruder = true";
      document.head.append(script);
    });
    expect(await page.evaluate(() => "intruder" in window)).toBe(false);
    expect(errors.join()).toContain("Content Security Policy");
    const request = await page.evaluate(() =>
      fetch("/openapi.json").then(
        () => "sent",
        () => "blocked",
      ),
    );
    expect(request).toBe("blocked");
  });
});

describe("the page of an operation", () => {
  const anchors = ["request", "query", "response", "envelope", "examples", "errors"];
  const addresses = operations.flatMap(({ path }) =>
    anchors.map((anchor) => [path.split("/").at(-1), anchor] as const),
  );
  test.each(addresses)("%s opens at its heading %s when the address names it", async (operation, anchor) => {
    await page.goto(`${server.url}reference/${operation}/#${anchor}`);
    const box = await page.locator(`#${anchor}`).boundingBox();
    expect(box?.y).toBeGreaterThan(0);
    // What is near the end of a short page cannot be at the top of the window.
    const atEnd = await page.evaluate(() => innerHeight + scrollY >= document.documentElement.scrollHeight - 1);
    expect(box?.y).toBeLessThan(atEnd ? (page.viewportSize()?.height ?? 0) : 150);
  });
});
