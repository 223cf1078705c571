/** The process that is killed: serves the database file of its argument, and prints its address. */
import { createEmulator } from "../../src/index.ts";
import { createSqliteStore } from "../../src/node.ts";

const [path = ""] = process.argv.slice(2);
const emulator = createEmulator({
  store: createSqliteStore({ path }),
  settings: { rateLimit: "off", accounts: "lenient" },
});
const { url } = await emulator.listen();
process.stdout.write(`${url}\n`);
