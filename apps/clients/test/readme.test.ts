/** The programs of the section "From other languages" in the emulator's README, and the commands of its section "HTTPS", as they stand there. */
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { beforeAll, expect, test } from "vitest";
import { checkInstalled, clients } from "./clients.ts";
import { startEmulator } from "./emulator.ts";

const packageFile = createRequire(import.meta.url).resolve("@contact-groups/emulator/package.json");
const readme = readFileSync(join(dirname(packageFile), "README.md"), "utf8");

const programs = [...readme.matchAll(/<!-- run by test:clients, as (.*?) -->\n\n```\w+\n([\s\S]*?)```/g)];

/** Returns the code block after this mark. */
function commandsAfter(mark: string): string {
  const [, found = ""] = readme.split(`<!-- ${mark} -->\n\n\`\`\`sh\n`);
  return found.slice(0, found.indexOf("```"));
}

/** Returns the command of a client in the table of the section "HTTPS". */
function commandOf(client: string): string {
  const [, command = ""] = new RegExp(`^\\| ${client} +\\| \`(.*?)\``, "m").exec(readme) ?? [];
  return command;
}

/** Writes the programs into a folder, with the URL of an emulator. */
function writePrograms(folder: string, url: string): void {
  for (const [, name = "", code = ""] of programs)
    writeFileSync(join(folder, name), code.replace("http://127.0.0.1:4020", url));
}

/** Runs commands in a shell that ends at the first one that fails, and returns the error codes of the responses. */
async function errorCodes(folder: string, script: string): Promise<readonly number[]> {
  const { stdout } = await promisify(execFile)("sh", ["-e", "-c", script], { cwd: folder });
  return [...stdout.matchAll(/"ErrorCode":(\d+)/g)].map(([, code]) => Number(code));
}

beforeAll(() => Promise.all(clients.map(checkInstalled)));

test("the README's programs succeed over HTTP, without an option", async () => {
  await using emulator = await startEmulator([]);
  writePrograms(emulator.folder, emulator.url);
  expect(await errorCodes(emulator.folder, commandsAfter("run by test:clients"))).toEqual([0, 0, 0]);
});

test("the README's programs succeed over HTTPS, with the options of its table", async () => {
  await using emulator = await startEmulator(["--https"]);
  writePrograms(emulator.folder, emulator.url);
  const before = commandsAfter("run by test:clients, before Java");
  const script = [commandOf("Python"), commandOf("PHP"), before, commandOf("Java")].join("\n");
  expect(await errorCodes(emulator.folder, script)).toEqual([0, 0, 0]);
});

test("curl succeeds over HTTPS with the option of the README's table", async () => {
  await using emulator = await startEmulator(["--https"]);
  const [, target = "", body = ""] = /curl 'http:\/\/127.0.0.1:4020(.*?)' \\\n\s+--data '(.*?)'/.exec(readme) ?? [];
  const url = `${emulator.url.replace("127.0.0.1", "localhost")}${target}`;
  const command = commandOf("curl").replace("https://localhost:4020/…", `'${url}' --data '${body}'`);
  expect(command).toContain(" --cacert ");
  expect(await errorCodes(emulator.folder, command)).toEqual([0]);
});
