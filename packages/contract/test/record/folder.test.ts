import { appendFileSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readRecordings, recordTo } from "../../src/record/folder.ts";
import { requestOf } from "../calls.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { call, everyResponse, failure, recorded, userSig } from "../coverage/recorded.ts";

const get = requestOf("getContactGroup");
const at = (startedAt: number) => call("getContactGroup", get, failure(50001), { startedAt });

test("reads the calls of several writers of a folder in the order of time, with new indexes", async () => {
  const folder = temporaryFolder();
  const [one, other] = [recordTo(folder), recordTo(folder)];
  for (const exchange of await recorded([at(1), at(4)])) one(exchange);
  for (const exchange of await recorded([at(2), at(3)])) other(exchange);
  const { exchanges, files, brokenLines } = readRecordings(folder);
  expect(exchanges.map(({ index, startedAt }) => [index, startedAt])).toEqual([
    [0, 1],
    [1, 2],
    [2, 3],
    [3, 4],
  ]);
  expect(files.map((file) => file.map(({ startedAt }) => startedAt))).toEqual(
    expect.arrayContaining([
      [1, 4],
      [2, 3],
    ]),
  );
  expect(brokenLines).toBe(0);
});

test("reads what was written, except undefined fields", async () => {
  const folder = temporaryFolder();
  const exchanges = await recorded(everyResponse());
  const append = recordTo(folder);
  for (const exchange of exchanges) append(exchange);
  expect(readRecordings(folder).exchanges).toEqual(exchanges);
});

test("creates no file before the first call", () => {
  const folder = temporaryFolder();
  recordTo(join(folder, "recordings"));
  expect(readdirSync(folder)).toEqual([]);
});

test("no recording contains the UserSig", async () => {
  const folder = temporaryFolder();
  const calls = [at(0), call("getContactGroup", { ...(get as object), Note: userSig }, { ErrorInfo: `no ${userSig}` })];
  const append = recordTo(folder);
  for (const exchange of await recorded(calls)) append(exchange);
  expect(JSON.stringify(readRecordings(folder))).not.toContain(userSig.slice(0, 10));
});

test("counts and skips lines that are truncated or not a call", async () => {
  const folder = temporaryFolder();
  const append = recordTo(folder);
  for (const exchange of await recorded([at(0)])) append(exchange);
  const [file = ""] = readdirSync(folder);
  appendFileSync(join(folder, file), '{"index":1,"requ\nnull\n{"log":{}}\n');
  expect(readRecordings(folder)).toMatchObject({ exchanges: [{ startedAt: 0 }], brokenLines: 3 });
});

test("skips calls of an earlier version, whose header fields and responses were not checked", async () => {
  const folder = temporaryFolder();
  const [exchange] = await recorded([at(0)]);
  const { request, response } = exchange!;
  const before = [
    { ...exchange, request: { ...request, headers: undefined } },
    { ...exchange, response: { ...response, violations: undefined } },
  ];
  writeFileSync(join(folder, "old.jsonl"), before.map((one) => `${JSON.stringify(one)}\n`).join(""));
  const { exchanges, brokenLines } = readRecordings(folder);
  expect({ exchanges, brokenLines }).toEqual({ exchanges: [], brokenLines: 2 });
});

test("rejects a folder that is missing or has no recording, and says what to do", () => {
  const folder = temporaryFolder();
  expect(() => readRecordings(join(folder, "none"))).toThrow(/cannot be read \(ENOENT\).*CONTACT_GROUPS_RECORD=/);
  writeFileSync(join(folder, "readme.txt"), "");
  expect(() => readRecordings(folder)).toThrow(/has no recording.*CONTACT_GROUPS_RECORD=/);
});
