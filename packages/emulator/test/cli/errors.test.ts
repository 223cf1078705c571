import { join } from "node:path";
import { expect, test } from "vitest";
import { run, spawnCommand } from "./run.ts";

const key = "f5bd2850ff3ecb11d7c805251c51ee463a25727bddc2385f3fa8bfee1bb93b5e";

test.each([
  [["--port", "x"], '--port must be a number from 0 to 65535, but is "x".'],
  [["--port", "65536"], "--port must be a number from 0 to 65535"],
  [["--prot", "1"], "(Did you mean --port?)"],
  [["exprot"], 'Did you mean export, not "exprot"? The commands are serve, '],
  [["bogus"], "The first argument is no command. The commands are serve, "],
  [[key], "The first argument is no command."],
  [["--memory", "--host", "203.0.113.1"], "This machine has no address 203.0.113.1."],
  [["--memory", "--set", "pageSize"], "--set must be name=value"],
  [["--memory", "--set", "pageSize=x"], 'The setting pageSize must be a positive integer, but is "x".'],
  [["--memory", "--set", "paegSize=1"], "There is no setting paegSize. The settings are userSig,"],
  [["--memory", "--set", "rateLimit=1"], 'The setting rateLimit must be "on" or "off" or'],
  [
    ["--memory", "--app", "x"],
    '--app must be an SDKAppID, which is a positive integer such as 1400000000, but is "x".',
  ],
  [["--memory", "--app", "1", "--app", "1"], "apps[1].sdkAppId must be unique, but apps[0] has 1 as well."],
  [["--memory", "--admin", "a"], "--admin belongs to the --app before it: give --app SDKAPPID first."],
  [["--memory", "--secret-key-env", "A"], "--secret-key-env belongs to the --app before it"],
  [
    ["--memory", "--app", "1", "--secret-key-env", "NOT_SET"],
    "names the environment variable NOT_SET, which is not set.",
  ],
  [["--memory", "--app", "1", "--secret-key-env", key], "must be the name of an environment variable"],
  [["--memory", `--secret-key=${key}`], "unknown option"],
  [["--memory", key], "too many arguments"],
  [["--memory", "--seed", "none.json"], "--seed none.json cannot be read: there is no such file or folder."],
  [["--memory", "--seed", "."], "--seed . cannot be read: it is a folder."],
  [["--memory", "--seed", "a", "--preset", "b"], "--preset and --seed both set"],
  [["--memory", "--preset", "none"], "--preset must be one of full-user,"],
  [["--db", join(process.execPath, "x")], "cannot be created: a part of its path is not a folder"],
  [["--memory", "--db", "x.sqlite"], "--memory and --db both say where the state is kept: give only one of them."],
  [["--memory", "--control-host", "a b/c"], '--control-host must be the name of a host, but is "a b/c".'],
  [["--memory", "--control-origin", "nonsense"], "--control-origin must be an origin such as http://localhost:3000"],
  [["export", "x.json"], "There is no database"],
  [["import", "none.json"], "none.json cannot be read"],
  [["import"], "missing required argument 'file'"],
  [["usersig"], "required option '--app <sdkappid>' not specified"],
  [["usersig", "--app", "1", "--secret-key-env", "NOT_SET"], "which is not set."],
  [["usersig", "--app", "1", "--secret-key-env", key], "must be the name of an environment variable"],
  [["usersig", "--app", "1", "--validity-seconds", "x"], "--validity-seconds must be a number of seconds"],
  [["usersig", "--app", "1", "--validity-seconds", "0"], "--validity-seconds must be a whole number from 1 to"],
])("rejects %j with one or two sentences and the exit code 2", async (args, message) => {
  const { code, errors, output } = await run(args);
  expect(code).toBe(2);
  expect(errors).toContain(message);
  expect(errors).not.toMatch(/\n\s+at |node:internal/);
  expect(errors).not.toContain(key);
  expect(errors.trimEnd().split("\n").length).toBeLessThanOrEqual(2);
  expect(output).toBe("");
});

test("a process ends with the exit code 2, and prints the error only", async () => {
  const { ended, errors, output } = spawnCommand(["--port", "x"]);
  expect(await ended).toBe(2);
  expect(errors()).toBe('--port must be a number from 0 to 65535, but is "x".\n');
  expect(output()).toBe("");
});

test("reports that the standard input is not JSON", async () => {
  const { ended, errors } = spawnCommand(["--memory", "--seed", "-"]);
  expect(await ended).toBe(2);
  expect(errors()).toContain("--seed - is not JSON");
});
