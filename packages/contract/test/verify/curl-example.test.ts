import { execFile } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createEmulator } from "@contact-groups/emulator";
import { afterAll, beforeAll, expect, test } from "vitest";
import { exportText } from "../../src/verify/export-scenarios.ts";

const script = fileURLToPath(new URL("../../examples/curl/scenarios.sh", import.meta.url));
const folder = mkdtempSync(join(tmpdir(), "contract-curl-"));
const emulator = createEmulator({ seed: { apps: [{ accounts: ["user_0001", "user_0002"] }] } });
let baseUrl: string;

beforeAll(async () => {
  writeFileSync(join(folder, "scenarios.json"), exportText());
  baseUrl = (await emulator.listen()).url;
});
afterAll(async () => {
  await emulator.close();
  rmSync(folder, { recursive: true });
});

function runScript(peer: string): Promise<{ readonly code: number; readonly output: string }> {
  const env = {
    ...process.env,
    BASE_URL: baseUrl,
    SDKAPPID: "1400000000",
    IDENTIFIER: "administrator",
    USERSIG: "any-text",
    OWNER: "user_0001",
    PEER: peer,
    SCENARIOS: join(folder, "scenarios.json"),
  };
  return new Promise((resolve) => {
    execFile("sh", [script], { env }, (error, stdout, stderr) =>
      resolve({ code: typeof error?.code === "number" ? error.code : 0, output: stdout + stderr }),
    );
  });
}

test("the script passes with the emulator", async () => {
  const { code, output } = await runScript("user_0002");
  expect(output).not.toContain("not ok");
  expect(output.match(/^ok /gm)).toHaveLength(12);
  expect(code).toBe(0);
});

test("the script fails when a response is not as expected", async () => {
  emulator.reset();
  const { code, output } = await runScript("not-imported");
  expect(output).toMatch(/not ok {2}the conversation has ResultCode: expected 0, got \d+/);
  expect(code).toBe(1);
});
