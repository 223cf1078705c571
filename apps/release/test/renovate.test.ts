import { expect, test } from "vitest";
import { read } from "./repository.ts";

const renovate = JSON.parse(read("renovate.json"));

test("a version is a week old before Renovate proposes it, and nothing younger is", () => {
  expect(renovate.minimumReleaseAge).toBe("7 days");
  expect(renovate.internalChecksFilter).toBe("strict");
  for (const rule of renovate.packageRules) expect(rule).not.toHaveProperty("minimumReleaseAge");
});

test("only the fix of a known vulnerability does not wait", () => {
  expect(renovate.vulnerabilityAlerts.minimumReleaseAge).toBeNull();
});

test("actions stay pinned by commit", () => {
  expect(renovate.extends).toContain("helpers:pinGitHubActionDigests");
});
