/** The packed emulator in each Node.js that it supports: as a library, as a server, and as a command that keeps its state. */
import { execFile, spawn } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { operations } from "@contact-groups/openapi/model";
import { afterAll, beforeAll, expect, test } from "vitest";
import { emptyFolder, link, packBuilt } from "@contact-groups/testing/projects";
import { emulatorFolder } from "../packed.ts";
import { emulatorNodes, type Executable, nodes, print } from "./executables.ts";

interface Manifest {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly engines: { readonly node: string };
}

const manifest = JSON.parse(readFileSync(join(emulatorFolder, "package.json"), "utf8")) as Manifest;
const query = "sdkappid=1400000000&identifier=administrator&usersig=any-text&random=1&contenttype=json";
const create = `${operations.createContactGroup.path}?${query}`;
const get = `${operations.getContactGroup.path}?${query}`;

const program = `
import { createEmulator } from "@contact-groups/emulator";
const emulator = createEmulator({ seed: { apps: [{ accounts: ["ann"] }] } });
const call = async (fetch, url, body) =>
  (await (await fetch(url, { method: "POST", body: JSON.stringify({ From_Account: "ann", ...body }) })).json()).ErrorCode;
const { url } = await emulator.listen();
console.log(JSON.stringify({
  codes: [
    await call(emulator.fetch, "http://emulator.test${create}", { GroupContactItem: [{ GroupName: "work" }] }),
    await call(fetch, url + "${get}", { StartIndex: 0 }),
  ],
  loaded: process.moduleLoadList.filter((name) => name.includes("sqlite")),
}));
await emulator.close();
`;

let project: string;
let command: string;
beforeAll(async () => {
  project = emptyFolder();
  const installed = join(project, "node_modules", "@contact-groups", "emulator");
  mkdirSync(installed, { recursive: true });
  const tarball = await packBuilt(emulatorFolder, project);
  await promisify(execFile)("tar", ["-xzf", tarball, "--strip-components=1", "-C", installed]);
  for (const name of Object.keys(manifest.dependencies)) link(project, name, emulatorFolder);
  command = join(installed, "dist", "cli.js");
  writeFileSync(join(project, "library.mjs"), program);
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("the oldest Node.js of these tests is the one that the package names", async () => {
  const [oldest] = emulatorNodes;
  expect(`>=${(await print(oldest!, ["--version"], project)).trim().slice(1)}`).toBe(manifest.engines.node);
});

test.each(emulatorNodes)("$runtime runs the library and a server without node:sqlite", async (executable) => {
  expect(JSON.parse(await print(executable, ["library.mjs"], project))).toEqual({ codes: [0, 0], loaded: [] });
});

/** Runs the command, calls it, and stops it with SIGTERM. Returns the names of the groups, and what it printed as errors. */
async function runCommand({ file }: Executable, folder: string, name: string): Promise<unknown> {
  const child = spawn(file, [command, "--port", "0", "--quiet"], { cwd: folder });
  const ended = new Promise((resolve) => child.once("close", (code, signal) => resolve(code ?? signal)));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors += text));
  const url = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(text.trim()));
    void ended.then((code) => reject(new Error(`It ended with ${String(code)}: ${errors}`)));
  });
  const call = async (
    path: string,
    body: object,
  ): Promise<{ readonly GroupItem: readonly { GroupName: string }[] }> => {
    const text = JSON.stringify({ From_Account: "user_0001", ...body });
    return (await (await fetch(url + path, { method: "POST", body: text })).json()) as never;
  };
  await call(create, { GroupContactItem: [{ GroupName: name }] });
  const { GroupItem } = await call(get, { StartIndex: 0 });
  child.kill("SIGTERM");
  return { ended: await ended, errors, groups: GroupItem.map(({ GroupName }) => GroupName) };
}

test.each(emulatorNodes)(
  "$runtime runs the command, which keeps its state in SQLite, without a warning",
  async (executable) => {
    const folder = emptyFolder();
    const first = await runCommand(executable, folder, "first");
    expect(first).toEqual({ ended: 0, errors: "", groups: ["family", "first"] });
    const second = await runCommand(executable, folder, "second");
    expect(second).toEqual({ ended: 0, errors: "", groups: ["family", "first", "second"] });
    rmSync(folder, { recursive: true });
  },
);

test("an older Node.js names the version that is needed", async () => {
  const [oldest] = nodes;
  await expect(print(oldest!, [command], project)).rejects.toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^contact-groups-emulator needs Node\.js 22\.13\.0 or later, but this is Node\.js 20\./,
    ),
  });
});
