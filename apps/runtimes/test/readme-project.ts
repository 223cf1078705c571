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

/** All examples of the README, in its order, and a program of all calls in its table of what replaces hand-written ones. */
const all: readonly Snippet[] = [
  ...[...readme.matchAll(/^```ts\n(.*?)^```\n(?:\n```text\n(.*?)^```\n)?/gms)].map(([, code = "", printed], index) => ({
    name: `snippet-${index}.mts`,
    code,
    printed,
  })),
  { name: "migration.mts", code: migrationProgram(), printed: "done\n" },
];

/** The examples that connect to a server of Redis. */
export const redisSnippets: readonly Snippet[] = all.filter(({ code }) => code.includes(' from "redis"'));

/** All others. */
export const snippets: readonly Snippet[] = all.filter((snippet) => !redisSnippets.includes(snippet));

function migrationProgram(): string {
  const [, table = ""] = /^## From hand-written fetch calls\n(.*?)^## /ms.exec(readme) ?? [];
  const cells = table.split("\n").map((row) => row.split(/ \| /)[1] ?? "");
  const calls = cells.flatMap((cell) =>
    [...cell.matchAll(/`([^`]*\(\{?.*?)`/g)].map(([, code = ""]) => `{ ${code}; }`),
  );
  return `
import { createClient, type GroupContactItem as Group, type RequestConversation } from "@contact-groups/client";
import { createMockClient } from "@contact-groups/client/testing";

const client = createMockClient();
client.mock.next("v4/im_open_login_svc/account_check", { body: { ErrorCode: 0 } });
const [sdkAppId, identifier, secretKey, region] = [1400000000, "administrator", "0".repeat(64), "singapore"] as const;
const From_Account = "user15";
const ContactItem: RequestConversation[] = [{ Type: 1, To_Account: "user0" }];
const GroupContactItem: Group[] = [{ GroupName: "family", ContactItem }];
${calls.join("\n")}
console.log("done");
`;
}

/** The packages of others that the examples import. */
const imported = all.flatMap(({ code }) =>
  [...code.matchAll(/ from "(?!node:|@contact-groups\/)([^"]+)"/g)].map(([, name = ""]) => name),
);

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
  for (const name of new Set([...peers, ...imported, "@types/node"])) link(project, name, root);
  for (const { name, code } of all)
    writeFileSync(join(project, name), code.replace('region: "singapore"', `baseUrl: "${baseUrl}"`));
  return project;
}
