import { createHash } from "node:crypto";
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
 * @param switches further switches of its command line
 * @throws Error if there is no browser, because a skipped test would look like a passed one.
 */
export async function launchBrowser(switches: readonly string[] = []): Promise<Browser> {
  const { args = [], ...others } = await options();
  return chromium.launch({ ...others, args: [...args, ...switches] });
}

/**
 * Starts one browser for several processes, which share it with `connectBrowser(endpoint)`.
 *
 * Where pictures can be taken it is the Chromium of the npm package, whatever else is installed, with fonts of npm packages only: the same version with the
 * same fonts lays a page out, and draws it, in the same way on every machine. Elsewhere it is that of `launchBrowser`.
 *
 * @example
 * const shared = await launchSharedBrowser();
 * const browser = await connectBrowser(shared.endpoint);
 */
export async function launchSharedBrowser(): Promise<{ readonly endpoint: string; close(): Promise<void> }> {
  const server = await chromium.launchServer(
    picturesCanBeTaken ? optionsOf(await packaged(pinnedFonts())) : await options(),
  );
  return { endpoint: server.wsEndpoint(), close: () => server.close() };
}

/** Connects to a shared browser. Closing the connection closes its pages only. */
export function connectBrowser(endpoint: string): Promise<Browser> {
  return chromium.connect(endpoint, { timeout: patience });
}

/** Whether the shared browser is the one that draws the same pictures everywhere: its one version is built for Linux on x64. */
export const picturesCanBeTaken: boolean = process.platform === "linux" && process.arch === "x64";

async function options(): Promise<LaunchOptions> {
  const found = process.env["CHROMIUM_PATH"] ?? installed() ?? playwrightsOwn();
  return optionsOf(found ? { executablePath: found } : await another());
}

function optionsOf({ env = {}, ...browser }: Place): LaunchOptions {
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

async function another(): Promise<Place> {
  // Playwright knows the folder of Chrome there, and says which it is if Chrome is not in it.
  if (process.platform === "darwin" || process.platform === "win32") return { channel: "chrome" };
  if (!picturesCanBeTaken) {
    throw new Error("No Chromium found: install Chromium or Chrome, or set CHROMIUM_PATH to its executable.");
  }
  return packaged(
    fontConfiguration(
      `<include ignore_missing="yes">/etc/fonts/fonts.conf</include><dir>${join(cache, "fonts")}</dir>`,
    ),
  );
}

/** Unpacks the npm package once. It holds the shared libraries and the fonts that a bare machine lacks. */
async function packaged(fonts: string): Promise<Place> {
  if (!existsSync(cache)) await unpack();
  const name = `fonts-${createHash("sha256").update(fonts).digest("hex").slice(0, 16)}.conf`;
  const file = join(cache, name);
  if (!existsSync(file)) writeFileSync(file, fonts);
  return {
    executablePath: join(cache, "chromium"),
    env: { LD_LIBRARY_PATH: join(cache, "al2023", "lib"), FONTCONFIG_FILE: file },
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

function fontConfiguration(content: string): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  ${content}
  <cachedir>${join(cache, "fonts-cache")}</cachedir>
</fontconfig>
`;
}

/** Inter, Roboto Mono, and Noto Sans for Chinese and Japanese, drawn without the settings of a screen. */
function pinnedFonts(): string {
  const packages = ["inter", "roboto-mono"].map((name) => `@expo-google-fonts/${name}`);
  const folders = [...packages, "@embedpdf/fonts-sc", "@embedpdf/fonts-jp"].map(
    (name) => `<dir>${dirname(findPackageJSON(name, import.meta.url)!)}</dir>`,
  );
  const families = { "system-ui": "Inter", "sans-serif": "Inter", monospace: "Roboto Mono" };
  const preferred = Object.entries(families).map(
    ([family, font]) =>
      `<alias binding="strong"><family>${family}</family><prefer><family>${font}</family></prefer></alias>`,
  );
  const drawn = { antialias: "<bool>true</bool>", hinting: "<bool>false</bool>", rgba: "<const>none</const>" };
  const drawing = Object.entries(drawn).map(
    ([name, value]) => `<match target="font"><edit name="${name}" mode="assign">${value}</edit></match>`,
  );
  return fontConfiguration([...folders, ...preferred, ...drawing].join("\n  "));
}

function definedEnvironment(): Record<string, string> {
  return Object.fromEntries(
    Object.entries(process.env).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
}
