import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { presets } from "../../src/index.ts";
import { emptyFolder, run, serve } from "./run.ts";

const [{ accounts = [] } = {}] = presets.verify().seed.apps ?? [];

test("--preset verify writes the accounts and prints the command that verifies the emulator", async () => {
  const folder = emptyFolder();
  const { url, output } = await serve(["--memory", "--preset", "verify"], { folder });
  expect(readFileSync(join(folder, "accounts.txt"), "utf8")).toBe(`${accounts.join("\n")}\n`);
  expect(output()).toContain("1400000000 verifies UserSigs with its key, administrator administrator");
  expect(output()).toContain(
    `  APP_KEY=${presets.verify().apps?.[0]?.secretKey} npx @contact-groups/contract verify --base-url ${url} --sdkappid 1400000000 --identifier administrator --secret-key-env APP_KEY --users-file accounts.txt --chat-group '@TGS#VERIFY'\n`,
  );
});

test("an app of the command line is verified with its own key", async () => {
  const folder = emptyFolder();
  const app = ["--app", "20000001", "--secret-key-env", "OWN_KEY", "--admin", "root"];
  const file = ["--accounts-file", "users.txt"];
  const surroundings = { folder, env: { OWN_KEY: "the-own-key-of-this-test" } };
  const { output } = await serve(["--memory", "--preset", "verify", ...app, ...file], surroundings);
  expect(output()).toMatch(
    /^ {2}npx @contact-groups\/contract verify .* --sdkappid 20000001 --identifier root --secret-key-env OWN_KEY --users-file users\.txt /m,
  );
  expect(output()).not.toContain(surroundings.env.OWN_KEY);
});

test("a file with something else is not overwritten", async () => {
  const folder = emptyFolder();
  writeFileSync(join(folder, "accounts.txt"), "mine\n");
  const { code, errors } = await run(["--memory", "--preset", "verify"], { folder });
  expect(errors).toMatch(/^accounts\.txt exists and has something else\. Give another file with --accounts-file\./);
  expect(code).toBe(2);
  expect(readFileSync(join(folder, "accounts.txt"), "utf8")).toBe("mine\n");
});

test("--accounts-file without --preset verify is rejected", async () => {
  const { code, errors } = await run(["--memory", "--accounts-file", "users.txt"], { folder: emptyFolder() });
  expect(errors).toMatch(/^--accounts-file belongs to --preset verify: give both\./);
  expect(code).toBe(2);
});
