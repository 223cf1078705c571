import { launchBrowser } from "@contact-groups/testing/browser";
import { openWatched, type WatchedPage } from "@contact-groups/testing/watched-page";
import type { Browser, BrowserContextOptions, Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll } from "vitest";
import {
  createEmulator,
  type Emulator,
  type EmulatorOptions,
  type Listener,
  type ListenOptions,
} from "../../../src/index.ts";
import { people } from "../../call.ts";

let browser: Browser;
let opened: (() => Promise<void>)[] = [];

/** Starts a browser for the tests of a file. What a test opens is closed after it. */
export function inBrowser(): void {
  beforeAll(async () => {
    browser = await launchBrowser();
  });
  afterEach(async () => {
    await Promise.all(opened.map((close) => close()));
    opened = [];
  });
  afterAll(() => browser.close());
}

/** An emulator that listens, with its inspector in a tab. */
export class InspectorPage {
  readonly emulator: Emulator;
  readonly listener: Listener;
  readonly watched: WatchedPage;

  private constructor(emulator: Emulator, listener: Listener, watched: WatchedPage) {
    this.emulator = emulator;
    this.listener = listener;
    this.watched = watched;
  }

  /** Opens the inspector of a new emulator, whose app has `people` unless other options are given. */
  static async open(
    view = "",
    options: EmulatorOptions = {},
    { listen, tab }: { readonly listen?: ListenOptions; readonly tab?: BrowserContextOptions } = {},
  ): Promise<InspectorPage> {
    const emulator = createEmulator({ seed: { apps: [people] }, ...options });
    const listener = await emulator.listen(listen);
    const watched = await openWatched(browser, listener.url, tab);
    opened.push(
      () => watched.page.context().close(),
      () => emulator.close(),
    );
    const page = new InspectorPage(emulator, listener, watched);
    await page.go(view);
    return page;
  }

  /** Opens a view, and waits until it is connected. */
  async go(view: string): Promise<void> {
    await this.tab.goto(`${this.listener.url}/__emulator/#/${view}`);
    await this.tab.locator(".connection:not(.connecting)").waitFor();
  }

  get tab(): WatchedPage["page"] {
    return this.watched.page;
  }

  button(name: string): Locator {
    return this.tab.getByRole("button", { name, exact: true });
  }

  /** Clicks a button, and the one that confirms it. */
  async confirm(button: string, action: string): Promise<void> {
    await this.button(button).click();
    await this.tab.getByRole("dialog").getByRole("button", { name: action, exact: true }).click();
    await this.tab.getByRole("dialog").waitFor({ state: "hidden" });
  }

  /** Waits until the page says what was done. */
  async done(text: string): Promise<void> {
    await this.tab.getByRole("status").filter({ hasText: text }).waitFor();
  }

  get rows(): Locator {
    return this.tab.locator(".calls > li > a");
  }
}
