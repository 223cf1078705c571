import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { releasedVersions } from "../breaking/released.ts";
import { carryChanges } from "./changelogs.ts";

/** Runs the part of `pnpm run version` that follows `changeset version`: writes the packages' version to the description, and records it in each package. */
export function release(folder: string): void {
  const repository = dirname(folder);
  const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8")) as { version: string };

  if (version === "0.0.0" || releasedVersions(join(folder, "released")).includes(version)) {
    console.log(`No changeset was pending: the version stays ${version}.`);
    return;
  }
  setInfoVersion(repository, version);
  turbo("bundle");
  record(repository, keepReleased(repository, version));
  carryChanges(repository, version, publishedFolders(repository));
  turbo("generate");
  console.log(
    `The description and its packages have version ${version}, and openapi/released/${version} has the bundle.`,
  );

  function turbo(task: string): void {
    const shell = process.platform === "win32";
    const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
    execFileSync("turbo", ["run", task], { cwd: repository, env, stdio: "inherit", shell });
  }
}

/** What a published package records about the description that it was generated from. */
export interface Recorded {
  /** `info.version` of the description. */
  version: string;
  /** SHA-256 of `openapi.json` of that version, as `sha256-` and base64: 64 hexadecimal digits look like a secret key. */
  integrity: string;
}

/** Sets `info.version` of `openapi.yaml` in a repository, and nothing else: comments and layout stay. */
export function setInfoVersion(repository: string, version: string): void {
  const path = join(repository, "openapi/openapi.yaml");
  const text = readFileSync(path, "utf8");
  const found = /(?<=^info:\n(?: {2}.*\n)*? {2}version: ).*$/m;
  if (!found.test(text))
    throw new Error(
      'openapi/openapi.yaml has no "version" under "info". Restore it: a release writes the new version there.',
    );
  writeFileSync(path, text.replace(found, version));
}

/**
 * Keeps the bundle and the error catalogue of a version in `openapi/released`, for the gate to compare with.
 *
 * @throws Error if the bundle has another version because it was not generated again.
 */
export function keepReleased(repository: string, version: string): Recorded {
  const bundle = readFileSync(join(repository, "openapi/dist/openapi.json"));
  const made = (JSON.parse(bundle.toString()) as { info: { version: string } }).info.version;
  if (made !== version)
    throw new Error(`openapi/dist has version ${made}, but ${version} was expected. Run "pnpm run bundle" first.`);
  const folder = join(repository, "openapi/released", version);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "openapi.json"), bundle);
  writeFileSync(join(folder, "errors.json"), readFileSync(join(repository, "openapi/dist/errors.json")));
  return { version, integrity: `sha256-${createHash("sha256").update(bundle).digest("base64")}` };
}

/** Records in each published package which description it was generated from, as `openapi` of its package.json. */
export function record(repository: string, recorded: Recorded): void {
  for (const folder of publishedFolders(repository)) {
    const path = join(repository, folder, "package.json");
    const manifest = JSON.parse(readFileSync(path, "utf8")) as object;
    writeFileSync(path, `${JSON.stringify({ ...manifest, openapi: recorded }, null, 2)}\n`);
  }
}

/** Returns the folders of the packages that are published, from the root of the repository. */
export function publishedFolders(repository: string): string[] {
  const packages = readdirSync(join(repository, "packages")).map((name) => `packages/${name}`);
  return ["openapi", ...packages.toSorted()].filter((folder) => {
    const manifest = JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8")) as { private?: true };
    return !manifest.private;
  });
}
