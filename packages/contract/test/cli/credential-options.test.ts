import { expect, test } from "vitest";
import { requestChecks } from "@contact-groups/openapi/model";
import { send } from "../send.ts";
import { runCommand } from "./run-command.ts";

const environment = { APP_KEY: "k".repeat(64) };

test("serve verifies credentials with the key of a variable", async () => {
  let response: unknown;
  const { code, stdout, stderr } = await runCommand(
    [
      "serve",
      "--port",
      "0",
      "--assert-valid",
      "--secret-key-env",
      "APP_KEY",
      "--administrators",
      "administrator,admin2",
    ],
    {
      environment,
      untilStopped: async (printed) => {
        await expect.poll(printed).toMatch(/http:/);
        const origin = /http:\/\/\S+:\d+/.exec(printed())?.[0] ?? "";
        response = await (await send(fetch, "getContactGroup", { origin })).json();
      },
    },
  );
  expect(response).toMatchObject({ ErrorCode: requestChecks.userSigReadable.error });
  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(stdout).toContain("[credentials]");
  expect(stdout).not.toContain(environment.APP_KEY);
});

test.each([
  [["--secret-key-env", "NO_KEY"], "--secret-key-env: the environment variable NO_KEY is not set."],
  [["--administrators", "admin"], "--sdkappid and --administrators require --secret-key-env."],
  [["--secret-key-env", "APP_KEY", "--sdkappid", "0"], "It must be an integer from 1 to 4294967295."],
  [["--secret-key-env", "APP_KEY", "--administrators", ","], "At least one name is required."],
])("exits with 2 for %j", async (args, sentence) => {
  const { code, stderr } = await runCommand(["serve", "--port", "0", ...args], { environment });
  expect(code).toBe(2);
  expect(stderr).toContain(sentence);
});
