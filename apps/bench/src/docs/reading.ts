/// <reference lib="dom" />
import { execFileSync } from "node:child_process";
import { cpSync, globSync, readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
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
import { versionsOf } from "../page.ts";

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly tags: readonly string[];
}

const [path, { post }] = Object.entries(bundle.paths)[0]!;
const operation: Operation = post;

/** What is looked for on the page. */
interface Wanted {
  /** The longest part of the operation's description without markup. */
  readonly sentence: string;
  /** A property of an example of a request and one of a response: of the first level, which no renderer folds away. */
  readonly examples: readonly { readonly name: string; readonly value: string }[];
}

const wanted: Wanted = {
  sentence: operation.description
    .split("`")
    .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "")
    .trim(),
  examples: [firstText(post.requestBody), firstText(post.responses["200"])],
};

/** Returns the first property of the first example of a request or response that is a text. */
function firstText({ content }: { content: { "application/json": { examples: Record<string, { $ref: string }> } } }) {
  const [reference] = Object.values(content["application/json"].examples);
  const name = reference!.$ref.split("/").at(-1) as keyof typeof bundle.components.examples;
  const example: Readonly<Record<string, unknown>> = bundle.components.examples[name].value;
  const property = Object.entries(example).find(([, value]) => typeof value === "string" && value !== "");
  const [key, value] = property!;
  return { name: key, value: String(value) };
}

/** Files of the other renderers that their pages load. */
const files = [
  "redoc/bundles/redoc.standalone.js",
  "@scalar/api-reference/dist/browser/standalone.js",
  "swagger-ui-dist/swagger-ui-bundle.js",
  "swagger-ui-dist/swagger-ui.css",
];

type Browser = Awaited<ReturnType<typeof launchBrowser>>;

export const about =
  "How long a reader waits for an operation, with an empty cache, in headless Chromium over loopback and gzip, in a window of 1440 × 900: until the frame with its text is handed over, and until the one with an example of its request and of its response, too; what was transferred by then; and what the page asks for until a second later. An origin is the site's own, or another that is asked and not reached here. Each renderer shows the same description, in the page that its documentation shows; that of Redoc 3 has Redoc in it.";
export const peers: Program["peers"] = ["@redocly/cli"];

export async function* measure({ quick, folder }: Circumstances): AsyncGenerator<Report> {
  const { modules, versions } = await installPeers();
  // Next to the site, the other renderers, each in a page as its documentation shows.
  cpSync(join(root, "apps/docs/dist"), folder, { recursive: true });
  cpSync(new URL("pages", import.meta.url), folder, { recursive: true });
  for (const file of files) cpSync(join(modules, file), join(folder, file));
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(bundle));
  buildRedoc3(folder);
  compress(folder);
  const { url } = await serveStaticSite(folder, { gzip: true });
  // What is asked of another origin fails at once, with a network or without.
  const browser = await launchBrowser(["--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"]);
  const reading = contenders(addressesOf(operation, versions), (address) => read(browser, url + address));
  yield compare("An operation with its examples", reading, {}, quick ? 3 : 9);
  await browser.close();
}

/** Puts a compressed file next to each file of a site, as hosts do. */
export function compress(folder: string): void {
  for (const file of globSync("**/*.{css,html,js,json,svg}", { cwd: folder }))
    writeFileSync(join(folder, `${file}.gz`), gzipSync(readFileSync(join(folder, file))));
}

/** Builds the page of Redoc 3 with its command alone. */
function buildRedoc3(folder: string): void {
  const cli = createRequire(import.meta.url).resolve("@redocly/cli/bin/cli.js");
  execFileSync(process.execPath, [cli, "build-docs", "openapi.json", "--inlineBundle", "--output=redoc-3.html"], {
    cwd: folder,
    stdio: ["ignore", "ignore", "ignore"],
    env: { ...process.env, REDOCLY_TELEMETRY: "off", REDOCLY_SUPPRESS_UPDATE_NOTICE: "true" },
  });
}

/** Opens a page and waits for what is wanted. */
async function read(browser: Browser, url: string): Promise<Run> {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  // The page before may still be ending.
  await setTimeout(500);
  const page = await context.newPage();
  const asked: string[] = [];
  page.on("request", (request) => {
    if (request.url().startsWith("http")) asked.push(request.url());
  });
  await page.addInitScript(watch, wanted);
  await page.goto(url, { waitUntil: "commit" });
  await page
    .waitForFunction(() => "painted" in globalThis, undefined, { polling: 100, timeout: 60_000 })
    .catch(async (cause: unknown) => {
      const state = await page.evaluate(() => Object.entries((globalThis as { seen?: object }).seen ?? {}).join());
      throw new Error(`${url} does not show ${JSON.stringify(wanted)}, but ${state || "nothing of it"}`, { cause });
    });
  // Some ask for more when the text is there, and one of them goes on for ever.
  await page.waitForLoadState("load");
  await setTimeout(1000);
  const figures = await page.evaluate(figuresOf);
  await context.close();
  const origins = new Set(asked.map((each) => new URL(each).origin));
  return { calls: 1, figures: { ...figures, requests: asked.length, origins: origins.size } };
}

/** Runs in the page: looks before each frame, just before its layout, and takes the time when the frame is handed over. */
function watch({ sentence, examples }: Wanted): void {
  const seen: { text?: number } = {};
  // It ends at the first that is found: a page with many of them is not to wait for all.
  const shown = (query: string, isWanted: (element: HTMLElement) => boolean = () => true): boolean => {
    const found = document.evaluate(query, document, null, XPathResult.ORDERED_NODE_SNAPSHOT_TYPE);
    for (let index = 0; index < found.snapshotLength; index++) {
      const node = found.snapshotItem(index);
      if (node instanceof HTMLElement && isWanted(node) && node.checkVisibility()) return true;
    }
    return false;
  };
  const compact = (text: string | null): string => (text ?? "").replace(/\s/g, "");
  // Colours split an example into elements: the one around the property has its name next to its value.
  const isExample = (element: HTMLElement, text: string): boolean => {
    let outer: HTMLElement | null = element;
    for (let level = 0; outer && level < 6; level++, outer = outer.parentElement)
      if (compact(outer.textContent).includes(text)) return true;
    return false;
  };
  const hasExamples = (): boolean =>
    examples.every(({ name, value }) =>
      shown(`//text()[contains(., "${value}")]/..`, (found) =>
        isExample(found, `${JSON.stringify(name)}:${JSON.stringify(value)}`),
      ),
    );
  const afterThisFrame = (act: () => void): void => {
    // A message that is sent before a frame arrives after it.
    const { port1, port2 } = new MessageChannel();
    port1.addEventListener("message", act);
    port1.start();
    port2.postMessage(undefined);
  };
  const look = (): void => {
    const text = seen.text !== undefined || shown(`//text()[contains(., "${sentence}")]/..`);
    if (text && seen.text === undefined) afterThisFrame(() => (seen.text ??= performance.now()));
    if (text && hasExamples())
      afterThisFrame(() => Object.assign(globalThis, { painted: { text: seen.text, all: performance.now() } }));
    else requestAnimationFrame(look);
  };
  Object.assign(globalThis, { seen });
  requestAnimationFrame(look);
}

/** Runs in the page a second later. A page counts in full, also when it was shown before its end. */
function figuresOf() {
  const { painted } = globalThis as never as { painted: { text: number; all: number } };
  const [navigation] = performance.getEntriesByType("navigation") as PerformanceResourceTiming[];
  const before = (performance.getEntriesByType("resource") as PerformanceResourceTiming[]).filter(
    ({ responseEnd }) => responseEnd <= painted.all,
  );
  const bytes = [navigation!, ...before].reduce((sum, { encodedBodySize }) => sum + encodedBodySize, 0);
  return { "text painted, ms": painted.text, "with examples, ms": painted.all, "kB before them": bytes / 1000 };
}

/** The addresses of the operation, that of the baseline first. */
function addressesOf({ operationId, tags: [group = ""] }: Operation, versions: Peers["versions"]) {
  const tag = group.toLowerCase().replaceAll(" ", "-");
  const inRedoc3 = `#/${tag}/${operationId.toLowerCase()}`;
  return {
    [`Redoc ${versions["redoc"]}`]: `redoc.html#operation/${operationId}`,
    [`Redoc 3 of ${versionsOf(["@redocly/cli"]).join()}`]: `redoc-3.html${inRedoc3}`,
    [`Scalar ${versions["@scalar/api-reference"]}`]: `scalar.html#tag/${tag}/POST${path}`,
    [`Swagger UI ${versions["swagger-ui-dist"]}`]: `swagger-ui.html#/${group}/${operationId}`,
    "our Redoc page": `reference/#${path.split("/").at(-1)}`,
    "our operation page": `reference/${path.split("/").at(-1)}/`,
  };
}
