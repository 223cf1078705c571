/** The steps of a new user: an empty folder, an installation, ten lines of code. */
import { execFile } from "node:child_process";
import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, expect, inject, test } from "vitest";
import { emptyFolder, install } from "@contact-groups/testing/projects";
import { installed } from "./install.ts";

const run = promisify(execFile);

const program = `
const client = createClient({ sdkAppId: 1400000000, identifier: "administrator", secretKey: "${"0".repeat(64)}", baseUrl: "${inject("baseUrl")}" });
async function main() {
  const { failures } = await client.createContactGroup({ From_Account: "user15", GroupContactItem: [{ GroupName: "family", ContactItem: [c2c("user0")] }] });
  console.log("failures:", failures.length);
  for await (const conversation of client.iterateContactGroup({ From_Account: "user15" })) console.log(conversation.Type, conversation.StandardMark);
  const found = await client.searchContactGroup({ From_Account: "user15", ContactItem: [c2c("user0")] });
  console.log("found:", found.ContactResultItem?.length);
}
main();
`;
const printed = "failures: 0\n1 111001\n2 111001\nfound: 1\n";

let project: string;
beforeAll(async () => {
  project = emptyFolder();
  await run("npm", ["init", "-y"], { cwd: project });
  await install(project, inject("tarball"));
});
afterAll(() => rmSync(project, { recursive: true, force: true }));

test("ten lines of TypeScript create, page and search, and compile with no settings but --strict", async () => {
  writeFileSync(join(project, "first.mts"), `import { c2c, createClient } from "@contact-groups/client";${program}`);
  const { stdout } = await run(installed("node-24", "bin", "node"), ["first.mts"], { cwd: project });
  expect(stdout).toBe(printed);

  for (const compiler of ["typescript-5.4", "typescript-5.9", "typescript-6.0", "typescript-7.0"]) {
    const tsc = installed(compiler, "bin", "tsc");
    const options = ["--noEmit", "--strict", "--target", "es2022", "--module", "nodenext", "first.mts"];
    const { stdout: errors } = await run(process.execPath, [tsc, ...options], { cwd: project });
    expect(errors).toBe("");
  }
});

test("ten lines of plain CommonJS create, page and search in the oldest Node.js that is supported", async () => {
  writeFileSync(
    join(project, "first.js"),
    `const { c2c, createClient } = require("@contact-groups/client");${program}`,
  );
  const { stdout } = await run(installed("node-20", "bin", "node"), ["first.js"], { cwd: project });
  expect(stdout).toBe(printed);
});
