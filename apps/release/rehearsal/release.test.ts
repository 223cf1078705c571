/** A release from the first version to a breaking one, on a copy of the repository, to a registry on this machine, seen by consumers. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { entryFiles } from "../checks/manifest.ts";
import { files, read } from "../test/repository.ts";
import { callServer, hasInstall, readBeginning, runBeginning } from "./beginning.ts";
import { createConsumers, published, type Consumer } from "./consumer.ts";
import { addCode, breakingNote, closedRegion, closeRegion, newCode } from "./edits.ts";
import { compilers } from "./pins.ts";
import { prints } from "./programs.ts";
import { runSnippets } from "./snippets.ts";
import { startRegistry, type Registry } from "./registry.ts";
import { copyRepository, publishedFolders, type Repository } from "./repository.ts";
import { heading, log } from "./log.ts";

/** Each published package's README, and any other that has an install line. */
const readmes = files("**/README.md").filter(
  (path) => published.includes(`@contact-groups/${path.split("/").at(-2)}`) || hasInstall(read(path)),
);

let registry: Registry;
let repository: Repository;
let consumers: readonly Consumer[];
const removals: (() => Promise<void>)[] = [];
beforeAll(async () => {
  heading("Before the release");
  registry = await startRegistry();
  removals.unshift(registry.close);
  log("A registry is listening on this machine. It is empty, and accepts our packages only.");
  repository = await copyRepository();
  removals.unshift(repository.remove);
  log(`The repository is copied as a clean clone has it, ${repository.files} files, and installed.`);
});
afterAll(async () => {
  for (const remove of removals) await remove();
});

/** Turns what is pending into a version. */
async function makeVersion(): Promise<string> {
  const version = await repository.version();
  log(`The pending changesets become version ${version} of all packages, and a commit.`);
  return version;
}

/** Builds and publishes the version. Returns the one that the registry then has as the latest of each package. */
async function publish(): Promise<readonly string[]> {
  await repository.build();
  const output = await repository.publish(registry.publisher);
  log(
    "The packages are built, and changeset publish says:",
    /Successfully published:\n((?:.*@.*\n)+)/.exec(output)?.[1] ?? output,
  );
  const documents = await Promise.all(published.map((name) => registry.packument(name)));
  return documents.map(({ name, "dist-tags": tags }) => `${name}@${tags["latest"]}`);
}

const turbo = ["pnpm", "exec", "turbo", "run", "--output-logs=errors-only"];
const toTheEnd = "--continue=dependencies-successful";

/** Tests that are not quick, and go through every operation. */
const throughOperations = {
  "packages/client": ["test/checks-any.test.ts", "test/forward-compatible.test.ts"],
  "packages/contract": ["test/mutations", "test/properties.test.ts", "test/verify/verify.test.ts"],
  "packages/emulator": ["test/fuzz/fetch.test.ts", "test/model", "test/response-fields.test.ts"],
  "apps/release": ["test/api.test.ts"],
  "apps/docs": ["pages", "page-texts", "reference", "samples"].map((name) => `test/${name}.test.ts`),
  "apps/generators": ["test"],
  "apps/workbench": ["test/start-console.test.ts"],
};

/** Tests that read a version, a changelog or a released description. */
const readingVersions = {
  "packages/client": ["test/package.test.ts"],
  "packages/contract": ["test/prism.test.ts", "test/examples"],
  "packages/emulator": ["test/cli/print.test.ts", "test/cli/packed.test.ts"],
  "apps/release": ["test"],
  "apps/docs": ["base-and-releases", "guides", "links", "markdown", "pages", "samples", "screenshots"].map(
    (name) => `test/${name}.test.ts`,
  ),
};

const all = (version: string) => published.map((name) => `${name}@${version}`);

/** Installs a range in each consumer, and runs its programs. */
async function update(range: string, version: string, known: "before" | "after"): Promise<void> {
  await Promise.all(
    consumers.map(async (consumer) => {
      const { manager } = consumer;
      await consumer.install(range);
      // The description that each package was generated from.
      const openapi = { version, integrity: await consumer.integrity("@contact-groups/openapi/dist/openapi.json") };
      for (const name of published) {
        const manifest = await consumer.installed(name);
        expect({ manager, ...manifest }).toMatchObject({ manager, name, version, openapi });
        const folder = join(consumer.folder, "node_modules", name);
        expect(entryFiles(manifest).filter((file) => !existsSync(join(folder, file)))).toEqual([]);
      }
      for (const [file, printed] of Object.entries(prints))
        expect(await consumer.node([file])).toEqual({ code: 0, output: printed[known] });
      log(`${manager} installs ${range} and gets ${version}; the ES module and the CommonJS program run.`);
    }),
  );
}

/** Returns the messages of each compiler for each consumer's programs. */
async function compileAll(): Promise<readonly { readonly by: string; readonly said: string }[]> {
  const results: { readonly by: string; readonly said: string }[] = [];
  for (const consumer of consumers)
    for (const compiler of compilers)
      results.push({ by: `${compiler} under ${consumer.manager}`, said: await consumer.compile(compiler) });
  return results;
}

/** Returns the same list without messages. */
function silence(): readonly { readonly by: string; readonly said: string }[] {
  return consumers.flatMap(({ manager }) =>
    compilers.map((compiler) => ({ by: `${compiler} under ${manager}`, said: "" })),
  );
}

test("a clone by Git for Windows has the same line endings", async () => {
  expect(await repository.cloneForWindows()).toEqual([]);
});

test("another operation needs only its description, its behaviour and its tests", async () => {
  heading("An operation is added");
  const lines = await repository.apply(fileURLToPath(new URL("add-operation.patch", import.meta.url)));
  const paths = Object.keys(lines);
  const sum = Object.values(lines).reduce((one, other) => one + other, 0);
  log(`It takes ${paths.length} files and ${sum} lines:`, paths.map((path) => `${lines[path]} ${path}`).join("\n"));
  expect(paths.length).toBeLessThanOrEqual(12);
  expect(sum).toBeLessThanOrEqual(300);
  const withoutSite = ["--filter=!@contact-groups/docs", "--filter=!@contact-groups/workbench"];
  await repository.run([...turbo, toTheEnd, "generate", "build", ...withoutSite]);
  // What is written from the description by a command and is in git.
  await repository.run(["pnpm", "--filter", "@contact-groups/emulator", "run", "fidelity"]);
  await repository.run(["pnpm", "--filter", "@contact-groups/contract", "run", "mutations"]);
  await repository.run(["pnpm", "--filter", "@contact-groups/release", "run", "api"]);
  // A list of operations that must be extended by hand fails here.
  await repository.run([...turbo, toTheEnd, "lint", "typecheck", "test:quick", "test:description", ...withoutSite]);
  await repository.run([...turbo, "typecheck", "build", "--filter=@contact-groups/docs"]);
  await repository.runTests(throughOperations);
  log("The checks, the types, the quick tests of every package, and the tests that go through all operations pass.");
  await repository.restore();
});

test("an operation is removed by one command and its own files, and the compiler names every other one", async () => {
  const [name, id] = ["del_contact_group", "delContactGroup"];
  heading(`${name} is removed`);
  const naming = async () =>
    (await repository.run(["git", "grep", "-lw", id, "--", "*.ts", "*.yaml"])).trim().split("\n");
  await repository.run(["pnpm", "run", "remove", "operation", name]);
  const own = (await naming()).filter((path) => /\/(?:operations\/del-|rules\/del-)/.test(path));
  await repository.run(["git", "rm", "--quiet", ...own]);
  // The client exports its file in one line, at which its build stops.
  await repository.edit("packages/client/src/index.ts", /^export .*\/operations\/del-.*\n/m, "");
  await repository.run([
    ...turbo,
    "generate",
    "lint",
    "--filter=@contact-groups/openapi",
    "--filter=@contact-groups/emulator",
  ]);
  log("Deleted after the command:", own.join("\n"));
  await repository.run([...turbo, "build", "--filter=./packages/*"]);
  const left = (await naming()).filter((path) => path.endsWith(".ts"));
  const { output } = await repository.attempt([...turbo, "typecheck", "--continue=always"]);
  const reported = left.filter((path) => output.includes(`${path.replace(/^(?:packages|apps)\/[^/]+\//, "")}(`));
  log("The compiler names:", reported.join("\n"));
  expect(reported.length).toBeGreaterThan(0);
  // A test can have the name in a text that no type describes: then it is red.
  const sources = left.filter((path) => !/\/test\/|^apps\/release\//.test(path));
  expect(sources.filter((path) => !reported.includes(path))).toEqual([]);
  await repository.restore();
});

test("in the released state, the checks and the tests that read versions pass", async () => {
  heading("The first release");
  expect(await makeVersion()).toBe("0.1.0");
  const tasks = ["lint", "lint:code", "typecheck", "openapi:breaking", "test:description", "build"];
  await repository.run([...turbo, toTheEnd, ...tasks]);
  await repository.runTests(readingVersions);
  log("They pass in that commit. The workflow runs all tests in it before it publishes.");
});

test("publishes the first version of all packages", async () => {
  expect(await publish()).toEqual(all("0.1.0"));
});

test.each(readmes)("%s begins with what runs as it stands in an empty folder", async (path) => {
  const beginning = readBeginning(read(path));
  const output = await runBeginning(beginning, registry.url);
  expect(output).toContain(beginning.printed ?? "");
  log(`${path}: its install line and its first snippet run in an empty folder.`);
});

test("the emulator's README starts it in an empty folder, and the call after that succeeds", async () => {
  const response = await callServer(read("packages/emulator/README.md"), registry.url);
  expect(JSON.parse(response)).toMatchObject({ ActionStatus: "OK", ErrorCode: 0 });
});

test("consumers with npm, pnpm and yarn install the first version, run and compile", async () => {
  heading("Consumers begin with it, in empty projects");
  const made = await createConsumers(registry);
  removals.unshift(made.remove);
  consumers = made.consumers;
  await update("^0.1.0", "0.1.0", "before");
  expect(await compileAll()).toEqual(silence());
  log(`Their TypeScript compiles, as ES module and as CommonJS, with ${compilers.join(", ")}.`);
});

test.each(published)("the snippets of the README of %s run", async (name) => {
  const [consumer] = consumers;
  if (consumer === undefined) throw new Error("There is no consumer yet.");
  const runs = await runSnippets(consumer.folder, name.replace(/.*\//, ""));
  expect(runs.length).toBeGreaterThan(0);
  for (const { file, output, printed = output } of runs) expect({ file, output }).toEqual({ file, output: printed });
  log(`The README of ${name}: ${runs.length} of ${runs.length} snippets run, and print what the README shows.`);
});

test("an additive edit reaches consumers as a patch, and they compile unchanged", async () => {
  heading(`Error code ${newCode.code} is added to the description`);
  await addCode(repository);
  expect(await makeVersion()).toBe("0.1.1");
  for (const folder of publishedFolders)
    expect(await repository.read(`${folder}/CHANGELOG.md`)).toContain(`Describe error code ${newCode.code}.`);
  log("Every package says in its CHANGELOG what changed in the description that it is made from.");
  expect(await publish()).toEqual(all("0.1.1"));
  await update("^0.1.0", "0.1.1", "after");
  log(`Without a changed line, the programs now know ${newCode.code} by its name, ${newCode.name}.`);
  expect(await compileAll()).toEqual(silence());
  log(`Their TypeScript compiles, as ES module and as CommonJS, with ${compilers.join(", ")}.`);
});

test("the release gate rejects a breaking edit with too small a changeset, and names the bump that it needs", async () => {
  heading(`The region ${closedRegion} is removed from the description`);
  await closeRegion(repository);
  await expect(repository.version()).rejects.toThrow(/ended with [1-9]/);
  const { code, output } = await repository.gate();
  expect(code).not.toBe(0);
  const verdict = /^These changes need a minor changeset.*$/m.exec(output)?.[0];
  const changeset = /^---\n"@contact-groups.*?^To change:\n\n(?:- .*\n)+/ms.exec(output)?.[0];
  expect(output).toContain(closedRegion);
  expect(changeset).toContain("minor");
  log("No version is created. The gate prints:", verdict ?? "");
  await repository.replaceChangeset(breakingNote, changeset ?? "");
  const again = await repository.gate();
  expect(again).toEqual({ ...again, code: 0 });
  log("With the changeset that it named, it accepts the edit.");
});

test("a breaking edit does not reach consumers automatically", async () => {
  heading("The breaking version is released");
  expect(await makeVersion()).toBe("0.2.0");
  expect(await publish()).toEqual(all("0.2.0"));
  await update("^0.1.0", "0.1.1", "after");
  log("They stay on the version that they compile with.");
});

test("a consumer who installs the breaking version sees the line to change", async () => {
  heading("Consumers take the breaking version");
  await update("^0.2.0", "0.2.0", "after");
  const results = await compileAll();
  const compilerError = (file: string) =>
    expect.stringMatching(new RegExp(`^${file}\\(8,3\\): error TS2322: Type '"${closedRegion}"' is not assignable`));
  expect(results.map(({ by, said }) => ({ by, lines: said.trim().split("\n") }))).toEqual(
    silence().map(({ by }) => ({ by, lines: [compilerError("typed.cts"), compilerError("typed.mts")] })),
  );
  for (const { by, said } of results.slice(0, compilers.length)) log(`${by} prints:`, said);
  log("The compilers print the same under the other package managers.");
});
