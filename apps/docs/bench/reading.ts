/**
 * Compares how long a reader waits for the text of an operation: on our page that needs no script, on our Redoc page, and on a page of each other renderer with
 * the same description. Every round opens each page in a new context of one headless Chromium, with no cache, over loopback and gzip. Less is better.
 *
 * - `text in the page, ms`: from the start of the navigation until a sentence of the operation's description is in the layout.
 * - `text painted, ms`: until the frame that shows it is handed over.
 * - `kB before it`: what was transferred by then, compressed.
 *
 * Run it after a build, with `node bench/reading.ts [rounds]`. It installs the other renderers where it keeps them for the next time.
 */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { extname, join } from "node:path";
import { tmpdir } from "node:os";
import { setTimeout } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { ratioTable } from "@contact-groups/testing/ratios";
import { installPinned } from "@contact-groups/testing/install";
import { launchBrowser } from "@contact-groups/testing/browser";
import { dist } from "../test/site.ts";

const [rounds = 15] = process.argv.slice(2).map(Number);
const bundle = readFileSync(new URL("../../../openapi/dist/openapi.json", import.meta.url), "utf8");
const { paths } = JSON.parse(bundle) as { paths: Record<string, { post: Operation }> };
const [[path, { post: operation }]] = Object.entries(paths) as [[string, { post: Operation }]];
/** The longest piece of the operation's description that holds no markup. */
const sentence = operation.description
  .split("`")
  .reduce((longest, piece) => (piece.length > longest.length ? piece : longest), "")
  .trim();

interface Operation {
  readonly operationId: string;
  readonly description: string;
  readonly tags: readonly [string];
}

interface Figures extends Record<string, number> {
  readonly "text in the page, ms": number;
  readonly "text painted, ms": number;
  readonly "kB before it": number;
}

// The other renderers, which nothing but this comparison needs.
const pins = readFileSync(new URL("peers/package.json", import.meta.url), "utf8");
const { dependencies: peers } = JSON.parse(pins) as { readonly dependencies: Readonly<Record<string, string>> };
const installed = fileURLToPath(new URL("../node_modules/.cache/peers/", import.meta.url));
await installPinned(pins, installed);

const cache = new Map<string, Buffer | undefined>();
const served = mkdtempSync(join(tmpdir(), "bench-reading-"));
const addresses = writePeers(served);
const server = createServer((request, response) => {
  const { pathname } = new URL(request.url ?? "", "http://localhost");
  const body = compressed(decodeURIComponent(pathname));
  response.writeHead(body ? 200 : 404, {
    "Content-Type": typeOf(pathname),
    ...(body && { "Content-Encoding": "gzip" }),
  });
  response.end(body);
});
await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
const browser = await launchBrowser();

const contenders = Object.entries(addresses);
const results: Record<string, Figures>[] = [];
// The first round warms the server and the browser up.
for (let round = -1; round < rounds; round++) {
  const found: [name: string, figures: Figures][] = [];
  // To and fro, so that none is always read after the same other.
  for (const [name, address] of round % 2 === 0 ? contenders : contenders.toReversed())
    found.push([name, await read(origin + address)]);
  if (round >= 0) results.push(Object.fromEntries(round % 2 === 0 ? found : found.toReversed()));
}
await browser.close();
server.close();
rmSync(served, { recursive: true });
console.log(ratioTable(results));
process.send?.({ title: "The text of an operation", rounds: results });

/** Opens a page and waits for the sentence. */
async function read(url: string): Promise<Figures> {
  const context = await browser.newContext();
  // The page before may still be ending.
  await setTimeout(500);
  const page = await context.newPage();
  await page.addInitScript(watch, sentence);
  await page.goto(url, { waitUntil: "commit" });
  const figures = await page
    .waitForFunction(() => (globalThis as { figures?: Figures }).figures, undefined, { polling: 100, timeout: 60_000 })
    .catch((cause: unknown) => {
      throw new Error(`${url} does not show "${sentence}"`, { cause });
    });
  const value = (await figures.jsonValue()) as Figures;
  await context.close();
  return value;
}

/** Runs in the page: looks for the sentence before each frame, when the layout is about to be made for it. */
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
      const figures: Figures = {
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

/** Writes a page for each other renderer, as its makers show it, and returns the addresses of the operation, the one to divide by first. */
function writePeers(folder: string): Readonly<Record<string, string>> {
  const page = (name: string, body: string, files: Readonly<Record<string, string>>): string => {
    for (const [to, from] of Object.entries(files)) {
      writeFileSync(join(folder, `${name}-${to}`), readFileSync(join(installed, "node_modules", from)));
    }
    writeFileSync(
      join(folder, `${name}.html`),
      `<!doctype html><meta charset="utf-8"><title>${name}</title><body>${body}</body>`,
    );
    return `/${name}.html`;
  };
  writeFileSync(join(folder, "openapi.json"), bundle);
  const redoc = page("redoc", '<redoc spec-url="openapi.json"></redoc><script src="redoc-main.js"></script>', {
    "main.js": "redoc/bundles/redoc.standalone.js",
  });
  const scalar = page(
    "scalar",
    '<script id="api-reference" data-url="openapi.json"></script><script src="scalar-main.js"></script>',
    { "main.js": "@scalar/api-reference/dist/browser/standalone.js" },
  );
  const swagger = page(
    "swagger",
    `<link rel="stylesheet" href="swagger-main.css"><div id="swagger-ui"></div><script src="swagger-main.js"></script>
<script>SwaggerUIBundle({ url: "openapi.json", dom_id: "#swagger-ui", deepLinking: true })</script>`,
    { "main.js": "swagger-ui-dist/swagger-ui-bundle.js", "main.css": "swagger-ui-dist/swagger-ui.css" },
  );
  const { operationId, tags } = operation;
  const tag = tags[0].toLowerCase().replaceAll(" ", "-");
  return {
    [`Redoc ${peers["redoc"]}`]: `${redoc}#operation/${operationId}`,
    [`Scalar ${peers["@scalar/api-reference"]}`]: `${scalar}#tag/${tag}/POST${path}`,
    [`Swagger UI ${peers["swagger-ui-dist"]}`]: `${swagger}#/${tags[0]}/${operationId}`,
    "our Redoc page": `/reference/all/#/${tag}/${operationId.toLowerCase()}`,
    "our operation page": `/reference/${path.split("/").at(-1)}/`,
  };
}

/** A file of the other renderers' folder or of the site, compressed once. */
function compressed(pathname: string): Buffer | undefined {
  if (!cache.has(pathname)) {
    const file = pathname.endsWith("/") ? `${pathname}index.html` : pathname;
    for (const folder of [served, dist]) {
      try {
        cache.set(pathname, gzipSync(readFileSync(join(folder, file)), { level: 9 }));
        break;
      } catch {
        cache.set(pathname, undefined);
      }
    }
  }
  return cache.get(pathname);
}

function typeOf(pathname: string): string {
  const types: Readonly<Record<string, string>> = {
    "": "text/html",
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".json": "application/json",
    ".svg": "image/svg+xml",
  };
  return types[extname(pathname)] ?? "application/octet-stream";
}
