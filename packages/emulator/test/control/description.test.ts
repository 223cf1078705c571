import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { Ajv2020 } from "ajv/dist/2020.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { controlProblems } from "@contact-groups/emulator-generator";
import * as model from "@contact-groups/openapi/model";
import { controlBase, controlRoutes } from "../../src/generated/control.ts";
import { defaultSettings, presets } from "../../src/index.ts";
import { emulate } from "../call.ts";
import { send, description } from "./send.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));
const operations = Object.entries(description.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({
    path,
    method,
    operation: operation as unknown as Operation,
  })),
);

interface Operation {
  readonly operationId: string;
  readonly requestBody?: { readonly content: { readonly "application/json": { readonly examples: Examples } } };
}

type Examples = Readonly<Record<string, { readonly value?: unknown; readonly $ref?: string }>>;

test("the description is valid by the strict rules of Redocly", async () => {
  expect(await controlProblems(model, root)).toEqual([]);
});

test.each<[string, (text: string) => string, RegExp]>([
  [
    "a tab",
    (text) => text.replace("\n  version: ", "\n\tversion: "),
    /^packages\/emulator\/control\.openapi\.yaml:4:\d+ .*spaces/,
  ],
  ["no content", () => "", /^packages\/emulator\/control\.openapi\.yaml:1:1 The file is empty/],
  [
    "a missing key",
    (text) => text.replace(/\n {2}title: .*/, ""),
    /^packages\/emulator\/control\.openapi\.yaml:2:1 .*`title`/,
  ],
  [
    "a keyword that no check supports",
    (text) => text.replace("Bytes of a piece., minimum: 1", "Bytes of a piece., multipleOf: 2"),
    /^packages\/emulator\/control\.openapi\.yaml:\d+:\d+ `multipleOf` is not supported/,
  ],
  [
    "a $ref to nothing",
    (text) => text.replace("/$defs/Seed", "/$defs/Sed"),
    /^packages\/emulator\/control\.openapi\.yaml:\d+:\d+ Can't resolve/,
  ],
])("reports %s in the description at its line", async (_, slip, problem) => {
  const problems = await controlProblems(model, root, (path) =>
    path.endsWith("control.openapi.yaml") ? Buffer.from(slip(readFileSync(path, "utf8"))) : readFileSync(path),
  );
  expect(problems).toEqual([expect.stringMatching(problem)]);
});

test("serves the paths and methods of the description, and no others", async () => {
  const described = operations.map(
    ({ path, method, operation }) => `${operation.operationId} ${method.toUpperCase()} ${path}`,
  );
  const routed = Object.entries(controlRoutes).map(([id, { method, path }]) => `${id} ${method} ${path}`);
  expect(routed).toEqual(described);
  for (const { path } of operations) {
    for (const method of ["GET", "POST", "PUT", "PATCH", "DELETE"]) {
      const isDescribed = operations.some((other) => other.path === path && other.method === method.toLowerCase());
      const { status } = await send(emulate(), method, path.replaceAll(/\{\w+\}/g, "1"));
      if (isDescribed) expect(status).not.toBe(405);
      else expect(status).toBe(405);
    }
  }
  expect((await send(emulate(), "GET", "/nothing")).status).toBe(404);
  expect((await send(emulate(), "GET", "/faults/1/more")).status).toBe(404);
});

const { examples: shared } = description.components as unknown as { readonly examples: Examples };
const examples = operations.flatMap(({ path, method, operation }) =>
  Object.entries(operation.requestBody?.content["application/json"].examples ?? {}).map(([name, { value, $ref }]) => ({
    title: `${operation.operationId} ${name}`,
    path,
    method: method.toUpperCase(),
    value: $ref === undefined ? value : shared[$ref.slice($ref.lastIndexOf("/") + 1)]!.value,
  })),
);
test.each(examples)("responds to the example $title as described", async ({ path, method, value }) => {
  const { status } = await send(emulate(), method, path, value);
  expect(status).toBeLessThan(300);
});

test("the description names the presets that there are", async () => {
  for (const name of Object.keys(presets)) {
    const emulator = emulate();
    expect(await send(emulator, "PUT", `/presets/${name}`)).toMatchObject({ status: 204 });
    const [app] = emulator.snapshot().apps;
    expect(app?.users).toHaveLength(name === "verify" ? 0 : 1);
  }
});

test("a preset changes its settings in one app, and no others", async () => {
  const emulator = emulate({ pageSize: 7 }, { apps: [{ sdkAppId: 1400000000 }, { sdkAppId: 1400000001 }] });
  await send(emulator, "PUT", "/presets/room-for-one");
  const [first, second] = emulator.apps;
  expect(first?.settings).toEqual({ ...defaultSettings, pageSize: 7, conversationCap: "item" });
  expect(second?.settings).toEqual({ ...defaultSettings, pageSize: 7 });
  await send(emulator, "PUT", "/presets/all-groups");
  expect(first?.settings).toMatchObject({ conversationCap: "item" });
});

test("seed.schema.json accepts what the emulator exports, and rejects what it rejects", () => {
  const schema = JSON.parse(readFileSync(`${root}/seed.schema.json`, "utf8")) as object;
  const validate = new Ajv2020({ strict: false }).compile(schema);
  for (const preset of Object.values(presets)) {
    const emulator = emulate({}, { seed: preset().seed });
    expect(validate(emulator.snapshot())).toBe(true);
  }
  expect(validate({ $schema: "./seed.schema.json", apps: [] })).toBe(true);
  expect(validate({ apps: [{ accounts: [""] }] })).toBe(false);
  expect(
    validate({ apps: [{ users: [{ userId: "a", conversations: [{ Type: 1, ToGroupId: "g", groups: ["a"] }] }] }] }),
  ).toBe(false);
});

test("every server of the description ends with the base of the paths", () => {
  const { servers } = parse(readFileSync(`${root}/control.openapi.yaml`, "utf8")) as { servers: { url: string }[] };
  for (const { url } of servers) expect(url.endsWith(controlBase)).toBe(true);
});
