import type { EmulatorOptions } from "../../src/index.ts";

/** Options of the process that is killed, and of an emulator in memory that does the same: nothing depends on when a call is made. */
export const options: EmulatorOptions = {
  settings: { rateLimit: "off", accounts: "lenient", chatGroups: "lenient", pageSize: 2000 },
  now: () => 1_775_217_000_000,
};
