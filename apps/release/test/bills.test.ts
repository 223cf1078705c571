import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { writeBills, type Bill } from "../sbom/bills.ts";
import { checkLicences } from "../checks/licence.ts";
import { published, read } from "./repository.ts";

let folder: string;
let bills: ReadonlyMap<string, Bill>;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), "bills-"));
  const written = await writeBills(join(folder, "sbom"));
  bills = new Map(written.map((file) => [basename(file), JSON.parse(readFileSync(file, "utf8"))]));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const fileOf = (name: string) => `${name.slice(1).replace("/", "-")}.cdx.json`;
const namesIn = (bill: Bill | undefined) =>
  (bill?.components ?? []).map(({ group, name }) => (group === undefined ? name : `${group}/${name}`));

test("each published package has a bill of materials that names it, and there is no other", () => {
  expect([...bills.keys()]).toEqual(published.map((path) => fileOf(JSON.parse(read(path)).name)).toSorted());
});

test.each(published)("the bill of %s lists what the package depends on", (path) => {
  const manifest = JSON.parse(read(path));
  const bill = bills.get(fileOf(manifest.name));
  expect(`${bill?.metadata.component.group}/${bill?.metadata.component.name}`).toBe(manifest.name);
  expect(bill?.metadata.component.version).toBe(manifest.version);
  expect(namesIn(bill)).toEqual(expect.arrayContaining(Object.keys(manifest.dependencies ?? {})));
});

test("the bill of the client lists nothing: it has no dependencies", () => {
  expect(namesIn(bills.get("contact-groups-client.cdx.json"))).toEqual([]);
});

test("no bill lists a package that only development needs", () => {
  for (const bill of bills.values()) expect(namesIn(bill)).not.toContain("vitest");
});

test("each part has an address, and an allowed licence if its package names one in the current form", () => {
  for (const { components } of bills.values())
    for (const { name, purl, licenses = [] } of components) {
      expect(purl).toMatch(/^pkg:npm\/.+@\d/);
      const named = licenses.map(({ license, expression }) => license?.id ?? expression ?? license?.name ?? "");
      expect(checkLicences(named.map((licence) => ({ name, license: licence })))).toEqual([]);
    }
  const parts = [...bills.values()].flatMap(({ components }) => components);
  expect(parts.filter(({ licenses }) => licenses === undefined).length).toBeLessThan(parts.length / 10);
});
