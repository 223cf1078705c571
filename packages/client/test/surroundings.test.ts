/** Runtimes that lack something: a page without https, jsdom, a runtime without `fetch`. Each is a process of its own, because modules read globals when they load. */
import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";

const options = '{ sdkAppId: 1400000000, identifier: "administrator", region: "china"';
const create = (credential: string): string =>
  `const { createClient } = await import("./src/index.ts"); createClient(${options}, ${credential} });`;
const sign = `await (await import("./src/usersig.ts")).signUserSig({ sdkAppId: 1, identifier: "a", secretKey: "key" });`;

test.each([
  ["fetch", create('userSig: "eJw"'), "fetch must be available in this runtime, or the option fetch or transport, but"],
  ["crypto", create('userSig: "eJw"'), "crypto must be available in this runtime, or the option random"],
  [
    "crypto.subtle",
    create('secretKey: "key"'),
    "crypto.subtle must be available in this runtime, as in a page with https",
  ],
  ["crypto.subtle", sign, "crypto.subtle must be available in this runtime, as in a page with https, but is missing"],
  ["AbortController", create('userSig: "eJw"'), "AbortController must be available in this runtime, but is missing"],
])("without %s, %s throws an InvalidArgumentError that says so", async (missing, program, message) => {
  expect(await runWithout([missing], program)).toContain(`InvalidArgumentError: ${message}`);
});

test("a mock client needs nothing that jsdom lacks", async () => {
  const program = `
    const { createMockClient } = await import("./src/testing.ts");
    const client = createMockClient({ secretKey: "key" });
    client.mock.next("getContactGroup", { status: 502 }, { error: 51010, headers: { "Retry-After": "1" } }, { example: "OnlyPage" });
    const page = { From_Account: "用户", StartIndex: 0 };
    for (const checks of [1, 2, 3, 4]) await client.getContactGroup({ ...page, From_Account: "user15" }).then(
      ({ ErrorCode }) => console.log(ErrorCode), (error) => console.log(error.name));
    await client.createContactGroup({ ...page, From_Account: "user15", GroupContactItem: [{ GroupName: "家".repeat(32) }] }).catch(
      (error) => console.log(error.message));`;
  const lacking = ["fetch", "Request", "Response", "Headers", "crypto", "TextEncoder", "TextDecoder", "URL.canParse"];
  const more = ["ReadableStream", "DecompressionStream", "structuredClone", "AbortSignal.prototype.throwIfAborted"];
  expect(await runWithout([...lacking, ...more], program)).toBe(
    "HttpError\nRequestError\n0\n0\n/GroupContactItem/0/GroupName must have at most 64 bytes in UTF-8, but has 96\n",
  );
});

/** Runs a program of the package's sources after these globals were removed. Returns what it printed, or its error. */
async function runWithout(globals: readonly string[], program: string): Promise<string> {
  const remove = globals.map((path) => {
    const at = path.lastIndexOf(".");
    const owner = at < 0 ? "globalThis" : path.slice(0, at);
    return `Object.defineProperty(${owner}, "${path.slice(at + 1)}", { value: undefined, configurable: true });`;
  });
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [
      "--input-type=module",
      "-e",
      `${remove.join("\n")}\ntry { ${program} } catch (error) { console.log(String(error)); }`,
    ],
    { cwd: new URL("..", import.meta.url) },
  );
  return stdout;
}
