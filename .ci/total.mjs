// Adds up the vitest reports that the test commands left behind. Exits non-zero when a test failed, when a test command itself
// failed (a lint or type error leaves no report), or when a suite left no report. Names each failed test with the first lines of its message.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const exitCode = Number(process.argv[2] ?? 0);
const folders = ["packages", "apps"].flatMap((parent) => readdirSync(parent).map((name) => join(parent, name)));
// Each vitest.NAME.config.ts reports to test-results-NAME.json.
const reports = folders.flatMap((folder) =>
  readdirSync(folder)
    .map((file) => /^vitest(?:\.(\w+))?\.config\.ts$/.exec(file))
    .filter((match) => match !== null)
    .map(([, name]) => join(folder, name === undefined ? "test-results.json" : `test-results-${name}.json`)),
);
const tell = (where, message) => {
  console.error(`Failed: ${where}\n${message.split("\n").slice(0, 12).join("\n")}\n`);
};
let passed = 0;
let failed = 0;
for (const report of reports) {
  if (!existsSync(report)) {
    console.error(`${report}: no test report, its tests did not run`);
    failed += 1;
    continue;
  }
  const { numPassedTests, numFailedTests, success, testResults } = JSON.parse(readFileSync(report, "utf8"));
  passed += numPassedTests;
  failed += success || numFailedTests > 0 ? numFailedTests : 1;
  for (const { name, status, message, assertionResults } of testResults) {
    const tests = assertionResults.filter((test) => test.status === "failed");
    for (const test of tests) tell(`${name}: ${test.fullName}`, test.failureMessages.join("\n"));
    // A file can fail outside its tests, when it is loaded or torn down.
    if (status === "failed" && tests.length === 0) tell(name, message);
  }
}
if (exitCode !== 0 && failed === 0) {
  console.error("A test command failed before the tests or next to them: see above.");
  failed = 1;
}
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = failed > 0 ? 1 : 0;
