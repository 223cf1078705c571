import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import type { Program } from "../src/programs.ts";
import { runProgram } from "../src/run-program.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-"));
afterAll(() => rmSync(folder, { recursive: true }));

function program(text: string, quick: readonly string[] = []): Program {
  writeFileSync(join(folder, "program.mjs"), text);
  return { file: "program.mjs", about: "", quick, peers: [] };
}

test("collects what a program reports, also what it sends right before it ends", async () => {
  const text = `
    process.send({ title: "First", values: { ms: [1] } });
    process.send({ title: "Last", values: { ms: [2] } }, () => process.exit());`;
  const titles = (await runProgram(folder, program(text), false)).map(({ title }) => title);
  expect(titles).toEqual(["First", "Last"]);
});

test("gives a program fewer rounds only in a quick run", async () => {
  const rounds = program('process.send({ title: "A", values: { rounds: [Number(process.argv[2] ?? 9)] } })', ["3"]);
  expect(await runProgram(folder, rounds, true)).toEqual([{ title: "A", values: { rounds: [3] } }]);
  expect(await runProgram(folder, rounds, false)).toEqual([{ title: "A", values: { rounds: [9] } }]);
});

test.each([
  ["process.exit(3)", "program.mjs ended with exit code 3: see above"],
  ["", "program.mjs reported nothing: it has to call process.send with a report"],
  ['process.send({ title: "A" })', 'program.mjs: "A" has neither rounds nor values'],
])("a program of %j is named with what is wrong", async (text, message) => {
  await expect(runProgram(folder, program(text), false)).rejects.toThrow(message);
});
