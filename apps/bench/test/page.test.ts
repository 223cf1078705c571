import { expect, test } from "vitest";
import { programs } from "../src/programs.ts";
import { renderPage, type Page } from "../src/render-page.ts";

const [program] = programs["Client"] ?? [];
if (program === undefined) throw new Error("no program of the client");
const page: Page = {
  quick: false,
  machine: "2 × Processor, 8 GiB",
  versions: ["Node.js 26.10.0", "got 16.1.0"],
  parts: { Client: [{ program, reports: [{ title: "A call", values: { ms: [1] } }] }] },
};

test("the page says by what machine and which versions its figures were made, and by which program", () => {
  const text = renderPage(page);
  expect(text).toContain("- Machine: 2 × Processor, 8 GiB\n- Versions: Node.js 26.10.0, got 16.1.0\n");
  expect(text).toContain(`[\`${program.file}\`](${program.file})`);
  expect(text).toMatch(/^# Benchmarks\n[^]*^## Client\n[^]*^### A call\n/m);
});

test("only the page of a quick run says that it is one", () => {
  expect(renderPage(page)).not.toContain("quick");
  expect(renderPage({ ...page, quick: true })).toMatch(/`pnpm bench --quick`.* This was a quick run/);
});
