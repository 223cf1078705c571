import { cpSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { emptyFolder, install, link } from "@contact-groups/testing/projects";
import { clientFolder, emulatorFolder, peers, root } from "./packed.ts";

/** The README of the client. */
export const readme: string = readFileSync(join(clientFolder, "README.md"), "utf8");

/** An example of the README. */
export interface Snippet {
  /** Its file in a project. */
  readonly name: string;
  readonly code: string;
  /** What the README says that it prints. */
  readonly printed: string | undefined;
}

/** The examples of the README, in its order. */
export const snippets: readonly Snippet[] = [
  ...readme.matchAll(/^```ts\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms),
].map(([, code = "", printed], index) => ({ name: `snippet-${index}.mts`, code, printed }));

/** What the examples read from the environment. */
export const environment: Readonly<Record<string, string>> = { SDKAPPID: "1400000000", SECRETKEY: "0".repeat(64) };

/**
 * Creates a project outside the repository with the packed client, the emulator and each example of the README.
 *
 * @param tarball the packed client
 * @param baseUrl URL of a contract server. It replaces the region, so that nothing is sent to the service. Nothing else is replaced.
 */
export async function createReadmeProject(tarball: string, baseUrl: string): Promise<string> {
  const project = emptyFolder();
  writeFileSync(join(project, "package.json"), '{ "private": true }');
  await install(project, tarball);
  // The library of the emulator has no dependencies.
  const emulator = join(project, "node_modules/@contact-groups/emulator");
  for (const name of ["dist", "package.json"])
    cpSync(join(emulatorFolder, name), join(emulator, name), { recursive: true });
  for (const name of [...peers, "@types/node", "@opentelemetry/sdk-trace-base"]) link(project, name, root);
  for (const { name, code } of snippets)
    writeFileSync(join(project, name), code.replace('region: "singapore"', `baseUrl: "${baseUrl}"`));
  return project;
}
