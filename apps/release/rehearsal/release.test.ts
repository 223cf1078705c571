/** A release from the first version to a breaking one, on a copy of the repository, to a registry on this machine, seen by consumers. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { run } from "./command.ts";
import { addCode, closedRegion, closeRegion, newCode } from "./edits.ts";
import { copyRepository, type Repository } from "./repository.ts";
import { startRegistry, type Registry } from "./registry.ts";
import { chapter, tell } from "./story.ts";

const published = ["openapi", "client", "emulator", "contract"].map((name) => `@contact-groups/${name}`);

let registry: Registry;
let repository: Repository;
beforeAll(async () => {
  chapter("Before the release");
  const behind = (await run(["npm", "config", "get", "registry"], { cwd: "/" })).match(/^https?:.*$/m)?.[0] ?? "";
  registry = await startRegistry(behind);
  tell("A registry is listening on this machine. It holds nothing of ours, and asks another one for everything else.");
  repository = await copyRepository();
  tell(`The repository is copied as a clean clone has it, ${repository.files} files, and installed.`);
  await repository.build();
  tell("The four packages are built in the copy.");
});
afterAll(async () => {
  await repository?.remove();
  await registry?.close();
});

async function release(): Promise<string> {
  const version = await repository.version();
  tell(`The pending changesets become version ${version} of all four packages, and a commit.`);
  await repository.build();
  const { code, output } = await repository.publish(registry.env);
  expect(code, output).toBe(0);
  tell("changeset publish says:", output);
  for (const name of published) expect((await registry.packument(name))["dist-tags"]["latest"], name).toBe(version);
  tell(`The registry has ${version} of each, as its latest.`);
  return version;
}

test("publishes the first version", async () => {
  chapter("The first release");
  await release();
});
void [addCode, closedRegion, closeRegion, newCode];
