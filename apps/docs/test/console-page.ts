import { openWatched, type WatchedPage } from "@contact-groups/testing/watched-page";
import type { Browser, Locator, Page } from "playwright-core";
import { afterEach, beforeEach } from "vitest";
import { type ServedSite, serveSite } from "./site.ts";

/** A browser, and the root of the site to read with it. */
interface SiteToRead {
  readonly browser: Browser;
  readonly server: { readonly url: string };
}

/** The console's page, with the actions of a reader. */
export class ConsolePage {
  readonly page: Page;
  readonly errors: readonly string[];
  readonly elsewhere: readonly string[];
  /** Root of the site. */
  readonly url: string;

  private constructor(url: string, { page, errors, elsewhere }: WatchedPage) {
    this.url = url;
    this.page = page;
    this.errors = errors;
    this.elsewhere = elsewhere;
  }

  /** A tab in which the console is not open yet. */
  static async in({ browser, server: { url } }: SiteToRead): Promise<ConsolePage> {
    return new ConsolePage(url, await openWatched(browser, url));
  }

  /** Opens it, and waits until its emulator has started. */
  async open(path: string = "console/"): Promise<void> {
    await this.page.goto(this.url + path);
    await this.part("state").locator(".known").waitFor();
  }

  part(name: string): Locator {
    return this.page.locator(`[data-part="${name}"]`);
  }

  /** The input for the value at a JSON pointer. */
  field(pointer: string): Locator {
    return this.page.locator(`[data-pointer="${pointer}"]`);
  }

  async choose(operation: string, example?: string): Promise<void> {
    await this.part("operation").selectOption(operation);
    if (example !== undefined) await this.part("example").selectOption(example);
  }

  /** Sends, and returns the response body as it is shown. */
  async send(): Promise<string> {
    await this.part("send").click();
    await this.page.locator('[data-part="summary"]:not([data-result="busy"])[data-result]').waitFor();
    return (await this.part("responseBody").textContent()) ?? "";
  }

  /** Returns the heading of the explanation of the last response. */
  async explained(): Promise<string | null> {
    return this.part("explained").locator("h3").textContent();
  }

  /** Lets the page call a server. */
  async allow(url: string): Promise<void> {
    await this.page.route(
      (target) => target.origin === new URL(url).origin,
      (route) => route.continue(),
    );
  }

  async chooseServer(url: string): Promise<void> {
    await this.allow(url);
    await this.page.locator('input[value="server"]').check();
    await this.part("url").fill(url);
  }

  async paste(userSig: string): Promise<void> {
    await this.part("userSig").fill(userSig);
    await this.part("use").click();
  }

  async focused(attribute: string): Promise<string | null | undefined> {
    return this.page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
  }
}

/** Serves the site to all tests of a file, and gives each a tab of its own, which is closed after it. */
export function inEachTest(give: (page: ConsolePage) => void): void {
  let site: ServedSite;
  let given: ConsolePage;
  serveSite((served) => (site = served));
  beforeEach(async () => {
    given = await ConsolePage.in(site);
    give(given);
  });
  afterEach(() => given.page.close());
}
