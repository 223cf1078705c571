import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { compareDescriptions } from "../../breaking/compare.ts";
import { releaseGate, type GateResult } from "../../breaking/release-gate.ts";
import { crossCheck } from "../../breaking/cross-check.ts";
import { bundle } from "../bundle.ts";

const heading = (bump: string): string => `---\n"@contact-groups/openapi": ${bump}\n---\n\n`;
const lowerLimit = (document: any): unknown => (document["x-limits"].groupsPerUser.maximum = 10);
const addField = (document: any): unknown =>
  (document.components.schemas.Success.properties.TraceId = { type: "string", description: "Trace." });

/** The gate over an edit of the description that was released as a version, with changesets by file name. */
function run(
  edit: (document: any) => unknown,
  changesets: Record<string, string>,
  version?: string,
  missed: typeof crossCheck = () => [],
): GateResult {
  const folder = mkdtempSync(join(tmpdir(), "gate-"));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const after = structuredClone(bundle);
  edit(after);
  writeFileSync(join(folder, "openapi.json"), JSON.stringify(after));
  mkdirSync(join(folder, "changesets"));
  writeFileSync(join(folder, "changesets/README.md"), "# Changesets\n");
  for (const [file, text] of Object.entries(changesets)) writeFileSync(join(folder, "changesets", file), text);
  for (const released of version === undefined ? [] : ["0.0.9", version]) {
    mkdirSync(join(folder, "released", released), { recursive: true });
    const content = released === version ? bundle : {};
    writeFileSync(join(folder, "released", released, "openapi.json"), JSON.stringify(content));
  }
  return releaseGate({
    released: join(folder, "released"),
    bundle: join(folder, "openapi.json"),
    changesets: join(folder, "changesets"),
    crossCheck: missed,
  });
}

/** The changeset that a message has ready to paste. */
const ready = ({ text }: GateResult): string => text.slice(text.indexOf("---\n"));

test("without a released description everything passes, and the reason is printed", () => {
  expect(run(lowerLimit, {})).toEqual({ passes: true, text: expect.stringMatching(/^Nothing has been released/) });
});

test("an unchanged description passes without a changeset", () => {
  expect(run(() => {}, {}, "1.2.0")).toEqual({
    passes: true,
    text: "The description is the same as in version 1.2.0.",
  });
});

test("a breaking edit without a changeset fails, with who breaks and what to do", () => {
  const { passes, text } = run(lowerLimit, {}, "1.10.0");
  expect(passes).toBe(false);
  expect(text).toContain("The description since version 1.10.0:");
  expect(text).toContain(
    "`groupsPerUser` `maximum` changed from `20` to `10`. (limit-lowered, `/x-limits/groupsPerUser/maximum`)",
  );
  expect(text).toContain("Who breaks: ");
  expect(text).toContain(
    "need a major changeset, but no pending changeset names the description. Save this as .changeset/",
  );
});

test("a breaking edit with a minor changeset fails", () => {
  const { passes, text } = run(
    lowerLimit,
    { "one.md": `${heading("minor")}Ten.\n\nTo change: see \`groupsPerUser\`.` },
    "1.0.0",
  );
  expect(passes).toBe(false);
  expect(text).toContain("but the pending changesets have only minor");
});

test.each([
  ["a breaking edit", lowerLimit, "1.0.0"],
  ["an addition", addField, "1.0.0"],
  ["a breaking edit before 1.0.0", lowerLimit, "0.3.0"],
  ["an addition before 1.0.0", addField, "0.3.0"],
])("the changeset in the message makes %s pass", (_, edit, version) => {
  const failed = run(edit, {}, version);
  expect(failed.passes).toBe(false);
  expect(run(edit, { "description-changes.md": ready(failed) }, version)).toMatchObject({ passes: true });
});

test.each([
  ["major", "1.0.0"],
  ["minor", "0.3.0"],
])("a breaking edit needs a %s changeset after version %s", (bump, version) => {
  expect(ready(run(lowerLimit, {}, version))).toContain(`"@contact-groups/openapi": ${bump}\n`);
});

test("a breaking edit needs a section that names it, also before 1.0.0", () => {
  const silent = run(lowerLimit, { "one.md": `${heading("minor")}Ten groups. \`groupsPerUser\`.` }, "0.3.0");
  expect(silent.passes).toBe(false);
  expect(silent.text).toContain('about `groupsPerUser`: list each in a section that begins with "To change:"');
  const other = run(lowerLimit, { "one.md": `${heading("minor")}Ten.\n\nTo change: see \`GroupName\`.` }, "0.3.0");
  expect(other.passes).toBe(false);
});

test("a changeset of another package does not count", () => {
  const text = '---\n"@contact-groups/client": major\n---\n\nTo change: `groupsPerUser`.';
  expect(run(lowerLimit, { "one.md": text }, "1.0.0").passes).toBe(false);
});

test("a changeset without a heading is an error with its name", () => {
  expect(() => run(lowerLimit, { "one.md": "Ten groups." }, "1.0.0")).toThrow(
    /^\.changeset\/one\.md must begin with "---"/,
  );
});

test("a changeset with an invalid heading is an error with its name", () => {
  expect(() => run(lowerLimit, { "one.md": "---\n{\n---\n\nTen." }, "1.0.0")).toThrow(
    /^\.changeset\/one\.md has a heading/,
  );
});

test("a change without a rule is reported, but is not in the changeset", () => {
  const failed = run(
    (document) => (document.components.schemas.GroupItem.propertyNames = { maxLength: 9 }),
    {},
    "1.0.0",
  );
  expect(failed.text).toContain("No rule rates `GroupItem`, which counts as major: add a rule");
  expect(ready(failed)).not.toMatch(/rule|undo the edit/);
});

test("a description that Redocly finds unchanged passes", () => {
  expect(run((document) => (document.info.description = "Groups."), {}, "1.0.0", crossCheck).text).not.toContain(
    "redocly diff",
  );
});

test("a change that only the cross-check finds is part of the result", () => {
  const [found] = compareDescriptions(bundle, { ...bundle, openapi: "3.2.0" });
  const { passes, text } = run(
    () => {},
    {},
    "1.0.0",
    () => [{ ...found!, kind: "unrated", subject: "servers" }],
  );
  expect(passes).toBe(false);
  expect(text).toContain("No rule rates `servers`");
});
