import { expect, test } from "vitest";
import { read } from "./repository.ts";

const renovate = JSON.parse(read("renovate.json"));

test("Renovate proposes a version only after a week", () => {
  expect(renovate.minimumReleaseAge).toBe("7 days");
  expect(renovate.internalChecksFilter).toBe("strict");
  for (const rule of renovate.packageRules) expect(rule).not.toHaveProperty("minimumReleaseAge");
});

test("Renovate proposes the fix of a known vulnerability at once", () => {
  expect(renovate.vulnerabilityAlerts.minimumReleaseAge).toBeNull();
});

test("actions stay pinned by commit", () => {
  expect(renovate.extends).toContain("helpers:pinGitHubActionDigests");
});
