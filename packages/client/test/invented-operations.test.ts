/** An operation that the description declares is all there, without a line of code for it. */
import { execFile } from "node:child_process";
import { globSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { rejection } from "./respond.ts";
import { bundle } from "./bundle.ts";
import { most, writeInventedModel } from "./invented-model.ts";

const own = { From_Account: "user15" };
const ok = { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "" };

let invented: Awaited<ReturnType<typeof writeInventedModel>>;
let createMockClient: (options?: object) => any;
let errors: any;
beforeAll(async () => {
  invented = await writeInventedModel();
  const model = pathToFileURL(join(invented.folder, "model.js")).href;
  vi.resetModules();
  vi.doMock("@contact-groups/openapi/model", () => import(/* @vite-ignore */ model));
  ({ createMockClient } = (await import("../src/testing.ts")) as any);
  errors = await import("../src/index.ts");
});
afterAll(() => {
  vi.doUnmock("@contact-groups/openapi/model");
  vi.resetModules();
  invented.remove();
});

test("has a method in both styles, an iterator if it has pages, and an example in the mock client", async () => {
  const client = createMockClient();
  const operations = ["deleteContactGroups", "listContacts"];
  expect(Object.keys(client)).toEqual(expect.arrayContaining([...operations, "iterateContacts"]));
  expect(Object.keys(client.safe)).toEqual(expect.arrayContaining(operations));
  expect(await client.listContacts({ ...own, From: 0 })).toMatchObject({ SessionItem: [{ Id: "a" }] });
  expect(await client.safe.deleteContactGroups({ ...own, GroupName: ["family"] })).toMatchObject({ ok: true });
  expect(client.mock.calls).toMatchObject([{ operation: "listContacts" }, { operation: "deleteContactGroups" }]);
  expect(() => client.mock.next("renameContacts", {})).toThrow("listContacts");
});

test("has its requests checked", async () => {
  const error = await rejection(createMockClient().listContacts({ ...own, From: "0" }));
  expect(error).toMatchObject({ name: "InvalidArgumentError", pointer: "/From", operation: "listContacts" });
});

test("is retried where it is idempotent, otherwise where the caller allows it", async () => {
  const attempts = async (call: (client: any) => Promise<unknown>): Promise<number> => {
    const client = createMockClient({ retry: {} });
    for (const operation of ["listContacts", "deleteContactGroups"]) client.mock.always(operation, { network: true });
    return ((await rejection(call(client))) as { attempts: number }).attempts;
  };
  const gone = { ...own, GroupName: ["family"] };
  expect(await attempts((client) => client.listContacts({ ...own, From: 0 }))).toBe(3);
  expect(await attempts((client) => client.deleteContactGroups(gone))).toBe(1);
  expect(await attempts((client) => client.deleteContactGroups(gone, { retryUnsafe: true }))).toBe(3);
});

describe("pages", () => {
  test("are iterated by the declared fields", async () => {
    const client = createMockClient();
    client.mock.next(
      "listContacts",
      { body: { ...ok, SessionItem: [{ Id: "a" }], Next: 7, Done: 0 } },
      { body: { ...ok, SessionItem: [{ Id: "b" }], Next: 0, Done: 1 } },
    );
    expect(await client.iterateContacts(own).toArray()).toEqual([{ Id: "a" }, { Id: "b" }]);
    expect(client.mock.calls.map((call: any) => call.body)).toEqual([
      { ...own, From: 0 },
      { ...own, From: 7 },
    ]);
  });

  test("that do not advance are named by the declared field", async () => {
    const client = createMockClient();
    client.mock.always("listContacts", { body: { ...ok, Next: 0, Done: 0 } });
    const error = await rejection(client.iterateContacts(own).toArray());
    expect(error).toMatchObject({
      name: "ProtocolError",
      message: expect.stringContaining("its Next does not advance"),
    });
  });
});

describe("a long list", () => {
  const ids = Array.from({ length: 2 * most + 1 }, (_, index) => `user${index}`);

  test("can be of texts, each sent once, with one table of names", async () => {
    const client = createMockClient();
    client.mock.always("deleteContactGroups", ({ GroupName }: any) => ({
      body: { ...ok, Deleted: GroupName, GroupItem: [{ GroupName: "family", GroupId: 1 }] },
    }));
    const response = await client.deleteContactGroups({ ...own, GroupName: [...ids, ids[0]] });
    expect(response.Deleted).toEqual([...ids, ids[0]]);
    expect(response.GroupItem).toEqual([{ GroupName: "family", GroupId: 1 }]);
    expect(client.mock.calls).toHaveLength(3);
  });

  test("of which a part fails is a BatchError with what is missing", async () => {
    const client = createMockClient();
    client.mock.always("deleteContactGroups", ({ GroupName }: any) =>
      GroupName.includes(ids.at(-1)) ? { error: 50004 } : { body: { ...ok, Deleted: GroupName } },
    );
    const error: any = await rejection(client.deleteContactGroups({ ...own, GroupName: ids }));
    expect(error).toBeInstanceOf(errors.BatchError);
    expect(error).toMatchObject({ operation: "deleteContactGroups", code: 50004, missing: ids.slice(-1) });
    expect(error.partial.Deleted).toEqual(ids.slice(0, -1));
  });

  test("is checked as a whole before a part of it is sent", async () => {
    const client = createMockClient();
    const error = await rejection(client.deleteContactGroups({ ...own, GroupName: [...ids, ""] }));
    expect(error).toMatchObject({ name: "InvalidArgumentError", pointer: `/GroupName/${ids.length}` });
    expect(client.mock.calls).toEqual([]);
  });
});

test("no source file names an operation, but those of operations their own", () => {
  const src = fileURLToPath(new URL("../src", import.meta.url));
  const operations = Object.entries(bundle.paths).map(([path, { post }]) => ({
    id: post.operationId,
    file: `operations/${path.slice(path.lastIndexOf("/") + 1).replaceAll("_", "-")}.ts`,
  }));
  const files = globSync("**/*.ts", { cwd: src }).map((path) => path.replaceAll(sep, "/"));
  const named = files.flatMap((path) => {
    const code = readFileSync(join(src, path), "utf8").replace(/\/\*[^]*?\*\/|\/\/.*/g, "");
    return operations.filter(({ id, file }) => file !== path && code.includes(id)).map(({ id }) => `${path}: ${id}`);
  });
  expect(named).toEqual([]);
  const owned = new Set(operations.map(({ file }) => file));
  expect(files.filter((path) => path.startsWith("operations/") && !owned.has(path))).toEqual([]);
});

test("the types have the invented operations, and the sources compile with them", async () => {
  const src = fileURLToPath(new URL("../src", import.meta.url));
  const program = `
import { BatchError, type Client, type OperationError } from ${JSON.stringify(join(src, "index.ts"))};
import { createMockClient } from ${JSON.stringify(join(src, "testing.ts"))};

const From_Account = "user15";
export async function calls(client: Client): Promise<string[]> {
  // @ts-expect-error - a page has a start
  await client.listContacts({ From_Account });
  const ids: string[] = [];
  for await (const item of client.iterateContacts({ From_Account })) ids.push(item.Id);
  // @ts-expect-error - its items cannot fail one by one
  void (await client.listContacts({ From_Account, From: 0 })).failures;
  const result = await client.safe.deleteContactGroups({ From_Account, GroupName: ["family"] });
  if (result.error instanceof BatchError) void (result.error.missing satisfies readonly string[]);
  // @ts-expect-error - no such operation
  client.renameContacts;
  const mock = createMockClient().mock;
  mock.next("listContacts", { example: "First" });
  // @ts-expect-error - no such example
  mock.next("listContacts", { example: "Second" });
  // @ts-expect-error - its parts are changes, which are made in their order
  await client.deleteContactGroups({ From_Account, GroupName: ["family"] }, { concurrency: 2 });
  return ids;
}
export function code(error: OperationError<"listContacts">): unknown {
  return error.code;
}
`;
  expect(await diagnose(program)).toEqual([]);
});

/** Returns the errors of the compiler for a program, and for the sources that it imports, with the invented model. */
async function diagnose(program: string): Promise<string[]> {
  const root = fileURLToPath(new URL("..", import.meta.url));
  const paths = ["model", "types", "bodies"].map((name) => [
    `@contact-groups/openapi/${name}`,
    [join(invented.folder, `${name}.d.ts`)],
  ]);
  const config = {
    extends: join(root, "../../tsconfig.base.json"),
    compilerOptions: {
      noEmit: true,
      declaration: false,
      isolatedDeclarations: false,
      rewriteRelativeImportExtensions: false,
      typeRoots: [join(root, "node_modules/@types")],
      paths: Object.fromEntries(paths),
    },
    files: ["program.ts"],
  };
  writeFileSync(join(invented.folder, "program.ts"), program);
  writeFileSync(join(invented.folder, "tsconfig.json"), JSON.stringify(config));
  const compiler = join(root, "node_modules/typescript");
  const { bin } = JSON.parse(readFileSync(join(compiler, "package.json"), "utf8"));
  const args = [join(compiler, bin.tsc), "-p", invented.folder, "--pretty", "false"];
  const { stdout } = await promisify(execFile)(process.execPath, args).catch((error: { stdout: string }) => error);
  return stdout.split("\n").filter(Boolean);
}
