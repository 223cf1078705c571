import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { lastReleased } from "../../breaking/released.ts";
import { publishedFolders } from "../../release/release.ts";
import { root } from "./bundle.ts";

const repository = fileURLToPath(new URL("..", root));
const manifestOf = (folder: string): any => JSON.parse(readFileSync(join(repository, folder, "package.json"), "utf8"));

test("all published packages and the description have one version, and record it where they were released", () => {
  const { version } = JSON.parse(readFileSync(join(repository, "openapi/dist/openapi.json"), "utf8")).info;
  const released = lastReleased(join(repository, "openapi/released"));
  for (const manifest of publishedFolders(repository).map(manifestOf)) {
    expect(manifest.version).toBe(version);
    expect(manifest.openapi?.version).toBe(released?.version ?? manifest.openapi?.version);
  }
});
