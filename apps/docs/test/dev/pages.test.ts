import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { foldersOf } from "../../dev/folders.ts";
import { prepare } from "../../dev/follow.ts";
import { servePages } from "../../dev/pages.ts";
import { launchBrowser } from "../browser.ts";
import { copyRepository, linkDependencies } from "./copy-repository.ts";

test("an open page shows an edit without being reloaded by hand", async () => {
  const { root, replace } = await copyRepository("apps/docs");
  await linkDependencies(root, "apps/docs", { "@contact-groups/openapi": join(root, "openapi") });
  const follow = await prepare(foldersOf(root));
  const pages = await servePages(join(root, "apps/docs"), 0);
  onTestFinished(() => pages.close());
  const browser = await launchBrowser();
  onTestFinished(() => browser.close());

  const page = await browser.newPage();
  await page.goto(`${pages.url}errors/60020/`);
  await page.getByText("Renewed for the test").waitFor({ state: "detached" });
  await replace("openapi/errors/gateway.yaml", /(code: 60020\n(?: .*\n)*? {2}fix: ).*/, "$1Renewed for the test.");
  const { first } = await follow();
  expect(first.problems).toEqual([]);
  await page.getByText("Renewed for the test").first().waitFor();
});
