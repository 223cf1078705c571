/** A release from the first version to a breaking one, on a copy of the repository, to a registry on this machine, seen by consumers. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { createConsumers, type Consumer } from "./consumer.ts";
import { addCode, breakingNote, closedRegion, closeRegion, newCode } from "./edits.ts";
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
  expect({ code, output }).toMatchObject({ code: 0 });
  tell(
    "The packages are built, and changeset publish says:",
    /Successfully published:\n((?:.*@.*\n)+)/.exec(output)?.[1] ?? output,
  );
  for (const name of published)
    expect(await registry.packument(name)).toMatchObject({ name, "dist-tags": { latest: version } });
  return version;
}

/** Installs a range in each consumer, and runs its programs. */
async function update(range: string, version: string, known: "before" | "after"): Promise<void> {
  await Promise.all(
    consumers.map(async (consumer) => {
      const { manager } = consumer;
      await consumer.install(range);
      for (const name of published)
        expect({ manager, ...(await consumer.installed(name)) }).toMatchObject({
          manager,
          name,
          version,
          // The version of the description that it was made from.
          openapi: { version },
        });
      for (const [file, printed] of Object.entries(prints))
        expect(await consumer.node([file])).toEqual({ code: 0, output: printed[known] });
      tell(`${manager} installs ${range} and gets ${version}; the ES module and the CommonJS program run.`);
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

/** What they say where all is well. */
function silence(): readonly { readonly by: string; readonly said: string }[] {
  return consumers.flatMap(({ manager }) =>
    compilers.map((compiler) => ({ by: `${compiler} under ${manager}`, said: "" })),
  );
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
  expect(await compileAll()).toEqual(silence());
  tell(`Their TypeScript compiles, as ES module and as CommonJS, with ${compilers.join(", ")}.`);
});

test.each(["openapi", "client", "emulator", "contract"])("the snippets of the README of %s run", async (name) => {
  const [consumer] = consumers;
  if (consumer === undefined) throw new Error("There is no consumer yet.");
  const runs = await runSnippets(consumer, name);
  expect(runs.length).toBeGreaterThan(0);
  for (const { name: file, outcome, printed } of runs) {
    expect({ file, ...outcome }).toMatchObject({ file, code: 0, ...(printed !== undefined && { output: printed }) });
  }
  tell(`The README of ${name}: ${runs.length} of ${runs.length} snippets run, and print what it says they do.`);
});

test("an additive edit reaches them as a patch, and they compile unchanged", async () => {
  chapter(`Error code ${newCode.code} is added to the description`);
  await addCode(repository);
  expect(await release()).toBe("0.1.1");
  await update("^0.1.0", "0.1.1", "after");
  tell(`Nobody changed a line: the programs now know ${newCode.code} by its name, ${newCode.name}.`);
  expect(await compileAll()).toEqual(silence());
  tell(`Their TypeScript compiles, as ES module and as CommonJS, with ${compilers.join(", ")}.`);
});

test("a breaking edit with too small a changeset is refused, with the one that it needs", async () => {
  chapter(`The region ${closedRegion} is removed from the description`);
  await closeRegion(repository);
  await expect(repository.version()).rejects.toThrow(/ended with [1-9]/);
  const { code, output } = await repository.gate();
  expect(code).not.toBe(0);
  const verdict = /^These changes need a minor changeset.*$/m.exec(output)?.[0];
  const changeset = /^---\n"@contact-groups.*?^To change:\n\n(?:- .*\n)+/ms.exec(output)?.[0];
  expect(output).toContain(closedRegion);
  expect(changeset).toContain("minor");
  tell("No version is made of it. The gate says:", verdict ?? "");
  await repository.replaceChangeset(breakingNote, changeset ?? "");
  expect(await repository.gate()).toMatchObject({ code: 0 });
  tell("With the changeset that it wrote, it lets the edit pass.");
});

test("a breaking edit does not reach them by itself", async () => {
  chapter("The breaking version is released");
  expect(await release()).toBe("0.2.0");
  await update("^0.1.0", "0.1.1", "after");
  tell("They stay with what they compile with.");
});

test("whoever takes the breaking version is shown the line to change", async () => {
  chapter("Consumers take the breaking version");
  await update("^0.2.0", "0.2.0", "after");
  const results = await compileAll();
  const complaint = (file: string) =>
    expect.stringMatching(new RegExp(`^${file}\\(8,3\\): error TS2322: Type '"${closedRegion}"' is not assignable`));
  expect(results.map(({ by, said }) => ({ by, lines: said.trim().split("\n") }))).toEqual(
    silence().map(({ by }) => ({ by, lines: [complaint("typed.cts"), complaint("typed.mts")] })),
  );
  for (const { by, said } of results.slice(0, compilers.length)) tell(`${by} says:`, said);
  tell("The compilers say the same under the other package managers.");
});
