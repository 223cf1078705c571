import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { expect, onTestFinished, test } from "vitest";
import { run, serve, spawnCommand } from "./run.ts";

/** How the command ends, in a process of its own: it sets the exit code of its process. */
async function check(url: string): Promise<readonly unknown[]> {
  const { ended, output, errors } = spawnCommand(["health", "--url", url]);
  return [await ended, output(), errors()];
}

test.each([[["--public"]], [["--https"]]])("a server with %j is healthy at an address with http", async (args) => {
  const { url } = await serve(["--memory", ...args]);
  expect(await check(url.replace("https:", "http:"))).toEqual([0, `The emulator serves at ${url}\n`, ""]);
});

test("an address without a server is not healthy, with the exit code 1", async () => {
  const { url, close } = await serve(["--memory"]);
  await close();
  expect(await check(url)).toEqual([
    1,
    "",
    `No emulator serves at ${url}: connect ECONNREFUSED ${new URL(url).host}.\n`,
  ]);
});

test("another server is not healthy, with the exit code 1", async () => {
  const server = createServer((_, response) => response.end("{}")).listen(0, "127.0.0.1");
  onTestFinished(() => void server.close());
  await once(server, "listening");
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  expect(await check(url)).toEqual([1, "", `No emulator serves at ${url}: something else responds there.\n`]);
});

test("reports an address that is none", async () => {
  expect(await run(["health", "--url", "localhost:4020"])).toMatchObject({
    code: 2,
    errors: '--url must be an address such as http://127.0.0.1:4020, but is "localhost:4020".\n',
  });
});

test("the environment variable of the image sets the host, and --host replaces it", async () => {
  const env = { CONTACT_GROUPS_EMULATOR_HOST: "::1" };
  expect((await serve(["--memory"], { env })).url).toMatch(/^http:\/\/\[::1\]:/);
  expect((await serve(["--memory", "--host", "127.0.0.1"], { env })).url).toMatch(/^http:\/\/127\.0\.0\.1:/);
});
