import { writeFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { isVisible, terminalJson, terminalLine } from "../../src/terminal.ts";
import { call, createGroup } from "./call.ts";
import { emptyFolder, run, serve } from "./run.ts";

/** Bell and escape, CSI and NEL of C1, the separators of lines and paragraphs, and what turns the direction of writing. */
const unseen = "\u0007\u001B[31m\u007F\u0085\u009B31m\u2028\u2029\u202A\u202E\u2066\u2069\u200F\uFEFF\u{E0041}";
const nasty = `a${unseen}b`;
/** The lines of an output that hold what a terminal would act on. */
const actedOn = (output: string): readonly string[] => output.split("\n").filter((line) => !isVisible(line));

test.each([
  ["plain", []],
  ["JSON", ["--json"]],
])("prints no character of a request that a terminal acts on, in %s lines", async (_, args) => {
  const { url, until, output, errors, close } = await serve(["--memory", ...args, "--set", "accounts=lenient"]);
  await createGroup(url, "user_0001", nasty);
  await call(url, "getContactGroup", { From_Account: nasty, StartIndex: 0 });
  await call(url, "getContactGroup", { [nasty]: nasty });
  await call(url, "getContactGroup", {}, { identifier: nasty, sdkappid: nasty });
  await call(url, "getContactGroup", {}, { identifier: nasty });
  await fetch(`${url}/${encodeURIComponent(nasty)}?${encodeURIComponent(nasty)}=1`, { method: "POST", body: nasty });
  await fetch(`${url}/__emulator/faults`, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ error: "NetworkTimeout", errorInfo: nasty }),
  });
  await call(url, "getContactGroup", { From_Account: "user_0001", StartIndex: 0 });
  await until(args.length > 0 ? '"fault":1' : "[fault]");
  await close();
  expect(actedOn(output() + errors())).toEqual([]);
  if (args.length === 0) return;
  const calls = output()
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { readonly why?: string });
  expect(calls.some(({ why }) => why?.includes("\u202E"))).toBe(true);
});

test("prints no such character of a file's name, in the announcement and in JSON", async () => {
  // On Windows no file can have one of C0.
  const file = `${nasty.replaceAll(/[^\u0020-\u{10FFFF}]/gu, "")}.sqlite`;
  for (const args of [[], ["--json"]]) {
    const { until } = await serve(["--db", file, ...args]);
    expect(actedOn(await until(args.length > 0 ? '"control"' : "curl"))).toEqual([]);
  }
});

test.each([
  [[`--${nasty}`]],
  [[nasty]],
  [["--seed", nasty]],
  [["--config", nasty]],
  [["--db", join(process.execPath, nasty)]],
  [["--host", nasty]],
  [["--port", nasty]],
  [["--set", nasty]],
  [["--set", `pageSize=${nasty}`]],
  [["--preset", nasty]],
  [["--app", nasty]],
  [["--app", "1", "--admin", nasty]],
  [["--app", "1", "--secret-key-env", nasty]],
  [["--control-host", nasty]],
  [["--control-origin", nasty]],
  [["export", nasty]],
  [["import", nasty]],
  [["usersig", "--app", nasty]],
  [["usersig", "--app", "1", "--identifier", nasty, "--validity-seconds", nasty]],
])("prints no such character in the error about %j", async (args) => {
  const { code, errors, output } = await run(["--memory", ...args].slice(args[0]?.startsWith("--") ? 0 : 1));
  expect(code).toBe(2);
  expect(errors).not.toBe("");
  expect(actedOn(errors + output)).toEqual([]);
});

test("prints no such character of a document that it rejects or exports, and exports the same values", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "bad.json"), JSON.stringify({ apps: [{ [nasty]: nasty }] }));
  const rejected = await run(["--memory", "--seed", "bad.json"], { folder });
  expect(rejected.code).toBe(2);
  expect(actedOn(rejected.errors)).toEqual([]);

  const document = { apps: [{ users: [{ userId: "ann", groups: [{ name: nasty }] }] }] };
  writeFileSync(join(folder, "good.json"), JSON.stringify(document));
  expect((await run(["import", "good.json"], { folder })).code).toBe(0);
  const exported = await run(["export", "-"], { folder });
  expect(exported.code).toBe(0);
  expect(actedOn(exported.output)).toEqual([]);
  expect(JSON.parse(exported.output)).toMatchObject({ apps: [{ users: [{ groups: [{ name: nasty }] }] }] });
});

test("prints only visible characters, and JSON keeps its value", () => {
  const anything = fc.string({
    unit: fc.oneof(fc.constantFrom(...unseen), fc.string({ unit: "binary", minLength: 1, maxLength: 1 })),
    maxLength: 12,
  });
  fc.assert(
    fc.property(anything, fc.dictionary(anything, anything, { maxKeys: 3 }), (text, value) => {
      expect(actedOn(terminalLine(text))).toEqual([]);
      expect(actedOn(terminalJson(value, 2))).toEqual([]);
      expect(JSON.parse(terminalJson(value))).toEqual(JSON.parse(JSON.stringify(value)));
    }),
    { seed: 1 },
  );
  expect(terminalLine("家庭 é 👍")).toBe("家庭 é 👍");
});
