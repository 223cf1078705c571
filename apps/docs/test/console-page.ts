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

  /** A tab in which the site has another origin than the one that serves it. */
  static async at(origin: string, { browser, server }: SiteToRead): Promise<ConsolePage> {
    const site = new ConsolePage(`${origin}/`, await openWatched(browser, origin));
    await site.page.route(
      (url) => url.origin === origin,
      async (route) => {
        const { pathname } = new URL(route.request().url());
        await route.fulfill({ response: await route.fetch({ url: server.url + pathname.slice(1) }) });
      },
    );
    return site;
  }

  /** Opens it, and waits until its emulator has started. */
  async open(path: string = "console/"): Promise<void> {
    await this.page.goto(this.url + path);
    await this.started();
  }

  async reload(): Promise<void> {
    await this.page.reload();
    await this.started();
  }

  async started(): Promise<void> {
    await this.part("state").locator(".known").waitFor({ state: "attached" });
  }

  part(name: string): Locator {
    return this.page.locator(`[data-part="${name}"]`);
  }

  /** The input of the form for the value at a JSON pointer. */
  async field(pointer: string): Promise<Locator> {
    await this.part("asForm").check();
    return this.page.locator(`[data-pointer="${pointer}"]`);
  }

  async choose(operation: string, example?: string): Promise<void> {
    await this.part("operation").selectOption(operation);
    if (example !== undefined) await this.part("example").selectOption(example);
  }

  /** Sends, and returns the response body as it is shown. */
  async send(): Promise<string> {
    await this.part("send").click();
    return this.received();
  }

  /** Waits until the call has ended, and returns the response body as it is shown. */
  async received(): Promise<string> {
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

  /** Returns the text that is selected in an input. */
  async selected(name: string): Promise<string> {
    return this.part(name).evaluate((input: HTMLTextAreaElement) =>
      input.value.slice(input.selectionStart, input.selectionEnd),
    );
  }

  async focused(attribute: string): Promise<string | null | undefined> {
    return this.page.evaluate((name) => document.activeElement?.getAttribute(name), attribute);
  }
}

/** Serves the site to all tests of a file, and gives each a tab of its own, which is closed after it. */
export function inEachTest(give: (page: ConsolePage, site: ServedSite) => void): void {
  let site: ServedSite;
  let given: ConsolePage;
  serveSite((served) => (site = served));
  beforeEach(async () => {
    given = await ConsolePage.in(site);
    give(given, site);
  });
  afterEach(() => given.page.close());
}
