/// <reference lib="dom" />
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import bundle from "@contact-groups/openapi" with { type: "json" };
import { launchBrowser } from "@contact-groups/testing/browser";
import { serveStaticSite } from "@contact-groups/testing/static-site";
import { compare, contenders, type Run } from "../compare.ts";
import { installPeers, type Peers } from "../peers.ts";
import type { Circumstances, Program } from "../program.ts";
import type { Report } from "../report.ts";
import { root } from "../root.ts";

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly tags: readonly string[];
}

const [path, { post }] = Object.entries(bundle.paths)[0]!;
const operation: Operation = post;
/** The longest part of the operation's description without markup. */
const sentence = operation.description
  .split("`")
  .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "")
  .trim();

/** Files of the other renderers that their pages load. */
const files = [
  "redoc/bundles/redoc.standalone.js",
  "@scalar/api-reference/dist/browser/standalone.js",
  "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui-dist/swagger-ui.css",
];

type Browser = Awaited<ReturnType<typeof launchBrowser>>;

export const about =
  "How long a reader waits for the text of an operation, with an empty cache, in headless Chromium over loopback and gzip: until it is in the layout, until the frame that shows it is handed over, and what was transferred by then. Each renderer shows the same description.";
// Their versions are part of the names.
export const peers: Program["peers"] = [];

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const { modules, versions } = await installPeers();
  // Next to the site, the other renderers, each in a page as its documentation shows.
  cpSync(join(root, "apps/docs/dist"), folder, { recursive: true });
  cpSync(new URL("pages", import.meta.url), folder, { recursive: true });
  for (const file of files) cpSync(join(modules, file), join(folder, file));
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(bundle));
  for (const file of globSync("**/*.{css,html,js,json,svg}", { cwd: folder })) {
    writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file))));
  }
  const { url } = await serveStaticSite(folder, { gzip: true });
  const browser = await launchBrowser();
  const reading = contenders(addressesOf(operation, versions), (address) => read(browser, url + address));
  yield compare("The text of an operation", reading, {}, quick ? 3 : 9);
  await browser.close();
}

/** Opens a page and waits for the sentence. */
async function read(browser: Browser, url: string): Promise<Run> {
  const context = await browser.newContext();
  // The page before may still be ending.
  await setTimeout(500);
  const page = await context.newPage();
  await page.addInitScript(watch, sentence);
  await page.goto(url, { waitUntil: "commit" });
  const figures = await page
    .waitForFunction(() => (globalThis as { figures?: object }).figures, undefined, { polling: 100, timeout: 60_000 })
    .catch((cause: unknown) => {
      throw new Error(`${url} does not show "${sentence}"`, { cause });
    });
  const value = (await figures.jsonValue()) as NonNullable<Run["figures"]>;
  await context.close();
  return { calls: 1, figures: value };
}

/** Runs in the page: looks for the sentence before each frame, just before its layout. */
function watch(text: string): void {
  const look = (): void => {
    const query = `//text()[contains(., "${text}")]/..`;
    const found = document.evaluate(query, document, null, XPathResult.FIRST_ORDERED_NODE_TYPE).singleNodeValue;
    if (!(found instanceof HTMLElement) || found.getClientRects().length === 0) return void requestAnimationFrame(look);
    const inPage = performance.now();
    const loaded = [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")];
    const bytes = loaded.map((entry) => (entry as PerformanceResourceTiming).encodedBodySize);
    // A message that is sent before a frame arrives after it.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", () => {
      const figures = {
        "text in the page, ms": inPage,
        "text painted, ms": performance.now(),
        "kB before it": bytes.reduce((sum, size) => sum + size, 0) / 1000,
      };
      Object.assign(globalThis, { figures });
    });
    port1.start();
    port2.postMessage(undefined);
  };
  requestAnimationFrame(look);
}

/** The addresses of the operation, that of the baseline first. */
function addressesOf({ operationId, tags: [group = ""] }: Operation, versions: Peers["versions"]) {
  const tag = group.toLowerCase().replaceAll(" ", "-");
  return {
    [`Redoc ${versions["redoc"]}`]: `redoc.html#operation/${operationId}`,
    [`Scalar ${versions["@scalar/api-reference"]}`]: `scalar.html#tag/${tag}/POST${path}`,
    [`Swagger UI ${versions["swagger-ui-dist"]}`]: `swagger-ui.html#/${group}/${operationId}`,
    "our Redoc page": `reference/#${path.split("/").at(-1)}`,
    "our operation page": `reference/${path.split("/").at(-1)}/`,
  };
}
