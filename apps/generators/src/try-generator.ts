import { execFile } from "node:child_process";
import { cpSync, mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createEmulator } from "@contact-groups/emulator";
import { compile } from "./compile.ts";
import type { Generator } from "./generators.ts";

const run = promisify(execFile);

/** What the program printed, and the calls that reached the emulator. */
export interface Trial {
  readonly printed: unknown;
  readonly calls: readonly string[];
}

/**
 * Generates a client of the description in a file, compiles the generator's program against it, and runs the program against an
 * emulator of its own. The result stays in `dist/NAME`.
 */
export async function tryGenerator({ name, generate }: Generator, description: string): Promise<Trial> {
  const folder = fileURLToPath(new URL(`../dist/${name}`, import.meta.url));
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  cpSync(fileURLToPath(new URL(`../programs/${name}.ts`, import.meta.url)), join(folder, "program.ts"));
  await generate(description, join(folder, "client"));
  compile(folder);

  const emulator = createEmulator({ seed: { apps: [{ accounts: ["user_0001", "user_0002"] }] } });
  try {
    const { url } = await emulator.listen();
    const { stdout } = await run(process.execPath, [join(folder, "dist/program.js"), url]);
    return { printed: JSON.parse(stdout), calls: emulator.calls.map(({ operation }) => operation ?? "none") };
  } finally {
    await emulator.close();
  }
}
