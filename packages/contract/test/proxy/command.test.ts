import { spawn } from "node:child_process";
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { regions } from "@contact-groups/openapi/model";
import { expect, onTestFinished, test } from "vitest";
import { fetching, nodeProgram } from "../cli/consumers.ts";
import { runCommand, runProcess } from "../cli/run-command.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { send } from "../send.ts";
import { emptyPage, emulatorUrl, providerOf, sendJson } from "./start.ts";

const headers = { "Content-Type": "application/json" };

test.each([
  ["a valid call", fetching(true), 0, /are valid/],
  [
    "an invalid call",
    fetching(false),
    1,
    /^request of call 0 \(getContactGroup\) \[schema\] .*random[^]*random is required/,
  ],
  ["no call", "", 3, /No call was recorded/],
  ["a command that fails", `${fetching(true)} process.exitCode = 9;`, 9, /are valid/],
])("proxy -- after %s exits with the right code", async (_, code, exitCode, printed) => {
  const ended = await runProcess(["proxy", "--upstream", await emulatorUrl(), "--", ...nodeProgram(code)]);
  expect(ended.stderr).toMatch(printed);
  expect({ code: ended.code, stdout: ended.stdout }).toEqual({ code: exitCode, stdout: "" });
});

test("proxy -- exits with 1 for a response that breaks a rule, and with 4 without one", async () => {
  const broken = await providerOf((outgoing) => sendJson(outgoing, { ...emptyPage, CompleteFlag: "1" }));
  const run = (upstream: string) => runProcess(["proxy", "--upstream", upstream, "--", ...nodeProgram(fetching(true))]);
  expect(await run(broken.url)).toMatchObject({
    code: 1,
    stderr: expect.stringMatching(/^response of call 0 .*CompleteFlag/),
  });
  expect(await run("http://127.0.0.1:9")).toMatchObject({
    code: 4,
    stderr: expect.stringContaining("No verdict: 1 call is without a response of the provider.\n"),
  });
});

test("--record writes calls that check and coverage read", async () => {
  const folder = temporaryFolder();
  const upstream = await emulatorUrl();
  await runProcess(["proxy", "--upstream", upstream, "--record", folder, "--", ...nodeProgram(fetching(true))]);
  expect(await runCommand(["check", folder])).toMatchObject({ code: 0 });
  expect(await runCommand(["coverage", folder])).toMatchObject({ code: 0, stdout: expect.stringMatching(/^1 call, /) });
});

/** Runs the proxy in this process until `use` has resolved. */
function serve(
  args: readonly string[],
  use: (origin: string) => Promise<unknown>,
  environment = {},
): ReturnType<typeof runCommand> {
  const untilStopped = async (printed: () => string): Promise<void> => {
    await expect.poll(printed).toMatch(/http:/);
    await use(/http:\/\/\S+:\d+/.exec(printed())?.[0] ?? "");
  };
  return runCommand(["proxy", ...args], { untilStopped, environment });
}

test("adds the header fields of the options, and prints none of their values", async () => {
  const { url, received } = await providerOf((outgoing) => sendJson(outgoing, emptyPage));
  const args = ["--upstream", url, "--header", "X-Tenant: seven-seven", "--header-env", "Authorization=GATEWAY"];
  const ended = await serve(args, (origin) => send(fetch, "getContactGroup", { origin, headers }), {
    GATEWAY: "Bearer secret-word",
  });
  expect(received[0]?.fields).toEqual(
    expect.arrayContaining(["X-Tenant", "seven-seven", "Authorization", "Bearer secret-word"]),
  );
  expect(ended.code).toBe(0);
  expect(ended.stdout + ended.stderr).not.toMatch(/seven-seven|secret-word/);
});

test("says first that calls that may write are not sent to the service, and exits with 4 after one", async () => {
  const ended = await serve(["--upstream", "singapore"], async (origin) => {
    await send(fetch, "createContactGroup", { origin, headers });
  });
  expect(ended.stderr).toMatch(
    new RegExp(`^Calls that may write are not sent to ${regions.singapore}, because it is not on this machine; --yes`),
  );
  expect(ended).toMatchObject({
    code: 4,
    stdout: expect.stringContaining("No verdict: 1 call is not sent to the provider"),
  });
});

test.each([
  [["--upstream", "https://user:secret-word@gw.example"], "--upstream must be a URL without a user name"],
  [["--upstream", "https://gw.example/?key=secret-word"], "--upstream must be a URL without a path and a query"],
  [["--upstream", "singapore", "--header", "secret-word"], "--header must be as in"],
  [["--upstream", "singapore", "--header", "a b: secret-word"], 'The header field "a b" is not one that HTTP allows.'],
  [
    ["--upstream", "singapore", "--header-env", "Authorization=NOT_SET"],
    "--header-env: the environment variable NOT_SET is not set.",
  ],
  [["--upstream", "singapore", "--ca", "no-such-file.pem"], "--ca no-such-file.pem cannot be read (ENOENT)."],
  [
    ["--upstream", "http://127.0.0.1:9", "--host", "192.0.2.1"],
    "The address 192.0.2.1 is not an address of this machine.",
  ],
  [["--upstream", "http://127.0.0.1:9", "--", "no-such-program"], "The program no-such-program was not found."],
  [[], "required option '--upstream <url>' not specified"],
])("exits with 2 and one clear sentence for %j", async (args, sentence) => {
  const { code, stderr, stdout } = await runCommand(["proxy", ...args]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(stderr).toContain(sentence);
  expect(stderr).not.toMatch(/secret-word|\n\s+at /);
});

test("reports a folder that it cannot record in, and exits with 2", async () => {
  const file = join(temporaryFolder(), "file");
  writeFileSync(file, "");
  const args = ["proxy", "--upstream", "http://127.0.0.1:9", "--record", join(file, "calls")];
  expect(await runCommand(args)).toMatchObject({ code: 2, stderr: expect.stringContaining("cannot be recorded in") });
});

test("calls a provider over HTTPS whose certificate --ca trusts, and no other", async () => {
  const folder = temporaryFolder();
  const cli = join(
    dirname(createRequire(import.meta.url).resolve("@contact-groups/emulator/package.json")),
    "dist/cli.js",
  );
  const emulator = spawn(process.execPath, [cli, "--https", "--memory", "--port", "0", "--no-seed"], { cwd: folder });
  onTestFinished(() => void emulator.kill("SIGKILL"));
  let printed = "";
  emulator.stdout.setEncoding("utf8").on("data", (text: string) => (printed += text));
  await expect.poll(() => printed).toMatch(/Trust +\S+/);
  const [upstream = ""] = /https:\/\/127\S+/.exec(printed) ?? [];
  const [, ca = ""] = /Trust +(\S+)/.exec(printed) ?? [];
  const run = (...more: readonly string[]) =>
    runProcess(["proxy", "--upstream", upstream, ...more, "--", ...nodeProgram(fetching(true))]);
  expect(await run("--ca", ca)).toMatchObject({ code: 0 });
  expect(await run()).toMatchObject({ code: 4, stderr: expect.stringContaining("without a response of the provider") });
});
