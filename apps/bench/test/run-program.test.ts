import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll, expect, test } from "vitest";
import { runProgram } from "../src/run-program.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** Runs a program of which this is the body of `measure`. */
function run(body: string, quick = false) {
  const file = join(folder, "program.mjs");
  writeFileSync(
    file,
    `export const about = "A test.";
export const peers = ["got"];
export async function* measure({ quick, folder }) { ${body} }`,
  );
  return runProgram(pathToFileURL(file), "program.mjs", quick);
}

test("collects the reports of a program, with its description and peers", async () => {
  const outcome = await run(`
    yield { title: "First", values: { ms: [1] } };
    yield { title: "Last", values: { ms: [2] } };`);
  expect(outcome).toMatchObject({ about: "A test.", peers: ["got"], file: "program.mjs" });
  expect(outcome.reports.map(({ title }) => title)).toEqual(["First", "Last"]);
});

test("ends a program that still has a server or a timer", async () => {
  const outcome = await run('setInterval(() => {}, 1000); yield { title: "A", values: { ms: [1] } };');
  expect(outcome.reports).toHaveLength(1);
});

test("lets a program measure less only in a quick run", async () => {
  const rounds = 'yield { title: "A", values: { rounds: [quick ? 3 : 9] } };';
  expect(await run(rounds, true)).toMatchObject({ reports: [{ values: { rounds: [3] } }] });
  expect(await run(rounds)).toMatchObject({ reports: [{ values: { rounds: [9] } }] });
});

test.each([
  ["process.exit(3);", "program.mjs ended with exit code 3: see above"],
  ["", "program.mjs reported nothing: its measure() must yield a report"],
  ['yield { title: "A", rounds: [] };', 'program.mjs: "A" has no figure'],
  ['yield { title: "A", values: { ms: [0] } };', 'program.mjs: "A" has the figure 0, but every figure must be above 0'],
  ['yield { title: "A", values: { ms: [NaN] } };', 'program.mjs: "A" has a figure that is not a number'],
])("a program of %j is rejected by its name, with what is wrong", async (body, message) => {
  await expect(run(body)).rejects.toThrow(message);
});
