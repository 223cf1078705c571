/** Runs the Arazzo documents, as they are, with Redocly's `respect`. */
import { createEmulator, type Emulator } from "@contact-groups/emulator";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "yaml";
import { catalogue, operations as all } from "../../src/operations.ts";
import { startContractServer, type ContractServer } from "../../src/index.ts";
import { operationOf } from "../calls.ts";
import { temporaryFolder } from "../coverage/folder.ts";
import { userSig } from "../coverage/recorded.ts";
import { redocly, workflows } from "./redocly.ts";

interface Step {
  readonly stepId: string;
  readonly operationId: Parameters<typeof operationOf>[0];
  readonly successCriteria: readonly { readonly condition: string }[];
}

const life = "life-of-a-group.arazzo.yaml";
const files = readdirSync(workflows).filter((file) => file.endsWith(".arazzo.yaml"));
const stepsOf = (file: string): Step[] =>
  parse(readFileSync(join(workflows, file), "utf8")).workflows.flatMap(({ steps }: { steps: Step[] }) => steps);

/** What the workflows expect to be there. */
const seed = {
  apps: [
    {
      accounts: ["user_0001", "user_0002", "user_0003"],
      chatGroups: [{ id: "@TGS#1B2AUI7RZ" }, { id: "@TGS#2DISBANDED", disbanded: true }],
    },
  ],
};

let emulator: Emulator;
let contract: ContractServer;
const urls = { emulator: "", "contract server": "" };
beforeAll(async () => {
  emulator = createEmulator({ seed });
  contract = await startContractServer();
  urls.emulator = (await emulator.listen()).url;
  urls["contract server"] = contract.url;
});
afterAll(() => Promise.all([emulator.close(), contract.close()]));

const respect = (tested: readonly string[], url: string) => {
  const inputs = { sdkAppId: 1400000000, identifier: "administrator", userSig };
  const given = Object.entries(inputs).flatMap(([name, value]) => ["--input", `${name}=${value}`]);
  return redocly("respect", ...tested, "--server", `contactGroups=${url}`, ...given);
};

test("there is a workflow for create, get and search, one for the failures, and one with operations of each effect", () => {
  expect(files).toEqual(["create-get-search.arazzo.yaml", "failures.arazzo.yaml", life]);
  const called = new Set(stepsOf(life).map(({ operationId }) => operationId));
  const effects = new Set(all.filter(({ operationId }) => called.has(operationId)).map(({ effect }) => effect));
  expect(all.filter(({ effect }) => !effects.has(effect))).toEqual([]);
  expect(stepsOf("create-get-search.arazzo.yaml").map(({ operationId }) => operationId)).toEqual([
    "createContactGroup",
    "getContactGroup",
    "searchContactGroup",
  ]);
});

test("pass Redocly's strictest rules", async () => {
  const { code, output } = await redocly("lint", "--extends", "recommended-strict", ...files);
  expect(output).toContain("Your API descriptions are valid");
  expect(code).toBe(0);
});

test.each(Object.keys(urls) as (keyof typeof urls)[])("pass against the %s", async (target) => {
  emulator.reset();
  // The contract server is stateless: a group cannot be renamed and found by its new name.
  const tested = files.filter((file) => file !== life || target === "emulator");
  const { code, output } = await respect(tested, urls[target]);
  for (const file of tested)
    expect(output).toMatch(new RegExp(`Steps: ${stepsOf(file).length} passed, ${stepsOf(file).length} total`));
  expect(code).toBe(0);
  expect(output).not.toContain(userSig);
});

test("the life of a group can be run again, because it leaves nothing", async () => {
  emulator.reset();
  expect((await respect([life], urls.emulator)).code).toBe(0);
  expect((await respect([life], urls.emulator)).code).toBe(0);
});

test("a workflow fails when the service returns another code", async () => {
  const file = join(temporaryFolder(), "wrong.arazzo.yaml");
  const text = readFileSync(join(workflows, "failures.arazzo.yaml"), "utf8");
  const description = join(workflows, "../../../openapi/dist/openapi.yaml");
  writeFileSync(file, text.replace("ErrorCode == 50001", "ErrorCode == 50002").replace(/(?<=url: )\S+/, description));
  const { code, output } = await respect([file], urls.emulator);
  expect(code).toBe(1);
  expect(output).toMatch(/✗ success criteria check - \$response\.body#\/ErrorCode == 50002/);
});

test("each step of the failures expects the code of its name in the catalogue", () => {
  for (const { stepId, operationId, successCriteria } of stepsOf("failures.arazzo.yaml")) {
    const codes = successCriteria.flatMap(({ condition }) => /\/ErrorCode == (\d+)/.exec(condition)?.[1] ?? []);
    const entry = catalogue.find(({ name, operations }) => name === stepId && operations.includes(operationId));
    if (!entry) expect(operationOf(operationId).successes).toContain(stepId);
    expect(codes).toEqual([String(entry?.code ?? 0)]);
  }
});

test("every code in a workflow is one of the catalogue", () => {
  const known = new Set([0, ...catalogue.map(({ code }) => code)]);
  const conditions = files.flatMap((file) => stepsOf(file).flatMap(({ successCriteria }) => successCriteria));
  const codes = conditions.flatMap(({ condition }) => /(?:Error|Result)Code == (\d+)/.exec(condition)?.[1] ?? []);
  expect(codes.length).toBeGreaterThan(10);
  expect(codes.filter((code) => !known.has(Number(code)))).toEqual([]);
});
