/** The process that is killed: serves the database file of its argument, prints its address, and stays as long as its input is open. */
import { createEmulator } from "../../src/index.ts";
import { createSqliteStore } from "../../src/node.ts";
import { options } from "./options.ts";

const [path = ""] = process.argv.slice(2);
const emulator = createEmulator({ ...options, store: createSqliteStore({ path }), keepState: true });
const { url } = await emulator.listen();
process.stdout.write(`${url}\n`);
process.stdin.resume();
