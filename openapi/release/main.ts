/** The part of `pnpm run version` that follows `changeset version`: the description gets the packages' version, and each package records it. */
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { file } from "../bundle/redocly.ts";
import { releasedVersions } from "../breaking/released.ts";
import { keepReleased, record, setInfoVersion } from "./versions.ts";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const { version } = JSON.parse(readFileSync(file("package.json"), "utf8")) as { version: string };

if (version === "0.0.0" || releasedVersions(file("released")).includes(version)) {
  console.log(`No changeset was pending: the version stays ${version}.`);
} else {
  setInfoVersion(repository, version);
  execFileSync("turbo", ["run", "bundle"], { cwd: repository, stdio: "inherit", shell: process.platform === "win32" });
  record(repository, keepReleased(repository, version));
  execFileSync("turbo", ["run", "generate"], {
    cwd: repository,
    stdio: "inherit",
    shell: process.platform === "win32",
  });
  console.log(`The description and its packages have version ${version}, and openapi/released/${version} holds it.`);
}
