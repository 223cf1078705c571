/** Runs the client's own tests with recording, and measures their coverage. */
import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { recordVariable } from "../../src/record/folder.ts";
import { temporaryFolder } from "./folder.ts";
import { runCommand } from "../cli/run-command.ts";

const config = fileURLToPath(new URL("client-suite/vitest.config.ts", import.meta.url));
const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");

/**
 * A sufficient part of the suite: the whole suite can only cover more, and runs in the client's package.
 */
const files = [
  "test/mock-client.test.ts",
  "test/responses.test.ts",
  "test/client-lists.test.ts",
  "test/middleware.test.ts",
];

test("the client's test suite covers every operation, every example and every way to fail", async () => {
  const folder = temporaryFolder();
  await promisify(execFile)(process.execPath, [vitest, "run", "--config", config, ...files], {
    env: { ...process.env, [recordVariable]: folder },
  });
  const minimums = ["operations", "examples", "failures", "pages"].flatMap((dimension) => [
    `--min-${dimension}`,
    "100",
  ]);
  const { code, stderr, stdout } = await runCommand(["coverage", folder, ...minimums]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  expect(stdout).toMatch(/^operations +100 %.*\nexamples +100 %.*\nfailures +100 %/m);
});
