import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { emulate, to } from "../call.ts";
import { sign } from "../user-sig.ts";
import { call, createGroup } from "./call.ts";
import { emptyFolder, hasSignals, run, spawnCommand, type Running } from "./run.ts";

const userSig = await sign();

/** A proxy in a process of its own. */
async function spawnProxy(args: readonly string[], folder: string): Promise<Running & { readonly url: string }> {
  const running = spawnCommand(["proxy", "--port", "0", ...args], { folder });
  const [url = ""] = /http:\/\/127\.0\.0\.1:\d+/.exec(await running.until("\n")) ?? [];
  return { ...running, url };
}

test.runIf(hasSignals)("forwards, records, compares, and reports when a signal ends it", async () => {
  const folder = emptyFolder();
  const emulator = emulate({ existingName: "error" });
  const { url: origin } = await emulator.listen();
  const args = ["--upstream", origin, "--record", "calls.har", "--report", "report.json", "--learn"];
  const { url, until, child, ended, output, errors } = await spawnProxy(args, folder);
  for (const name of ["a", "a"])
    await call(
      url,
      "createContactGroup",
      { From_Account: "ann", GroupContactItem: [{ GroupName: name, ContactItem: [to("bob")] }] },
      { usersig: userSig },
    );
  await until("differs [create.existing-name]");
  child.kill("SIGINT");
  expect([await ended, errors()]).toEqual([0, ""]);
  expect(output()).toContain(`forwards calls to ${origin}. Each call has its effect there.`);
  expect(output()).toContain("With --set existingName=error, the emulator would respond like this.");
  expect(output()).toContain("3 calls: 2 the same, 1 different, 0 not compared.");
  const report = readFileSync(join(folder, "report.json"), "utf8");
  expect(JSON.parse(report)).toMatchObject({
    upstream: origin,
    settings: { existingName: "error" },
    calls: { total: 3 },
  });
  const har = readFileSync(join(folder, "calls.har"), "utf8");
  expect((JSON.parse(har) as { log: { entries: object[] } }).log.entries).toHaveLength(3);
  expect(output() + report + har).not.toContain(userSig.slice(0, 20));
  await emulator.close();
});

test.runIf(hasSignals)("keeps what was recorded when it is killed, and goes on after it", async () => {
  const folder = emptyFolder();
  const emulator = emulate();
  const { url: origin } = await emulator.listen();
  for (let start = 0; start < 2; start++) {
    const { url, child, ended } = await spawnProxy(["--upstream", origin, "--record", "calls.har"], folder);
    for (let index = 0; index < 5; index++) await createGroup(url, "ann", `${start}${index}`);
    child.kill("SIGKILL");
    await ended;
  }
  const { url, until } = await spawnProxy(["--upstream", origin, "--record", "calls.har"], folder);
  await until("after 10 earlier calls");
  await createGroup(url, "ann", "last");
  const har = JSON.parse(readFileSync(join(folder, "calls.har"), "utf8")) as { log: { entries: object[] } };
  expect(har.log.entries).toHaveLength(11);
  await emulator.close();
});

test.runIf(hasSignals)("prints one JSON document per line with --json", async () => {
  const folder = emptyFolder();
  const emulator = emulate();
  const { url: origin } = await emulator.listen();
  const { url, until, child, ended, output } = await spawnProxy(["--upstream", origin, "--json"], folder);
  await call(url, "getContactGroup", { From_Account: "ann", StartIndex: 0 });
  await until('"event":"call"');
  child.kill("SIGTERM");
  await ended;
  const events = output()
    .trim()
    .split("\n")
    .map((line) => JSON.parse(line) as object);
  expect(events).toMatchObject([
    { event: "listening", upstream: origin },
    { event: "call", method: "POST", status: 200, verdict: { kind: "same", rule: "get.page" } },
    { event: "report", calls: { total: 1, same: 1 } },
  ]);
  await emulator.close();
});

test.runIf(hasSignals)("compares with the strict settings with --strict", async () => {
  const emulator = emulate();
  const { url: origin } = await emulator.listen();
  const { url, until } = await spawnProxy(["--upstream", origin, "--strict"], emptyFolder());
  await call(url, "getContactGroup", { From_Account: "ann", StartIndex: 0, Surprise: 1 });
  const output = await until("the emulator would respond like this.");
  expect(output).toContain("With --set unknownFields=ignore,");
  await emulator.close();
});

test.each([
  [[], "required option '--upstream <region or url>'"],
  [["--upstream", "nowhere"], "--upstream must be a region or a URL"],
  [
    ["--upstream", "https://user:secret-word@x.example"],
    "--upstream must be a URL without a user name and a password.",
  ],
  [["--upstream", "china", "--port", "70000"], "--port must be a number from 0 to 65535"],
  [["--upstream", "china", "--timeout-ms", "0"], "--timeout-ms must be a number from 1 to 600000"],
  [["--upstream", "china", "--record", "one", "--report", "./one"], "--record and --report must be two files."],
  [["--upstream", "china", "--cert", "cert.pem"], "--cert belongs to --https: give --https as well."],
  [["--upstream", "china", "--set", "pageSize=0"], "The setting pageSize must be a positive integer"],
  [["--upstream", "china", "--set", "nothing=1"], "There is no setting nothing."],
  [["--upstream", "china", "--config", "missing.json"], "missing.json cannot be read: there is no such file"],
  [
    ["--upstream", "china", "--record", "missing/calls.har"],
    "--record: missing/calls.har cannot be written: there is no such file",
  ],
  [["--upstream", "china", "--report", "missing/report.json"], "--report missing/report.json cannot be written"],
  [["--upstream", "china", "--record", "notes.txt"], "--record: notes.txt is not a recording of this command."],
  [["--upstream", "china", "--host", "nowhere.invalid"], "This machine has no address nowhere.invalid."],
])("rejects %j with a sentence and 2", async (args, message) => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "notes.txt"), "my notes");
  const { code, errors } = await run(["proxy", ...args], { folder });
  expect(errors).toContain(message);
  expect(errors).not.toMatch(/secret-word| {4}at /);
  expect(code).toBe(2);
});

test("rejects an upstream that is the proxy itself", async () => {
  const emulator = emulate();
  const { port, url } = await emulator.listen();
  await emulator.close();
  const { code, errors } = await run(["proxy", "--upstream", url, "--port", String(port)]);
  expect([code, errors]).toEqual([
    2,
    "--upstream is the address of the proxy itself. Choose another --port or --upstream.\n",
  ]);
});
