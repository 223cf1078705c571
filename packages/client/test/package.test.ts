/** Packs the package and checks the tarball, as a user installs it. */
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join, sep } from "node:path";
import { pathToFileURL } from "node:url";
import { promisify } from "node:util";
import preset from "@size-limit/preset-small-lib";
import { publint } from "publint";
import sizeLimit from "size-limit";
import ts from "typescript-5";
import { afterAll, beforeAll, expect, test } from "vitest";
import { descriptionVersion, errors, operations, operationTexts, successExamples } from "@contact-groups/openapi/model";
import { emptyFolder, install, link } from "@contact-groups/testing/projects";
import { pack, root, type Packed } from "./packed.ts";

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const readme = readFileSync(join(root, "README.md"), "utf8");
const entries = Object.keys(manifest.exports).filter((entry) => entry !== "./package.json");
/** Most bytes that each import adds to a program's bundle, minified and compressed with gzip, by the table in the README. */
const budgets = [...readme.matchAll(/^\| `([^`]+)` +\|[^|]+\| ([\d.]+) kB +\|$/gm)].map(
  ([, what = "", kilobytes]) => [what, Number(kilobytes) * 1000] as const,
);
const run = promisify(execFile);

let packed: Packed;
let project: string;
let dist: string;
beforeAll(async () => {
  packed = await pack();
  project = emptyFolder();
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  await install(project, packed.tarball);
  for (const peer of Object.keys(manifest.peerDependencies)) link(project, peer, root);
  dist = join(project, "node_modules", manifest.name, "dist");
});
afterAll(() => {
  packed.remove();
  rmSync(project, { recursive: true, force: true });
});

test("publint reports nothing about the tarball", async () => {
  const { buffer, byteOffset, byteLength } = readFileSync(packed.tarball);
  const tarball = buffer.slice(byteOffset, byteOffset + byteLength);
  const { messages } = await publint({ pack: { tarball }, strict: true });
  expect(messages).toEqual([]);
});

test("attw resolves the right types for each entry in every way of resolution", async () => {
  const cli = join(root, "node_modules/@arethetypeswrong/cli");
  const { bin } = JSON.parse(readFileSync(join(cli, "package.json"), "utf8"));
  // It ends before a pipe has taken all of a long report: a file takes it at once.
  const report = join(project, "attw.json");
  const stdio = ["ignore", openSync(report, "w"), "inherit"] as const;
  await once(
    spawn(process.execPath, [join(cli, bin.attw), packed.tarball, "--format", "json"], { stdio: [...stdio] }),
    "close",
  );
  const { analysis, problems } = JSON.parse(readFileSync(report, "utf8"));
  expect(problems).toEqual({});
  expect(Object.keys(analysis.entrypoints)).toEqual(expect.arrayContaining(entries));
});

test("each test file that the README names exists", () => {
  const proofs = [...readme.matchAll(/`(test\/[\w/.-]+)`/g)].map(([, path = ""]) => path);
  expect(proofs.length).toBeGreaterThan(14);
  expect(proofs.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

test("has no dependencies, and two optional peers", () => {
  expect(manifest).not.toHaveProperty("dependencies");
  expect(manifest).not.toHaveProperty("optionalDependencies");
  expect(manifest.peerDependenciesMeta).toEqual({
    "@opentelemetry/api": { optional: true },
    "openapi-fetch": { optional: true },
  });
  expect(Object.keys(manifest.peerDependencies)).toEqual(["@opentelemetry/api", "openapi-fetch"]);
});

test("no entry but node imports a module of Node.js, and none but otel and openapi-fetch one of another package", () => {
  const imported = new Map(entries.map((entry) => [entry, importsOf(nameOf(entry))]));
  const {
    "./node": ofNode = [],
    "./otel": ofOtel = [],
    "./openapi-fetch": ofOpenapiFetch = [],
    ...others
  } = Object.fromEntries(imported);
  expect(ofNode.filter((name) => !name.startsWith("node:"))).toEqual([]);
  expect(ofOtel).toEqual(["@opentelemetry/api"]);
  expect(ofOpenapiFetch).toEqual(["openapi-fetch"]);
  expect(Object.values(others).flat()).toEqual([]);
});

test("no entry but catalogue loads the texts of the error catalogue, and none but testing the examples", () => {
  const loading = (text: string): string[] => entries.filter((entry) => codeOf(nameOf(entry)).includes(text));
  const example = Object.keys(successExamples.getContactGroup)[0]!;
  expect(loading(JSON.stringify(errors[51010].cause))).toEqual(["./catalogue"]);
  expect(loading(`${example}: {`)).toEqual(["./testing"]);
});

test("a bundle that imports createClient alone has no function that builds the body of an operation", async () => {
  const size = await sizeOf("index", "{ createClient }");
  for (const name of ["renameContactGroup", "markConversations", "markItem", "diffStandardMark"])
    expect(await sizeOf("index", `{ createClient, ${name} }`)).toBeGreaterThan(size + 100);
});

test("declares that no module has side effects, and that its origin is attested when it is published", () => {
  expect(manifest.sideEffects).toBe(false);
  expect(manifest.publishConfig).toEqual({ access: "public", provenance: true });
});

test("each file of code has a source map with its sources", () => {
  // The bundler's own code, which reads the default export of a CommonJS package, has no source here.
  const files = readdirSync(dist).filter((file) => /\.c?js$/.test(file) && !file.startsWith("rolldown-runtime"));
  expect(files.length).toBeGreaterThan(entries.length * 2);
  for (const file of files) {
    const { sources, sourcesContent } = JSON.parse(readFileSync(join(dist, `${file}.map`), "utf8"));
    expect(sourcesContent).toHaveLength(sources.length);
    expect(readFileSync(join(dist, file), "utf8")).toContain(`//# sourceMappingURL=${file}.map`);
  }
});

test("package.json has the version of the description that it was built from", () => {
  expect(manifest.openapi.version).toBe(descriptionVersion);
});

test("the tarball contains the built files, the README and the licence, and nothing else", () => {
  const paths = readdirSync(dirname(dist), { recursive: true, encoding: "utf8" });
  const files = paths.map((path) => path.replaceAll(sep, "/"));
  expect(files.filter((file) => !file.startsWith("dist")).toSorted()).toEqual(["LICENSE", "README.md", "package.json"]);
  expect(
    files.filter((file) => file.startsWith("dist/")).filter((file) => !/\.(d\.)?c?[jt]s(\.map)?$/.test(file)),
  ).toEqual([]);
});

test("in both formats, an error of one entry is an instance of the class that another exports", async () => {
  const check = `async function check(client, testing, usersig, node) {
    const mock = testing.createMockClient();
    mock.mock.next("getContactGroup", { error: "InvalidRequestParameter" });
    const refused = await mock.getContactGroup({ From_Account: "user15", StartIndex: 0 }).catch((error) => error);
    const wrong = [await usersig.signUserSig({}).catch((error) => error)];
    for (const call of [() => testing.createMockClient({ logLevel: "loud" }), () => node.nodeTransport({ maxSockets: 0 })])
      try { call(); } catch (error) { wrong.push(error); }
    console.log(refused instanceof client.ApiError, wrong.map((error) => error instanceof client.InvalidArgumentError));
  }`;
  const names = ["", "/testing", "/usersig", "/node"].map((entry) => `${manifest.name}${entry}`);
  writeFileSync(join(project, "one.cjs"), `${check}\ncheck(${names.map((name) => `require("${name}")`).join(", ")});`);
  writeFileSync(
    join(project, "one.mjs"),
    `${names.map((name, index) => `import * as entry${index} from "${name}";`).join("\n")}
${check}\nawait check(${names.map((_, index) => `entry${index}`).join(", ")});`,
  );
  const outcomes = ["one.cjs", "one.mjs"].map((file) => run(process.execPath, [file], { cwd: project }));
  const printed = (await Promise.all(outcomes)).map(({ stdout }) => stdout);
  expect(printed).toEqual(["true [ true, true, true ]\n", "true [ true, true, true ]\n"]);
});

test("an error of the ES module is an instance of the class of the CommonJS one, and the other way round", async () => {
  const program = `
import { createRequire } from "node:module";
import * as esm from "${manifest.name}";
import * as esmTesting from "${manifest.name}/testing";
const require = createRequire(import.meta.url);
const cjs = require("${manifest.name}");
const cjsTesting = require("${manifest.name}/testing");
const thrown = async ({ createMockClient }, response) => {
  const client = createMockClient();
  client.mock.next("getContactGroup", response);
  return client.getContactGroup({ From_Account: "user15", StartIndex: 0 }).catch((error) => error);
};
for (const [testing, other] of [[esmTesting, cjs], [cjsTesting, esm]]) {
  const api = await thrown(testing, { error: "CallRateExceeded" });
  const http = await thrown(testing, { status: 502 });
  class Own extends other.ApiError {}
  const classes = [other.ContactGroupsError, other.ApiError, other.ThrottleError, other.RequestError, other.HttpError, Own];
  for (const error of [api, http, new Error(), { id: "ApiError" }, "text", null])
    console.log(String(error?.name), ...classes.map((Class) => Number(error instanceof Class)));
}
if (esm.ApiError === cjs.ApiError) throw new Error("there is only one copy");`;
  writeFileSync(join(project, "copies.mjs"), program);
  const { stdout } = await run(process.execPath, ["copies.mjs"], { cwd: project });
  const expected = [
    "ThrottleError 1 1 1 0 0 0",
    "HttpError 1 0 0 0 1 0",
    "Error 0 0 0 0 0 0",
    "undefined 0 0 0 0 0 0",
    "undefined 0 0 0 0 0 0",
    "undefined 0 0 0 0 0 0",
  ];
  expect(stdout.trim().split("\n")).toEqual([...expected, ...expected]);
});

test("an editor shows for each method what the description says of the operation, with an example and its document", () => {
  const methods = Object.entries(operations).flatMap(([id, declared]) => [
    [id, id],
    [`safe.${id}`, id],
    ...("paging" in declared ? [[declared.paging.iterator, id]] : []),
  ]) as [string, keyof typeof operations][];
  const lines = methods.map(([name]) => `client.${name};`);
  const file = join(project, "editor.ts");
  const text = `import type { Client } from "${manifest.name}";\ndeclare const client: Client;\n${lines.join("\n")}\n`;
  writeFileSync(file, text);
  const service = ts.createLanguageService({
    getCompilationSettings: () => ({ module: ts.ModuleKind.NodeNext, strict: true, types: [] }),
    getScriptFileNames: () => [file],
    getScriptVersion: () => "1",
    getScriptSnapshot: (path) => {
      const content = ts.sys.readFile(path);
      return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content);
    },
    getCurrentDirectory: () => project,
    getDefaultLibFileName: ts.getDefaultLibFilePath,
    fileExists: ts.sys.fileExists,
    readFile: ts.sys.readFile,
  });
  expect(service.getSemanticDiagnostics(file)).toEqual([]);
  for (const [index, [name, id]] of methods.entries()) {
    const info = service.getQuickInfoAtPosition(file, text.indexOf(lines[index]!) + lines[index]!.length - 2);
    expect(`${name}: ${ts.displayPartsToString(info?.documentation)}`).toContain(operationTexts[id].summary);
    expect(info?.tags?.map((tag) => tag.name)).toEqual(["example", "see"]);
    expect(ts.displayPartsToString(info?.tags?.at(-1)?.text)).toContain(
      operationTexts[id].docs.url.replace(/^\w+:/, ""),
    );
  }
});

test("both formats of each entry export the same names", async () => {
  const require = createRequire(join(project, "index.js"));
  for (const entry of entries) {
    const name = join(manifest.name, entry);
    const module: object = await import(pathToFileURL(join(dist, `${nameOf(entry)}.js`)).href);
    expect(Object.keys(require(name)).toSorted()).toEqual(Object.keys(module).toSorted());
  }
});

test("the README has a budget for createClient and for each entry", () => {
  const whats = entries.map((entry) => join(manifest.name, entry));
  expect(budgets[0]?.[0]).toBe("{ createClient }");
  expect(budgets.slice(1).map(([what]) => what)).toEqual(whats);
});

test.each(budgets)("%s is at most %d bytes", async (what, most) => {
  const entry = what.startsWith("{") || what === manifest.name ? "index" : what.slice(manifest.name.length + 1);
  const size = await sizeOf(entry, what.startsWith("{") ? what : "*");
  console.log(`${what}: ${size} bytes`);
  expect(size).toBeGreaterThan(500);
  expect(size).toBeLessThanOrEqual(most);
});

function nameOf(entry: string): string {
  return entry === "." ? "index" : entry.slice(2);
}

/** The code that is loaded with an entry. */
function codeOf(entry: string): string {
  return [...filesOf(entry).read]
    .map((file) => (file.endsWith(".js") ? readFileSync(join(dist, file), "utf8") : ""))
    .join("");
}

/** Names of what the code and the types of an entry import from elsewhere, by way of the chunks that it shares with others. */
function importsOf(entry: string): string[] {
  return [...filesOf(entry).outside];
}

function filesOf(entry: string): { readonly read: ReadonlySet<string>; readonly outside: ReadonlySet<string> } {
  const outside = new Set<string>();
  const read = new Set<string>();
  const visit = (file: string, extension: string): void => {
    if (read.has(file)) return;
    read.add(file);
    const code = readFileSync(join(dist, file), "utf8").replace(/\/\*[^]*?\*\//g, "");
    for (const [, name = ""] of code.matchAll(/(?:\bfrom|\bimport|\brequire\(|\bimport\()\s*["']([^"'\n]+)["']/g)) {
      if (name.startsWith("./")) visit(name.slice(2).replace(/\.js$/, extension), extension);
      else outside.add(name);
    }
  };
  for (const extension of [".js", ".d.ts"]) visit(`${entry}${extension}`, extension);
  return { read, outside };
}

/** Bundles for no platform in particular, so that nothing is left out that one of them has. */
async function sizeOf(entry: string, names: string): Promise<number> {
  const path = join(packed.folder, "dist", `${entry}.js`);
  const check = { files: [], import: { [path]: names }, gzip: true, modifyRolldownConfig };
  const measured = await sizeLimit(preset, { checks: [check] });
  return (measured as { size: number }[])[0]?.size ?? Number.NaN;
}

function modifyRolldownConfig(config: object): object {
  return { ...config, platform: "neutral", external: [/^node:/, ...Object.keys(manifest.peerDependencies)] };
}
