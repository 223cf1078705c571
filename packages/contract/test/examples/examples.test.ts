/** Runs the sample consumers with the published packages installed. */
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, onTestFinished, test } from "vitest";
import { rules } from "../../src/judge/judge.ts";
import { emptyFolder } from "@contact-groups/testing/projects";
import { copyExample, installPacked, type Outcome, remove, root, runNode } from "./packed.ts";
import { makeMistake, redVariants } from "./red-variants.ts";

let folder: string;
let modules: string;
beforeAll(async () => {
  folder = emptyFolder();
  modules = await installPacked(folder);
});
afterAll(() => remove(folder));

/** A sample consumer with everything installed. */
function project(name: string): string {
  const copy = copyExample(name, modules);
  onTestFinished(() => remove(copy));
  return copy;
}

test("the consumer with vitest passes its tests", async () => {
  const { code, output } = await runNode(project("vitest"), ["node_modules/vitest/vitest.mjs", "run"]);
  expect(output).toMatch(/Tests +3 passed \(3\)/);
  expect(code).toBe(0);
});

test("the consumer with node:test passes its tests, and its coverage can be measured", async () => {
  const consumer = project("node-test");
  const { code, output } = await runNode(consumer, ["--test"], { CONTACT_GROUPS_RECORD: "recordings" });
  expect(output).toMatch(/pass 3\n.* fail 0\n/);
  expect(code).toBe(0);

  const { coverage } = JSON.parse(readFileSync(join(consumer, "package.json"), "utf8")).scripts;
  const [name, ...args] = coverage.split(" ");
  expect(name).toBe("contact-groups-contract");
  const measured = await runNode(consumer, [cli, ...args]);
  expect(measured.output).toMatch(/getContactGroup: 5 responses\n {2}examples 3 of 4/);
  expect(measured.code).toBe(0);
  expect((await runNode(consumer, [cli, "check", "recordings"])).code).toBe(0);
});

const cli = "node_modules/@contact-groups/contract/bin/contract.cjs";
const hasPython = spawnSync("python3", ["--version"], { stdio: "ignore" }).status === 0;

/** Runs the tests of the consumer in Python as its package.json says. */
function testPython(consumer: string): Promise<Outcome> {
  const [name, ...args] = JSON.parse(readFileSync(join(consumer, "package.json"), "utf8")).scripts.test.split(" ");
  expect(name).toBe("contact-groups-contract");
  return runNode(consumer, [cli, ...args]);
}

test.runIf(hasPython)("the consumer in Python passes its tests, and each of its calls is valid", async () => {
  const { code, output } = await testPython(project("python"));
  expect(output).toMatch(/Ran 2 tests[^]*\nOK\n/);
  expect(output).toContain("All calls since the start are valid.");
  expect(code).toBe(0);
});

// jest is not installed here: `pnpm test:consumers` runs its variants.
test.each(redVariants.filter(({ consumer }) => consumer !== "jest" && (hasPython || consumer !== "python")))(
  "the consumer with $consumer fails when its $mistake",
  async (variant) => {
    const consumer = project(variant.consumer);
    makeMistake(consumer, variant);
    const command = variant.consumer === "vitest" ? ["node_modules/vitest/vitest.mjs", "run"] : ["--test"];
    const { code, output } = await (variant.consumer === "python" ? testPython(consumer) : runNode(consumer, command));
    expect(code).toBe(1);
    expect(output).toMatch(variant.printed);
  },
);

test("finds every bug of the careless consumer, with the output in found.txt", async () => {
  const { code, output } = await runNode(project("careless"), ["find-the-bugs.js"]);
  expect(output).toBe(readFileSync(join(root, "examples/careless/found.txt"), "utf8"));
  expect(code).toBe(0);
});

/** Rules that are about responses, or a clock that runs, about what code that uses `fetch` and `JSON.stringify` does not break, or need the key of the app. */
const notShown: ReadonlySet<string> = new Set([
  "caller-timeout",
  "credentials",
  "duplicate-key",
  "encoding",
  "integer-form",
  "latency",
  "prism",
  "secret",
  "status",
]);

test("the careless consumer breaks each rule of judge once", () => {
  const found = readFileSync(join(root, "examples/careless/found.txt"), "utf8");
  const bugs = found.split(/^(?=\w)/m);
  expect(bugs).toHaveLength(22);
  expect(bugs.map((bug) => bug.match(/^ {2}\w/gm)?.length)).toEqual(bugs.map(() => 1));
  expect(new Set([...found.matchAll(/^ {2}([\w-]+),/gm)].map(([, rule]) => rule))).toEqual(
    new Set(Object.keys(rules).filter((rule) => !notShown.has(rule))),
  );
});
