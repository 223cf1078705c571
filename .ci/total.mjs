// Adds up the vitest reports that the test command left behind. Exits non-zero when a test failed, when the test command itself
// failed (a lint or type error leaves no report), or when a package with tests left no report.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const exitCode = Number(process.argv[2] ?? 0);
const folders = [
  "openapi",
  ...["packages", "apps"].flatMap((parent) => readdirSync(parent).map((name) => join(parent, name))),
];
const suites = folders.filter((folder) => existsSync(join(folder, "vitest.config.ts")));
let passed = 0;
let failed = 0;
for (const suite of suites) {
  const report = join(suite, "test-results.json");
  if (!existsSync(report)) {
    console.error(`${suite}: no test report, its tests did not run`);
    failed += 1;
    continue;
  }
  const { numPassedTests, numFailedTests, success } = JSON.parse(readFileSync(report, "utf8"));
  passed += numPassedTests;
  failed += success || numFailedTests > 0 ? numFailedTests : 1;
}
if (exitCode !== 0 && failed === 0) {
  console.error("The test command failed before or beside the tests: see above.");
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
