import { expect, test } from "vitest";
import { renderPage, type Page, versionsOf } from "../src/page.ts";

const file = "apps/bench/src/client/calls.ts";
const page: Page = {
  quick: false,
  machine: "2 × Processor, 8 GiB",
  versions: ["Node.js 26.10.0", "got 16.1.0"],
  parts: { Client: [{ about: "A call.", peers: [], file, reports: [{ title: "A call", values: { ms: [1] } }] }] },
};

test("the page names the machine, the versions and the program of its figures", () => {
  const text = renderPage(page);
  expect(text).toContain("- Machine: 2 × Processor, 8 GiB\n- Versions: Node.js 26.10.0, got 16.1.0\n");
  expect(text).toContain(`A call. Program: [\`${file}\`](${file}).`);
  expect(text).toMatch(/^# Benchmarks\n[^]*^## Client\n[^]*^### A call\n/m);
});

test("the page marks a quick run, and no other", () => {
  expect(renderPage(page)).not.toContain("quick");
  expect(renderPage({ ...page, quick: true })).toMatch(/`pnpm bench --quick`.* This was a quick run/);
});

test("versionsOf rejects a package that is not in the catalog, and says what to do", () => {
  expect(() => versionsOf(["left-pad"])).toThrow(/left-pad is not in the catalog .*: add it/);
});
