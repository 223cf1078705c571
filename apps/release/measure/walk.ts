/**
 * Prints, as JSON, the files of ours that one `createContactGroup` enters: from the client's method, over HTTP, to the emulator and its SQLite file, and back.
 * A file is entered when one of its functions is called during the call (V8's precise coverage), not when it is only loaded.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { Session } from "node:inspector/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));
/** The sources, as the packages' own tests import them: what is built has one file per entry. */
const load = async (file: string): Promise<Record<string, any>> => await import(pathToFileURL(join(root, file)).href);
const [{ createClient }, { createEmulator }, { createSqliteStore }] = (await Promise.all(
  ["packages/client/src/index.ts", "packages/emulator/src/index.ts", "packages/emulator/src/node.ts"].map(load),
)) as [Record<string, any>, Record<string, any>, Record<string, any>];

const folder = await mkdtemp(join(tmpdir(), "walk-"));
const store = createSqliteStore({ path: join(folder, "state.db") });
const secretKey = "a-key-of-no-app";
const emulator = createEmulator({
  store,
  apps: [{ sdkAppId: 1400000000, secretKey }],
  seed: { apps: [{ accounts: ["user_0001", "user_0002", "user_0003"] }] },
});
const listener = await emulator.listen({ port: 0 });
const client = createClient({ baseUrl: listener.url, sdkAppId: 1400000000, identifier: "administrator", secretKey });
const create = (name: string, member: string): Promise<unknown> =>
  client.createContactGroup({
    From_Account: "user_0001",
    GroupContactItem: [{ GroupName: name, ContactItem: [{ Type: 1, To_Account: member }] }],
  });

const session = new Session();
session.connect();
await session.post("Profiler.enable");
await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
await session.post("Profiler.takePreciseCoverage");
await create("family", "user_0002");
const { result } = await session.post("Profiler.takePreciseCoverage");
session.disconnect();
await emulator.close();
await rm(folder, { recursive: true });

const entered = result
  .filter(({ functions }) => functions.some(({ functionName, ranges }) => functionName !== "" && ranges[0]!.count > 0))
  .map(({ url, functions }) => ({
    file: url.startsWith("file:") ? fileURLToPath(url) : url,
    functions: functions.filter(({ ranges }) => ranges[0]!.count > 0).length,
  }))
  .filter(({ file }) => file.startsWith(join(root, "packages/")) && file.includes("/src/"))
  .map(({ file, functions }) => ({ file: file.slice(root.length), functions }));
console.log(JSON.stringify(entered));
