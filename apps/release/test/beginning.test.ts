import { expect, test } from "vitest";
import { hasInstall, readBeginning } from "../rehearsal/beginning.ts";
import { published, read } from "./repository.ts";

test.each(published)("the README next to %s begins with an install line and a snippet", (path) => {
  const { install, code } = readBeginning(read(path.replace("package.json", "README.md")));
  expect(install).toContain(JSON.parse(read(path)).name);
  expect(code).toContain(JSON.parse(read(path)).name);
});

const fence = (info: string, body: string) => `\`\`\`${info}\n${body}\n\`\`\`\n\n`;
const install = fence("sh", "npm install @contact-groups/client");
const snippet = fence("ts", "console.log(1);");
const first = {
  install: "npm install @contact-groups/client\n",
  file: "first.mts",
  code: "console.log(1);\n",
  command: "node first.mts",
  printed: undefined,
};

test.each([
  ["a snippet without a name, which node runs", `${install}${snippet}`, {}],
  ["what it prints", `${install}${snippet}${fence("text", "1")}`, { printed: "1\n" }],
  [
    "a name in the paragraph before, and a command",
    `${install}Save this as \`contacts.test.ts\`:\n\n${snippet}Run it:\n\n${fence("sh", "npx vitest run")}`,
    { file: "contacts.test.ts", command: "npx vitest run\n" },
  ],
  [
    "a name in the paragraph before a comment",
    `${install}Save this as \`one.mts\` and run \`node one.mts\`:\n\n<!-- run -->\n\n${snippet}`,
    { file: "one.mts", command: "node one.mts" },
  ],
  [
    "a name and a command in the paragraph before",
    `${install}Save this as \`one.test.ts\` and run \`npx vitest run\`:\n\n${snippet}`,
    { file: "one.test.ts", command: "npx vitest run" },
  ],
  [
    "a name on the fence",
    `${install}${snippet.replace("ts", 'ts title="one.ts"')}`,
    { file: "one.ts", command: "node one.ts" },
  ],
  [
    "a name in the command, and what that prints",
    `${install}${snippet}${fence("sh", "node contacts.ts")}${fence("text", "1")}`,
    { file: "contacts.ts", command: "node contacts.ts\n", printed: "1\n" },
  ],
  ["a command of the next section, which is another's", `${install}${snippet}## Next\n\n${fence("sh", "ls")}`, {}],
  ["a second snippet, which comes later", `${install}${snippet}${fence("ts", "console.log(2);")}`, {}],
])("reads %s", (_, readme, differs) => {
  expect(readBeginning(readme)).toEqual({ ...first, ...differs });
});

test.each([
  ["no install line", snippet, /no install line\. Write `npm install/],
  ["an install line of another package", `${fence("sh", "npm install vitest")}${snippet}`, /no install line/],
  ["no snippet", install, /no snippet\. Write one/],
])("rejects a README with %s, with what to write", (_, readme, message) => {
  expect(() => readBeginning(readme)).toThrow(message);
});

test("distinguishes a README with an install line from one without", () => {
  expect([`# A\n\n${install}`, `# A\n\n${fence("sh", "npm install")}`].map(hasInstall)).toEqual([true, false]);
});
