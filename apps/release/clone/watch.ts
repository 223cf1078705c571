import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { recordNames } from "./record-names.ts";

/** Records the hosts that commands look up if they are started with its prefix and its environment. */
export interface Watch {
  /** Whose lookups are recorded. */
  readonly sees: string;
  readonly prefix: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Returns the names of hosts that were looked up since the last call, each once. */
  take(): Promise<readonly string[]>;
  close(): Promise<void>;
}

const siblingFile = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/**
 * Watches every process, in a network namespace that has no way out but to the registry. Needs no privilege, but a Linux that lets users
 * create namespaces, with `unshare`, `nsenter` and `ip`. Elsewhere it watches Node.js programs only, and prints why.
 */
export async function watchNames(registry: URL): Promise<Watch> {
  try {
    return await watchNamespace(registry);
  } catch (error) {
    console.warn(
      `Only Node.js programs are watched, because no network namespace can be created: ${(error as Error).message}`,
    );
    return watchNodePrograms();
  }
}

async function watchNamespace(registry: URL): Promise<Watch> {
  if (registry.protocol !== "https:") throw new Error("the registry must use https, but is not.");
  if (process.env["HTTPS_PROXY"] ?? process.env["https_proxy"]) throw new Error("this machine needs a proxy.");
  const names = await recordNames(registry);
  // Only root can create the others without a user namespace. In it, a user is root until another one restores the user's own ID.
  const [uid, gid] = [process.getuid?.() ?? 0, process.getgid?.() ?? 0];
  const namespaces = uid === 0 ? ["--net", "--mount"] : ["--user", "--net", "--mount"];
  const asRoot = uid === 0 ? [] : ["--map-root-user"];
  const asOneself = uid === 0 ? [] : ["unshare", `--map-user=${uid}`, `--map-group=${gid}`];
  const holder = spawn(
    "unshare",
    [...asRoot, ...namespaces, process.execPath, siblingFile("namespace.ts"), names.socket],
    {
      stdio: ["pipe", "pipe", "pipe"],
    },
  );
  let said = "";
  holder.stderr.setEncoding("utf8").on("data", (text: string) => (said += text));
  const proxy = await new Promise<string>((resolve, reject) => {
    holder.on("error", reject);
    holder.on("close", () => reject(new Error(said.trim())));
    holder.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
  }).catch(async (error: unknown) => {
    await names.close();
    throw error;
  });
  return {
    sees: "every process",
    prefix: ["nsenter", ...namespaces, "--preserve-credentials", "--target", `${holder.pid}`, "--wd=.", ...asOneself],
    env: { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, NO_PROXY: "127.0.0.1,localhost" },
    take: async () => names.take(),
    async close() {
      const closed = once(holder, "close");
      holder.stdin.end();
      await closed;
      await names.close();
    },
  };
}

async function watchNodePrograms(): Promise<Watch> {
  const folder = await mkdtemp(join(tmpdir(), "names-"));
  const file = join(folder, "names");
  await writeFile(file, "");
  const preload = pathToFileURL(siblingFile("record-lookups.mjs"));
  preload.searchParams.set("file", file);
  return {
    sees: "Node.js programs",
    prefix: [],
    env: { NODE_OPTIONS: `--import=${preload.href}` },
    async take() {
      const lines = (await readFile(file, "utf8")).split("\n").filter((name) => name !== "");
      await truncate(file);
      return [...new Set(lines)].toSorted();
    },
    close: () => rm(folder, { recursive: true, force: true }),
  };
}
