/**
 * Serves the pages of the site and rebuilds the bundle, its types and the error catalogue on each edit of the description. Errors are printed with
 * file, line and column, and then nothing is written.
 */
import { fileURLToPath } from "node:url";
import { dev } from "astro";
import { freePort, onStop } from "../serving.ts";
import { foldersOf, prepare, warm } from "./follow.ts";
import { keepFollowing } from "./keep-following.ts";
import { terminal } from "./terminal.ts";

const folders = foldersOf(fileURLToPath(new URL("../../..", import.meta.url)));
const follow = prepare(folders);
const listener = terminal(folders.root);

const start = performance.now();
const { first, rest } = await follow();
listener.first(first, performance.now() - start);
if (rest !== undefined) listener.rest(await rest(), performance.now() - start);
await warm(follow);

const following = keepFollowing(folders.description, follow, listener);
// An open page reloads by itself when the bundle changes. Only the built site has Redoc, the search and the Markdown twins.
const pages = await dev({
  root: fileURLToPath(new URL("../../docs", import.meta.url)),
  server: { host: "127.0.0.1", port: await freePort("site", 8080) },
  logLevel: "error",
});
onStop(async () => {
  console.log("\nStopping.");
  await Promise.all([following.close(), pages.stop()]);
});

console.log(`
Pages  http://127.0.0.1:${pages.address.port}/

Edit any file in openapi/. Ctrl-C ends it.`);
