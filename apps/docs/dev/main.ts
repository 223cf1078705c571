/**
 * Follows the description: edit any file of it, and the bundle, the types, the error catalogue and the pages of the site follow. Problems are shown
 * with file, line and column, and nothing is written then.
 */
import { fileURLToPath } from "node:url";
import { freePort } from "../start/free-port.ts";
import { onStop } from "../start/on-stop.ts";
import { foldersOf } from "./folders.ts";
import { prepare, warm } from "./follow.ts";
import { keepFollowing } from "./keep-following.ts";
import { servePages } from "./pages.ts";
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
const pages = await servePages(fileURLToPath(new URL("..", import.meta.url)), await freePort("site", 8080));
onStop(async () => {
  console.log("\nStopping.");
  await Promise.all([following.close(), pages.close()]);
});

console.log(`
Pages  ${pages.url}

Edit any file in openapi/. Ctrl-C ends it.`);
