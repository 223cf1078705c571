/** Programs that a command runs: consumers of the server at CONTACT_GROUPS_URL. */
import { writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { temporaryFolder } from "../coverage/folder.ts";
import { requestOf } from "../calls.ts";
import { targetOf } from "../send.ts";

const body = JSON.stringify(requestOf("getContactGroup"));
const good = targetOf("getContactGroup");
const bad = targetOf("getContactGroup", { random: undefined });
const init = `{ method: "POST", headers: { "Content-Type": "application/json" }, body: ${JSON.stringify(body)} }`;

/** A statement of JavaScript that sends a call, valid or not. */
export function fetching(isValid: boolean): string {
  return `await fetch(process.env.CONTACT_GROUPS_URL + ${JSON.stringify(isValid ? good : bad)}, ${init});`;
}

/** A program of Node.js. */
export function nodeProgram(code: string): readonly string[] {
  return [process.execPath, "--input-type=module", "-e", code];
}

/** The same call by other programs. */
export const consumers: Readonly<Record<string, (isValid: boolean) => readonly string[]>> = {
  node: (isValid) => nodeProgram(fetching(isValid)),
  sh: (isValid) => ["sh", "-c", `exec "$0" --input-type=module -e "$1"`, process.execPath, fetching(isValid)],
  python3: (isValid) => [
    "python3",
    "-c",
    `import os, urllib.request as r
url = os.environ["CONTACT_GROUPS_URL"] + ${JSON.stringify(isValid ? good : bad)}
print(r.urlopen(r.Request(url, ${JSON.stringify(body)}.encode(), {"Content-Type": "application/json"})).read().decode())`,
  ],
  "node --test": (isValid) => {
    const file = join(temporaryFolder(), "consumer.test.mjs");
    writeFileSync(file, `import { test } from "node:test";\ntest("calls", async () => {\n${fetching(isValid)}\n});\n`);
    return [process.execPath, "--test", file];
  },
  vitest: (isValid) => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, "consumer.test.mjs"), `test("calls", async () => {\n${fetching(isValid)}\n});\n`);
    const vitest = join(dirname(createRequire(import.meta.url).resolve("vitest/package.json")), "vitest.mjs");
    return [process.execPath, vitest, "run", "--globals", "--root", folder];
  },
};
