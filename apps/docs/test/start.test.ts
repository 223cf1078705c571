import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterEach, expect, test, vi } from "vitest";
import { freePort } from "../start/free-port.ts";

const main = fileURLToPath(new URL("../start/main.ts", import.meta.url));
let running: ChildProcess | undefined;

afterEach(() => {
  vi.restoreAllMocks();
  running?.kill("SIGKILL");
  running = undefined;
});

async function start(): Promise<{ output: () => string; process: ChildProcess }> {
  const child = spawn(process.execPath, [main], { stdio: ["ignore", "pipe", "pipe"] });
  running = child;
  let text = "";
  const ready = new Promise<void>((resolve, reject) => {
    child.stdout.on("data", (chunk) => {
      text += chunk;
      if (text.includes("Ctrl-C stops all three.")) resolve();
    });
    child.stderr.on("data", (chunk) => (text += chunk));
    child.on("exit", (code) => reject(new Error(`exited with ${code}:\n${text}`)));
  });
  await ready;
  return { output: () => text, process: child };
}

test("creates a group at the emulator and finds it again, then shows one explained error of the contract server", async () => {
  const { output } = await start();
  const [create, get, search, , wrong] = output()
    .split(/\n(?=createContactGroup|getContactGroup|searchContactGroup)/)
    .slice(1);
  expect(create).toMatch(/"GroupItem":\{"GroupName":"group_0001","GroupId":1\}.*"failures":\[\]/);
  expect(get).toContain('"CompleteFlag":1');
  expect(search).toMatch(/"ContactResultItem":\[\{"Type":1,"To_Account":"user_0002".*"GroupName":"group_0001"/);
  expect(wrong).toMatch(/error\s+RequestError: .*\/ContactItem\/0/);
});

test("prints a curl line that works as pasted", async () => {
  const { output } = await start();
  const line = /^curl .*$/m.exec(output())![0];
  const { stdout } = await promisify(execFile)("sh", ["-c", line]);
  expect(JSON.parse(stdout)).toMatchObject({ ActionStatus: "OK", CompleteFlag: 1 });
});

test("serves the site at the address it prints", async () => {
  const { output } = await start();
  const page = await fetch(/^Reference site\s+(\S+)$/m.exec(output())![1]!);
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("create_contact_group");
});

test("takes the next port, and says so, when the preferred one is taken", async () => {
  const says = vi.spyOn(console, "log").mockReturnValue();
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port: taken } = other.address() as AddressInfo;
  const port = await freePort("contract server", taken);
  expect(port).toBeGreaterThan(taken);
  expect(says).toHaveBeenCalledExactlyOnceWith(`Port ${taken} is taken: the contract server takes ${port}.`);
  other.close();
});

// Windows has no signals.
test.runIf(process.platform !== "win32").each(["SIGINT", "SIGTERM"] as const)(
  "ends with exit code 0 on %s, and lets the ports go",
  async (signal) => {
    const { output, process: child } = await start();
    const url = /^Contract server\s+(\S+)$/m.exec(output())![1]!;
    const ended = once(child, "exit");
    child.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");
  },
);
