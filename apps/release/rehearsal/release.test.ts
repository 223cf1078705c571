/** A release from the first version to a breaking one, on a copy of the repository, to a registry on this machine, seen by consumers. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createConsumers, type Consumer } from "./consumer.ts";
import { addCode, closedRegion, closeRegion, newCode } from "./edits.ts";
import { compilers } from "./pins.ts";
import { prints } from "./programs.ts";
import { runSnippets } from "./snippets.ts";
import { startRegistry, type Registry } from "./registry.ts";
import { copyRepository, type Repository } from "./repository.ts";
import { chapter, tell } from "./story.ts";

const published = ["openapi", "client", "emulator", "contract"].map((name) => `@contact-groups/${name}`);

let registry: Registry;
let repository: Repository;
let consumers: readonly Consumer[];
const removals: (() => Promise<void>)[] = [];
beforeAll(async () => {
  chapter("Before the release");
  registry = await startRegistry();
  removals.unshift(registry.close);
  tell("A registry is listening on this machine. It holds nothing yet, and takes our packages alone.");
  repository = await copyRepository();
  removals.unshift(repository.remove);
  tell(`The repository is copied as a clean clone has it, ${repository.files} files, and installed.`);
});
afterAll(async () => {
  for (const remove of removals) await remove();
});

/** Versions, builds and publishes what is pending. */
async function release(): Promise<string> {
  const version = await repository.version();
  tell(`The pending changesets become version ${version} of all packages, and a commit.`);
  await repository.build();
  const { code, output } = await repository.publish(registry.publisher);
  expect(code, output).toBe(0);
  tell(
    "The packages are built, and changeset publish says:",
    /Successfully published:\n((?:.*@.*\n)+)/.exec(output)?.[1] ?? output,
  );
  for (const name of published) expect((await registry.packument(name))["dist-tags"]["latest"], name).toBe(version);
  return version;
}

/** Installs a range in each consumer, and runs its programs. */
async function update(range: string, version: string, known: "before" | "after"): Promise<void> {
  await Promise.all(
    consumers.map(async (consumer) => {
      await consumer.install(range);
      for (const name of published)
        expect(await consumer.installed(name), `${name} by ${consumer.manager}`).toBe(version);
      for (const [file, printed] of Object.entries(prints))
        expect(await consumer.node([file])).toEqual({ code: 0, output: printed[known] });
      tell(`${consumer.manager} installs ${range} and gets ${version}; the ES module and the CommonJS program run.`);
    }),
  );
}

/** What each compiler says of each consumer's programs. */
async function compileAll(): Promise<readonly { readonly by: string; readonly said: string }[]> {
  const results: { readonly by: string; readonly said: string }[] = [];
  for (const consumer of consumers)
    for (const compiler of compilers)
      results.push({ by: `${compiler} under ${consumer.manager}`, said: await consumer.compile(compiler) });
  return results;
}

async function compilesWhole(): Promise<void> {
  for (const { by, said } of await compileAll()) expect(said, by).toBe("");
  tell(`Their TypeScript compiles, as ES module and as CommonJS, with ${compilers.join(", ")}.`);
}

test("publishes the first version of all packages", async () => {
  chapter("The first release");
  expect(await release()).toBe("0.1.0");
});

test("consumers of npm, pnpm and yarn install it, run and compile", async () => {
  chapter("Consumers begin with it, in empty projects");
  const made = await createConsumers(registry);
  removals.unshift(made.remove);
  consumers = made.consumers;
  await update("^0.1.0", "0.1.0", "before");
  await compilesWhole();
});

test.each(["openapi", "client", "emulator", "contract"])("the snippets of the README of %s run", async (name) => {
  const [consumer] = consumers;
  if (consumer === undefined) throw new Error("There is no consumer yet.");
  const runs = await runSnippets(consumer, name);
  expect(runs.length).toBeGreaterThan(0);
  for (const { name: file, outcome, printed } of runs) {
    expect(outcome.code, `${file}: ${outcome.output}`).toBe(0);
    if (printed !== undefined) expect(outcome.output, file).toBe(printed);
  }
  tell(`The ${runs.length} snippets of the README of ${name} run, and print what it says.`);
});

test("an additive edit reaches them as a patch, and they compile unchanged", async () => {
  chapter(`Error code ${newCode.code} is added to the description`);
  await addCode(repository);
  expect(await release()).toBe("0.1.1");
  await update("^0.1.0", "0.1.1", "after");
  tell(`Nobody changed a line: the programs now know ${newCode.code} by its name, ${newCode.name}.`);
  await compilesWhole();
});

test("a breaking edit does not reach them by itself", async () => {
  chapter(`The region ${closedRegion} is removed from the description`);
  await closeRegion(repository);
  expect(await release()).toBe("0.2.0");
  await update("^0.1.0", "0.1.1", "after");
  tell("They stay with what they compile with.");
});

test("whoever takes the breaking version is shown the line to change", async () => {
  chapter("Consumers take the breaking version");
  await update("^0.2.0", "0.2.0", "after");
  const results = await compileAll();
  expect(results).toHaveLength(consumers.length * compilers.length);
  for (const { by, said } of results) {
    const lines = said.split("\n").filter((line) => line !== "");
    expect(
      lines.map((line) => line.startsWith("typed.") && line.includes(`(8,3): error TS2322: Type '"${closedRegion}"'`)),
      by,
    ).toEqual([true, true]);
  }
  for (const { by, said } of results.slice(0, compilers.length)) tell(`${by} says:`, said);
  tell("The compilers say the same under the other package managers.");
});
