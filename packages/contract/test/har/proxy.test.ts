import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createClient } from "@contact-groups/client";
import { createEmulator } from "@contact-groups/emulator";
import { expect, onTestFinished, test } from "vitest";
import { runCommand } from "../cli/run-command.ts";
import { temporaryFolder } from "../coverage/folder.ts";

const command = fileURLToPath(new URL("cli.js", import.meta.resolve("@contact-groups/emulator")));
const userSig = "eJwtzEELgjAYxvHvsnPY5nJtQodOSREdVoTdrM16qcmYQ5fVd0";
const app = { sdkAppId: 1400000000, identifier: "administrator", userSig };

/** Starts the emulator's proxy until the test ends. Returns where it listens. */
function startProxy(...args: string[]): Promise<string> {
  const child = spawn(process.execPath, [command, "proxy", "--port", "0", "--quiet", ...args], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  onTestFinished(() => void child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    child.stdout.once("data", (chunk: Buffer) => resolve(String(chunk).trim()));
    child.once("exit", (code) => reject(new Error(`The proxy ended with ${code}.`)));
  });
}

test.each([[[]], [["--pseudonyms"]]])("validates what the emulator's proxy records (%j)", async (options) => {
  const emulator = createEmulator({ seed: { apps: [{ accounts: ["user_0001", "user_0002"] }] } });
  onTestFinished(() => emulator.close());
  const { url: origin } = await emulator.listen();
  const file = join(temporaryFolder(), "calls.har");
  const baseUrl = await startProxy("--upstream", origin, "--record", file, ...options);
  const client = createClient({ ...app, baseUrl });
  await client.createContactGroup({
    From_Account: "user_0001",
    GroupContactItem: [{ GroupName: "family", ContactItem: [{ Type: 1, To_Account: "user_0002" }] }],
  });
  await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });

  const { code, stdout } = await runCommand(["check", file]);
  expect(stdout).toBe("2 calls, no violation.\n");
  expect(code).toBe(0);
  expect(readFileSync(file, "utf8")).not.toContain(userSig);
  if (options.length > 0) expect(readFileSync(file, "utf8")).not.toMatch(/user_0001|family/);
});
