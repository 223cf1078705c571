import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { type Database, databases } from "../../src/emulator/databases.ts";
import { keptAfterKills } from "../../src/emulator/kills.ts";

const folder = mkdtempSync(join(tmpdir(), "bench-kills-"));
afterAll(() => rmSync(folder, { recursive: true }));

/** A server that keeps every second record in a file, and all in memory. */
const forgetful: Database = {
  fill: async () => undefined,
  command: (place, port) => [
    "-e",
    `const { appendFileSync, existsSync, readFileSync } = require("node:fs");
     const file = ${JSON.stringify(join(place, "records"))};
     const records = new Set(existsSync(file) ? readFileSync(file, "utf8").split(" ") : []);
     require("node:http").createServer(({ method, url }, response) => {
       const record = url.slice(1);
       if (method === "POST" && record % 2 === 0) appendFileSync(file, record + " ");
       if (method === "POST") records.add(record);
       response.end(records.has(record) ? "found" : "missing");
     }).listen(${port}, "127.0.0.1");`,
  ],
  get: (record) => ({ path: `/${record}` }),
  found: "found",
  add: (record) => ({ method: "POST", path: `/${record}` }),
};

test("counts the acknowledged writes that are there after a kill", async () => {
  const { emulator } = databases("");
  const all = { forgetful, emulator };
  const { values } = await keptAfterKills(all, String, folder, 1);
  expect(Object.keys(values)).toEqual([
    "forgetful: acknowledged writes",
    "forgetful: of these kept, %",
    "emulator: acknowledged writes",
    "emulator: of these kept, %",
  ]);
  const [, [half] = [], , kept] = Object.values(values);
  expect(Math.abs(half! - 50)).toBeLessThan(1);
  expect(kept).toEqual([100]);
});
