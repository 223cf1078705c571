/** Runs the command line from its source; serve.test.ts starts it. */
import { run } from "../../src/cli.ts";

await run(process.argv);
