import { accessSync, constants, existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { findPackageJSON } from "node:module";
import { delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type LaunchOptions } from "playwright-core";

/** Time in milliseconds for a step of a page on a busy machine: less than the time limit of a test, so that the message names the step. */
export const patience = 100_000;

const systemNames = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"];
const cache = fileURLToPath(new URL("../node_modules/.cache/chromium", import.meta.url));

/**
 * Starts a headless Chromium: `$CHROMIUM_PATH`, one on the path, Playwright's own, on macOS and Windows the Chrome that is installed,
 * or on Linux x64 that of an npm package.
 *
 * @throws Error if there is no browser, because a skipped test would look like a passed one.
 */
export async function launchBrowser(): Promise<Browser> {
  return chromium.launch(await options());
}

/**
 * Starts the same browser for several processes, which share it with `connectBrowser(endpoint)`.
 *
 * @example
 * const shared = await launchSharedBrowser();
 * const browser = await connectBrowser(shared.endpoint);
 */
export async function launchSharedBrowser(): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const server = await chromium.launchServer(await options());
  return { endpoint: server.wsEndpoint(), close: () => server.close() };
}

/** Connects to a shared browser. Closing the connection closes its pages only. */
export function connectBrowser(endpoint: string): Promise<Browser> {
  return chromium.connect(endpoint, { timeout: patience });
}

async function options(): Promise<LaunchOptions> {
  const found = process.env["CHROMIUM_PATH"] ?? installed() ?? playwrightsOwn();
  const { env = {}, ...browser }: Place = found ? { executablePath: found } : await another();
  return {
    ...browser,
    timeout: patience,
    env: { ...definedEnvironment(), ...env },
    // Chromium refuses to run as root inside its sandbox. The other flags stop it from contacting its vendor's hosts.
    args: [
      ...(process.getuid?.() === 0 ? ["--no-sandbox"] : []),
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}

function installed(): string | undefined {
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = folders.flatMap((folder) => systemNames.map((name) => join(folder, name)));
  return candidates.find(isExecutable);
}

function playwrightsOwn(): string | undefined {
  const path = chromium.executablePath();
  return path && isExecutable(path) ? path : undefined;
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** The place of a browser, and the environment that it needs. */
type Place = Pick<LaunchOptions, "channel" | "executablePath"> & { readonly env?: Record<string, string> };

/** Unpacks the npm package once. It holds the shared libraries and the fonts that a bare machine lacks. */
async function another(): Promise<Place> {
  // Playwright knows the folder of Chrome there, and says which it is if Chrome is not in it.
  if (process.platform === "darwin" || process.platform === "win32") return { channel: "chrome" };
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new Error("No Chromium found: install Chromium or Chrome, or set CHROMIUM_PATH to its executable.");
  }
  if (!existsSync(cache)) await unpack();
  const fonts = join(cache, "fonts.conf");
  return {
    executablePath: join(cache, "chromium"),
    env: { LD_LIBRARY_PATH: join(cache, "al2023", "lib"), FONTCONFIG_FILE: fonts },
  };
}

/** Unpacks next to the cache and renames at the end, so that an interrupted run leaves no half-written browser. */
async function unpack(): Promise<void> {
  mkdirSync(dirname(cache), { recursive: true });
  const folder = mkdtempSync(`${cache}-`);
  // The package unpacks into the folder for temporary files and nowhere else.
  const temporary = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder;
  try {
    const { default: packagedChromium, inflate } = await import("@sparticuz/chromium");
    await packagedChromium.executablePath();
    // A global setup of vitest has no `import.meta.resolve`.
    const manifest = findPackageJSON("@sparticuz/chromium", import.meta.url);
    await inflate(join(dirname(manifest!), "bin", "al2023.tar.br"));
    writeFileSync(join(folder, "fonts.conf"), fontConfiguration);
    renameSync(folder, cache);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    // Another test file may have been quicker.
    if (!existsSync(cache)) throw error;
  } finally {
    if (temporary === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = temporary;
  }
}

const fontConfiguration = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <include ignore_missing="yes">/etc/fonts/fonts.conf</include>
  <dir>${join(cache, "fonts")}</dir>
  <cachedir>${join(cache, "fonts-cache")}</cachedir>
</fontconfig>
`;

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
