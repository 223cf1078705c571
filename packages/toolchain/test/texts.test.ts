import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { folder, makeFrom } from "./edited.ts";

/** The problems of the description with one text of a file replaced by another. */
async function problems(file: string, from: string, to: string): Promise<readonly string[]> {
  const made = await makeFrom((path) => {
    const bytes = readFileSync(path);
    if (path !== join(folder, file)) return bytes;
    const text = bytes.toString();
    expect(text).toContain(from);
    return Buffer.from(text.replace(from, to));
  });
  return made.problems.length > 0 ? made.problems : (await made.translate()).problems;
}

/** Line and column of a text in a file, once another has taken its place. */
function placeOf(file: string, from: string, offset = 0): string {
  const text = readFileSync(join(folder, file), "utf8");
  const before = text.slice(0, text.indexOf(from) + offset).split("\n");
  return `openapi/${file}:${before.length}:${before.at(-1)!.length + 1}`;
}

test.each([
  ["info.md", "{limits.groupsPerUser}"],
  ["errors/private.yaml", "{limits.groupsPerUser}"],
  ["overlays/ja.yaml", "{limits.groupsPerUser}"],
])("an unknown placeholder in %s is reported where it is, with the one that was meant", async (file, from) => {
  const [problem] = await problems(file, from, "{limits.groupPerUser}");
  expect(problem).toBe(
    `${placeOf(file, from)} No value is named \`limits.groupPerUser\`. packages/toolchain/bundle/placeholders.ts lists what a text can name. Did you mean \`limits.groupsPerUser\`? (placeholder-known)`,
  );
});

test.each([
  ["info.md", "{rates} calls", "200 calls", "`{rates}` or "],
  [
    "components/schemas/UserId.yaml",
    "{schemas.UserId.maxBytes}",
    "32",
    "`{schemas.UserId.maxLength}` or `{schemas.UserId.maxBytes}`.",
  ],
  ["errors/gateway.yaml", "{limits.serviceTimeout} seconds", "3 seconds", "`{limits.serviceTimeout}`."],
])("a limit as a number in %s is reported where it is, with the placeholder", async (file, from, to, written) => {
  const [problem, ...others] = await problems(file, from, to);
  expect(others).toEqual([]);
  expect(problem).toContain(`${placeOf(file, from)} ${to.split(" ")[0]} is also ${written}`);
  expect(problem).toContain("(limit-placeholder)");
});

test("a translation that writes a number instead of the placeholder is reported", async () => {
  const [lost, added, ...others] = await problems(
    "overlays/ja.yaml",
    "最大 {schemas.UserId.maxBytes} バイト",
    "最大 32 バイト",
  );
  expect(lost).toContain("has lost the placeholder {schemas.UserId.maxBytes}");
  expect(added).toContain("has added the number 32");
  expect(others).toEqual([]);
});

test("a placeholder for the rate of all operations needs one rate", async () => {
  const [problem] = await problems("paths/recentcontact/get_contact_group.yaml", "calls: 200", "calls: 100");
  expect(problem).toBe(
    `${placeOf("info.md", "{rates}")} The operations have different rates. Write a sentence for each, with \`{rates.<operationId>}\`. (placeholder-known)`,
  );
});
