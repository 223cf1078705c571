#!/usr/bin/env node
/** `describe <command>`: works with the description in the current folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";

interface Command {
  readonly does: string;
  /** The one option that it has. */
  readonly option?: string;
  run(folder: string, hasOption: boolean): unknown;
}

const commands: Readonly<Record<string, Command>> = {
  bundle: {
    does: "checks the description and makes dist",
    run: async (folder) => (await import("./bundle/command.ts")).bundle(folder, true),
  },
  lint: {
    does: "checks the same and writes nothing",
    run: async (folder) => (await import("./bundle/command.ts")).bundle(folder, false),
  },
  translate: {
    does: "lists what has to be translated; with --missing it writes the actions to fill in",
    option: "--missing",
    run: async (folder, missing) => (await import("./bundle/translate-command.ts")).translate(folder, missing),
  },
  breaking: {
    does: "compares the bundle with the last released one",
    run: async (folder) => (await import("./breaking/command.ts")).breaking(folder),
  },
  release: {
    does: "gives the description and its packages the version of the release",
    run: async (folder) => (await import("./release/command.ts")).release(folder),
  },
};

const [name = "", ...options] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
const folder = process.cwd();

if (command === undefined || options.some((option) => option !== command.option)) {
  const list = Object.entries(commands).map(([known, { does }]) => `  ${known.padEnd(11)}${does}`);
  console.error(`Usage: describe <command>, in the folder of a description.\n\n${list.join("\n")}`);
  process.exitCode = 2;
} else if (!existsSync(join(folder, "openapi.yaml"))) {
  console.error(`describe found no openapi.yaml in ${folder}. Run it in the folder of the description.`);
  process.exitCode = 2;
} else {
  await command.run(folder, options.length > 0);
}
