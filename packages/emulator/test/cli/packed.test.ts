import { execFile } from "node:child_process";
import { realpathSync, writeFileSync } from "node:fs";
import { basename, delimiter, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import manifest from "../../package.json" with { type: "json" };
import { commandsIn, paste } from "./paste.ts";
import { emptyFolder, spawnCommand, spawnServer, stopped } from "./run.ts";

const packages = fileURLToPath(new URL("../../..", import.meta.url));
/** npm, npx and pnpm are batch files on Windows, which only a shell can run. */
const shell = process.platform === "win32";
const env = { ...process.env, PATH: [dirname(process.execPath), process.env["PATH"]].join(delimiter) };
const execute = promisify(execFile);
const dependencies = Object.keys(manifest.dependencies);

/** A tarball as it would be published. `dist` has to be built. */
async function pack(program: "npm" | "pnpm", folder: string, to: string): Promise<string> {
  const args = program === "pnpm" ? ["pack", "--json"] : ["pack", "--json", "--ignore-scripts"];
  const { stdout } = await execute(program, [...args, "--pack-destination", to], { cwd: folder, env, shell });
  const packed = JSON.parse(stdout.slice(stdout.search(/^[[{]/m))) as Packed | readonly Packed[];
  const { filename } = (Array.isArray(packed) ? packed[0] : packed) as Packed;
  return join(to, basename(filename));
}

interface Packed {
  readonly filename: string;
}

const program = `
import { createClient } from "@contact-groups/client";
import { createEmulator } from "@contact-groups/emulator";
const [, , url] = process.argv;
const credentials = { sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text" };
const family = { From_Account: "user_0001", GroupContactItem: [{ GroupName: "from the client" }] };
await createClient({ ...credentials, baseUrl: url }).createContactGroup(family);
const emulator = createEmulator({ seed: { apps: [{ accounts: ["user_0001"] }] } });
const client = createClient({ ...credentials, baseUrl: url, fetch: emulator.fetch });
await client.createContactGroup(family);
const { GroupItem } = await client.getContactGroup({ From_Account: "user_0001", StartIndex: 0 });
console.log(JSON.stringify(GroupItem));
`;

test("the packed package is installed in an empty folder without a registry, and serves its first calls", async () => {
  const folder = emptyFolder();
  const tarballs = [
    await pack("pnpm", join(packages, "emulator"), folder),
    await pack("pnpm", join(packages, "client"), folder),
    ...(await Promise.all(
      dependencies.map((name) => pack("npm", realpathSync(join(packages, "emulator", "node_modules", name)), folder)),
    )),
  ];
  const flags = ["--offline", "--no-audit", "--no-fund", "--no-package-lock"];
  await execute("npm", ["install", ...flags, ...tarballs], { cwd: folder, env, shell });

  const { stdout: version } = await execute("npx", ["--offline", "@contact-groups/emulator", "--version"], {
    cwd: folder,
    env,
    shell,
  });
  expect(version.trim()).toMatch(/^\d+\.\d+\.\d+/);

  const bin = join(folder, "node_modules", "@contact-groups", "emulator", "dist", "cli.js");
  const { url, until, child, ended, errors } = await spawnServer([], { folder, entry: bin });
  const first = commandsIn(await until("curl"));
  expect(JSON.parse((await paste(first)).output)).toMatchObject({ ErrorCode: 0, GroupItem: [{ GroupName: "family" }] });

  writeFileSync(join(folder, "program.mjs"), program);
  const client = spawnCommand([url], { folder, entry: join(folder, "program.mjs") });
  expect([await client.ended, client.errors()]).toEqual([0, ""]);
  expect(JSON.parse(client.output())).toEqual([{ GroupName: "from the client", GroupId: 1 }]);
  child.kill("SIGTERM");
  expect([await ended, errors()]).toEqual([stopped, ""]);

  const again = await spawnServer(["--https"], { folder, entry: bin });
  const kept = await paste(commandsIn(await again.until("curl")));
  expect(JSON.parse(kept.output)).toMatchObject({
    GroupItem: [{ GroupName: "family" }, { GroupName: "from the client" }],
  });
}, 120_000);
