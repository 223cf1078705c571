import { globSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { DockerfileParser, type Instruction } from "dockerfile-ast";
import { validate, ValidationSeverity } from "dockerfile-utils";
import { expect, test } from "vitest";
import { parse } from "yaml";
import rootManifest from "../../../package.json" with { type: "json" };
import manifest from "../package.json" with { type: "json" };
import { createProgram } from "../src/cli/program.ts";

const root = new URL("../../../", import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), "utf8");
const text = read("packages/emulator/Dockerfile");
const instructions = DockerfileParser.parse(text).getInstructions();
const all = (keyword: string): readonly string[] =>
  instructions
    .filter((found: Instruction) => found.getKeyword() === keyword)
    .map((found) => found.getArgumentsContent() ?? "");
const program = createProgram("0.0.0");
const serveOptions = program.commands.find((command) => command.name() === "serve")?.options ?? [];
/** The arguments of an instruction in the form of a JSON array, which needs no shell. */
const words = (content: string): readonly string[] => JSON.parse(content.slice(content.indexOf("["))) as string[];

test("the Dockerfile has no flaw that its linter knows", () => {
  const { ERROR } = ValidationSeverity;
  const severities = {
    deprecatedMaintainer: ERROR,
    directiveCasing: ERROR,
    emptyContinuationLine: ERROR,
    instructionCasing: ERROR,
    instructionCmdMultiple: ERROR,
    instructionEntrypointMultiple: ERROR,
    instructionHealthcheckMultiple: ERROR,
    instructionJSONInSingleQuotes: ERROR,
    instructionWorkdirRelative: ERROR,
  };
  expect(validate(text, severities)).toEqual([]);
  expect(validate("FROM a\nCMD ['b']\n", severities)).not.toEqual([]);
});

test("both stages use the Node.js of the repository, which the emulator supports", () => {
  const version = read(".node-version").trim();
  expect(all("FROM")).toEqual([`node:${version}-slim AS build`, `node:${version}-slim`]);
  const [oldest = "", used = ""] = [manifest.engines.node.slice(2), version];
  expect(used.localeCompare(oldest, "en", { numeric: true })).toBeGreaterThan(0);
});

test("it is built with the package manager of the repository", () => {
  const managers = [...text.matchAll(/\bpnpm@[\d.]+/g)].map(([found]) => found);
  expect(new Set(managers)).toEqual(new Set([rootManifest.packageManager]));
});

test("the image starts and checks the command that the package has", () => {
  const bin = manifest.bin["contact-groups-emulator"];
  const command = ["node", `/emulator/${bin.slice(2)}`];
  expect(all("ENTRYPOINT").map(words)).toEqual([command]);
  expect(all("HEALTHCHECK").map(words)).toEqual([[...command, "health"]]);
  expect(all("CMD")).toEqual([]);
});

test("the health check asks the port that is exposed, which is the port by default", () => {
  const port = serveOptions.find(({ long }) => long === "--port")?.defaultValue as string;
  expect(all("EXPOSE")).toEqual([port]);
  const health = program.commands.find((command) => command.name() === "health");
  expect(health?.options.find(({ long }) => long === "--url")?.defaultValue).toBe(`http://127.0.0.1:${port}`);
});

test("the image listens at all its addresses, by the environment variable of --host", () => {
  const { envVar } = serveOptions.find(({ long }) => long === "--host") ?? {};
  expect(all("ENV").join(" ").split(" ")).toContain(`${envVar}=0.0.0.0`);
});

test("the image runs as a user that is not root, and keeps the state in its volume", () => {
  expect(all("USER")).toEqual(["1000:1000"]);
  expect(all("VOLUME")).toEqual(["/data"]);
  expect(all("WORKDIR").at(-1)).toBe("/data");
  expect(all("STOPSIGNAL")).toEqual(["SIGTERM"]);
  // What comes after runs as that user.
  const after = instructions.slice(instructions.findIndex((found) => found.getKeyword() === "USER"));
  expect(after.map((found) => found.getKeyword())).not.toContain("RUN");
});

test("the context leaves out what the build creates, and keeps every file that is built", () => {
  const lines = read("packages/emulator/Dockerfile.dockerignore").split("\n");
  const ignored = lines.filter((line) => line !== "" && !line.startsWith("#"));
  expect(ignored).toEqual(expect.arrayContaining(["**/node_modules", "**/dist", ".git"]));
  const cwd = fileURLToPath(root);
  const needed = [
    "pnpm-lock.yaml",
    "pnpm-workspace.yaml",
    "turbo.json",
    "telemetry.env",
    "openapi/openapi.yaml",
    ...globSync("packages/{core,client,emulator,toolchain}/src/**/*.ts", { cwd, exclude: ["**/generated/**"] }),
  ];
  const left = new Set(globSync(ignored, { cwd }));
  expect(needed.filter((path) => left.has(path) || ignored.some((line) => path.startsWith(`${line}/`)))).toEqual([]);
});

test("the README's examples name the port, the volume and the file", () => {
  const [, section = ""] = /## In a container\n([\s\S]*?)\n## /.exec(read("packages/emulator/README.md")) ?? [];
  const examples = [...section.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""]): unknown => parse(yaml));
  const [port] = all("EXPOSE");
  const [volume] = all("VOLUME");
  const dockerfile = "packages/emulator/Dockerfile";
  expect(examples).toMatchObject([
    {
      services: {
        emulator: {
          build: { context: ".", dockerfile },
          ports: [`127.0.0.1:${port}:${port}`],
          volumes: [`emulator:${volume}`],
        },
      },
    },
    { jobs: { test: { services: { emulator: { ports: [`${port}:${port}`] } } } } },
  ]);
  expect(section).toContain(`docker build --file ${dockerfile} `);
  expect(section).toContain(`--publish 127.0.0.1:${port}:${port} --volume emulator:${volume} `);
  expect(section).toContain(serveOptions.find(({ long }) => long === "--host")?.envVar);
});
