import { readFileSync } from "node:fs";
import { stripTypeScriptTypes } from "node:module";
import * as client from "@contact-groups/client";
import { decodeUserSig, verifyUserSig } from "@contact-groups/client/usersig";
import { errorCodes } from "@contact-groups/openapi/model";
import { expect, test, vi } from "vitest";
import { createProgram } from "../../src/cli/program.ts";
import { serve, spawnCommand } from "./run.ts";

const text = readFileSync(new URL("../../README.md", import.meta.url), "utf8");
const snippets = [...text.matchAll(/<!-- run against the command -->\n\n```(\w+)\n([\s\S]*?)```/g)];
const snippetIn = (language: string): string => snippets.find(([, found]) => found === language)?.[2] ?? "";

test("the README's first calls to the command succeed, by curl and by the client", async () => {
  const { url } = await serve();
  const [, address = "", body = ""] = /curl '(.*?)' \\\n\s+--data '(.*?)'/.exec(snippetIn("sh")) ?? [];
  expect(address).toContain("http://127.0.0.1:4020/");
  const response = await fetch(address.replace("http://127.0.0.1:4020", url), { method: "POST", body });
  expect(await response.json()).toMatchObject({ ErrorCode: 0, GroupResultItem: [{ ResultItem: [{ ResultCode: 0 }] }] });

  const log = vi.spyOn(console, "log").mockReturnValue(undefined);
  const code = stripTypeScriptTypes(snippetIn("ts"))
    .replace(/import (\{.*\}) from "[^"]+";/, "const $1 = module;")
    .replace("http://127.0.0.1:4020", url);
  await (Function("module", `return (async () => {${code}})();`) as (given: object) => Promise<void>)(client);
  const printed = [...log.mock.calls];
  log.mockRestore();
  expect(printed).toEqual([
    [[expect.objectContaining({ GroupName: "family" }), expect.objectContaining({ GroupName: "work" })]],
  ]);
});

test("the README's calls that import a user succeed, in their order, and the second one needs the first", async () => {
  const { url } = await serve();
  const [, code = ""] = /<!-- run against the command, to import a user -->\n\n```sh\n([\s\S]*?)```/.exec(text) ?? [];
  const calls = [...code.matchAll(/curl '(.*?)' \\\n\s+--data '(.*?)'/g)].map(
    ([, address = "", body = ""]) =>
      async () => {
        const response = await fetch(address.replace("http://127.0.0.1:4020", url), { method: "POST", body });
        return ((await response.json()) as { readonly ErrorCode: number }).ErrorCode;
      },
  );
  const [first, second] = calls;
  expect(await second?.()).toBe(errorCodes.UserNotImported);
  expect(await first?.()).toBe(0);
  expect(await second?.()).toBe(0);
});

test("the README's command prints a UserSig that is valid for an hour, and nothing else", async () => {
  const [, line = ""] = /<!-- run by the command -->\n\n```sh\nnpx contact-groups-emulator (.*)\n/.exec(text) ?? [];
  const secretKey = "0123456789abcdef";
  const startedAt = Date.now();
  const { ended, output, errors } = spawnCommand(line.split(" "), { env: { KEY: secretKey } });
  expect([await ended, errors()]).toEqual([0, ""]);
  const [userSig = "", rest] = output().split("\n");
  expect(rest).toBe("");
  const app = { sdkAppId: 1400000001, identifier: "administrator", secretKey };
  expect(await verifyUserSig(userSig, { ...app, now: startedAt })).toMatchObject({ valid: true });
  expect((await decodeUserSig(userSig)).validitySeconds).toBe(3600);
});

test.each([
  ["serve", /## In one command\n([\s\S]*?)\n## /],
  ["proxy", /## Record and compare\n([\s\S]*?)\n### /],
])("the README names exactly the options of the command %s", (name, pattern) => {
  const program = createProgram("0.0.0");
  const options = program.commands.find((command) => command.name() === name)?.options ?? [];
  const [, section = ""] = pattern.exec(text) ?? [];
  const named = new Set(section.match(/--(?!data)[a-z][a-z-]+/g));
  expect([...named].toSorted()).toEqual(options.map(({ long }) => long).toSorted());
});
