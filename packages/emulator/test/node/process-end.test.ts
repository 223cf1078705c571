import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { createEmulator } from "../../src/index.ts";
import { emptyFolder, spawnCommand } from "../cli/run.ts";

const source = new URL("../../src/index.ts", import.meta.url).href;

/** Runs a program of its own, and waits until it ends by itself. */
async function runProgram(code: string, ...node: string[]): Promise<{ code: number | string; output: string }> {
  const entry = join(emptyFolder(), "program.test.mts");
  writeFileSync(entry, `import { createEmulator } from ${JSON.stringify(source)};\n${code}`);
  const { ended, output, errors } = spawnCommand([], { entry, node });
  return { code: await ended, output: output() + errors() };
}

/** Sends one request, and leaves half a request behind, which the emulator would wait for. */
const sendHalf = `import { connect } from "node:net";
import { once } from "node:events";
const { url, port } = await emulator.listen({ limits: { requestMs: 600_000, graceMs: 20 } });
const socket = connect(port, "127.0.0.1").unref().on("error", () => undefined);
await once(socket, "connect");
socket.write("POST / HTTP/1.1\\r\\nHost: a\\r\\nContent-Length: 100\\r\\n\\r\\n{");
console.log((await fetch(url, { method: "POST", body: "{}" })).status);
`;

test("a program that never closes its emulator ends, with half a request open", async () => {
  expect(await runProgram(`const emulator = createEmulator();\n${sendHalf}`)).toEqual({ code: 0, output: "200\n" });
});

test("a node:test that fails before close() ends with a failure", async () => {
  const { code, output } = await runProgram(
    `import { test } from "node:test";
    import assert from "node:assert";
    test("fails", async () => {
      const emulator = createEmulator();
      await emulator.listen();
      assert.equal(1, 2);
      await emulator.close();
    });`,
    "--test",
  );
  expect(output).toMatch(/fail 1\n/);
  expect(code).toBe(1);
});

test("close() finishes when nothing else keeps the process alive", async () => {
  const closing = `await emulator.close();\nconsole.log("closed");`;
  const ended = await runProgram(`const emulator = createEmulator();\n${sendHalf}${closing}`);
  expect(ended).toEqual({ code: 0, output: "200\nclosed\n" });
});

test("await using closes the listeners and the store", async () => {
  let url: string;
  {
    await using emulator = createEmulator();
    ({ url } = await emulator.listen());
    expect((await fetch(url, { method: "POST" })).status).toBe(200);
  }
  await expect(fetch(url, { method: "POST" })).rejects.toThrow(TypeError);
});

test("await using closes one listener", async () => {
  const emulator = createEmulator();
  onTestFinished(() => emulator.close());
  let url: string;
  {
    await using listener = await emulator.listen();
    ({ url } = listener);
  }
  await expect(fetch(url, { method: "POST" })).rejects.toThrow(TypeError);
  expect((await emulator.fetch("http://emulator.test", { method: "POST" })).status).toBe(200);
});
