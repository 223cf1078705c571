/** Builds the package into a temporary folder and uses it from there, as someone who has installed it would. */
import { execFile } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { build } from "tsdown";
import { afterAll, beforeAll, expect, test } from "vitest";
import { readBundle } from "../generate/bundle.ts";
import { okBody } from "./answer.ts";
import { listen } from "./listen.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const run = promisify(execFile);

let project: string;
let installed: string;
beforeAll(async () => {
  project = mkdtempSync(join(tmpdir(), "project-"));
  installed = join(project, "node_modules", manifest.name);
  mkdirSync(installed, { recursive: true });
  mkdirSync(join(project, "node_modules/@types"));
  symlinkSync(join(root, "node_modules/@types/node"), join(project, "node_modules/@types/node"), "junction");
  cpSync(join(root, "package.json"), join(installed, "package.json"));
  writeFileSync(join(project, "package.json"), '{"type":"module"}');
  await build({ cwd: root, outDir: join(installed, "dist"), logLevel: "silent" });
}, 60_000);
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("package.json names the version of the description it was made from", () => {
  expect(manifest.openapi).toEqual({ version: readBundle().info.version });
});

test("has no dependencies, and the built file imports nothing", () => {
  for (const kind of ["dependencies", "peerDependencies", "optionalDependencies"])
    expect(manifest).not.toHaveProperty(kind);
  for (const file of ["index.js", "index.d.ts"]) {
    const code = readFileSync(join(installed, "dist", file), "utf8").replace(/\/\*[^]*?\*\//g, "");
    expect(code).not.toMatch(/\bimport\b|\brequire\(|\bfrom "|node:/);
  }
});

test("the README's first lines run against a server, and type-check", async () => {
  const snippet = /<!-- run -->\s*```ts\n([^]*?)```/.exec(readFileSync(join(root, "README.md"), "utf8"))?.[1] ?? "";
  const conversations = [
    { Type: 1, To_Account: "user_0002", StandardMark: "1", Timestamp: 1 },
    { Type: 2, ToGroupId: "@TGS#1", StandardMark: "", Timestamp: 2 },
  ];
  await using server = await listen((_, response) =>
    response.end(JSON.stringify({ ...okBody, ContactItem: conversations })),
  );
  const script = join(project, "readme.ts");
  expect(snippet).toContain('region: "singapore"');
  writeFileSync(script, snippet.replace('region: "singapore"', `baseUrl: "${server.url}"`));

  const env = { ...process.env, SDKAPPID: "1400000000", USERSIG: "any" };
  const { stdout } = await run(process.execPath, [script], { cwd: project, env });
  expect(stdout).toBe("user_0002 1\n@TGS#1 \n");

  const tsc = join(root, "node_modules/typescript/bin/tsc");
  const options = [
    "--noEmit",
    "--strict",
    "--target",
    "es2022",
    "--module",
    "nodenext",
    "--types",
    "node",
    "readme.ts",
  ];
  await run(process.execPath, [tsc, ...options], { cwd: project });
}, 60_000);
