import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";

const young = fileURLToPath(new URL("../../src/cli/serve.ts", import.meta.url));

/** Bytes of a program's young generation after it has allocated a lot, in a process of its own. */
function bytesAfterLoad(prepare: string): number {
  const program = `
    import { getHeapSpaceStatistics } from "node:v8";
    import { keepYoungGeneration } from ${JSON.stringify(young)};
    ${prepare}
    const recent = [];
    for (let i = 0; i < 5e6; i++) recent[i % 20_000] = { call: i, body: [i] };
    console.log(getHeapSpaceStatistics().find((space) => space.space_name === "new_space").space_size);
  `;
  return Number(execFileSync(process.execPath, ["--input-type=module", "--eval", program], { encoding: "utf8" }));
}

test("the command's young generation does not grow under a load under which another program's does", () => {
  const grown = bytesAfterLoad("");
  expect(grown).toBeGreaterThan(16e6);
  expect(bytesAfterLoad("keepYoungGeneration();")).toBeLessThan(grown / 4);
});
