import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { releasedVersions } from "../breaking/released.ts";
import { carryChanges } from "./changelogs.ts";
import { keepReleased, publishedFolders, record, setInfoVersion } from "./versions.ts";

/** The part of `pnpm run version` that follows `changeset version`: the description gets the packages' version, and each package records it. */
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
  console.log(`The description and its packages have version ${version}, and openapi/released/${version} holds it.`);

  function turbo(task: string): void {
    const shell = process.platform === "win32";
    const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1" };
    execFileSync("turbo", ["run", task], { cwd: repository, env, stdio: "inherit", shell });
  }
}
