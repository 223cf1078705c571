import { once } from "node:events";
import { type AddressInfo, createServer } from "node:net";
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { freePort } from "../serving.ts";
import { curlCommand } from "../start/sample-calls.ts";
import { paste, start, type Started, stateFolder } from "./started.ts";

const state = stateFolder();
let started: Started;

beforeAll(async () => {
  started = await start(state.path);
});
afterEach(() => {
  vi.restoreAllMocks();
});
afterAll(async () => {
  await started?.stop();
  state.remove();
});

test("creates a group at the emulator, finds it again, and prints an explained error of the contract server", () => {
  const [create, get, search, , wrong] = started
    .output()
    .split(/\n(?=createContactGroup|getContactGroup|searchContactGroup)/)
    .slice(1);
  expect(create).toMatch(/"GroupItem":\{"GroupName":"group_0001","GroupId":1\}.*"failures":\[\]/);
  expect(get).toContain('"CompleteFlag":1');
  expect(search).toMatch(/"ContactResultItem":\[\{"Type":1,"To_Account":"user_0002".*"GroupName":"group_0001"/);
  expect(wrong).toMatch(/error\s+RequestError: .*\/ContactItem\/0/);
});

test("prints a curl line that works as pasted", async () => {
  const line = /^curl .*$/m.exec(started.output())![0];
  expect(JSON.parse(await paste(line))).toMatchObject({ ActionStatus: "OK", CompleteFlag: 1 });
});

test("prints a curl line whose request the shell does not interpret", async () => {
  const request = { From_Account: `it's $(echo run) \`echo run\` "\\`, StartIndex: 0 };
  const line = curlCommand("http://127.0.0.1:1", request).replace("curl -s", "printf '%s\\n'");
  expect((await paste(line)).split("\n")).toContain(JSON.stringify(request));
});

test("serves the site at the address it prints", async () => {
  const page = await fetch(started.address("Reference site"));
  expect(page.status).toBe(200);
  expect(await page.text()).toContain("create_contact_group");
});

test("uses the next port, and prints it, when the preferred one is taken", async () => {
  const says = vi.spyOn(console, "log").mockReturnValue();
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const { port: taken } = other.address() as AddressInfo;
  const port = await freePort("contract server", taken);
  expect(port).toBeGreaterThan(taken);
  expect(says).toHaveBeenCalledExactlyOnceWith(`Port ${taken} is taken: the contract server uses ${port}.`);
  other.close();
});

// Windows has no signals.
test.runIf(process.platform !== "win32").each(["SIGINT", "SIGTERM"] as const)(
  "ends with exit code 0 on %s, frees the ports, and starts again with the same state",
  async (signal) => {
    const url = started.address("Contract server");
    const ended = once(started.process, "exit");
    started.process.kill(signal);
    expect(await ended).toEqual([0, null]);
    await expect(fetch(url)).rejects.toThrow("fetch failed");

    started = await start(state.path);
    const line = /^curl .*$/m.exec(started.output())![0];
    expect(JSON.parse(await paste(line))).toMatchObject({ ActionStatus: "OK", CompleteFlag: 1 });
  },
);
