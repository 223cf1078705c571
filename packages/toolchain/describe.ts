#!/usr/bin/env node
/** `describe <command>`: works with the description in the current folder. */
import { existsSync } from "node:fs";
import { join } from "node:path";

interface Command {
  readonly does: string;
  /** The words that can follow; undefined if the command checks them itself. */
  readonly words: readonly string[] | undefined;
  run(folder: string, words: readonly string[]): unknown;
}

const commands: Readonly<Record<string, Command>> = {
  bundle: {
    does: "checks the description and generates dist; `source` or `translations` generates one part",
    words: ["source", "translations"],
    run: async (folder, words) =>
      (await import("./bundle/commands.ts")).bundle(folder, words.length > 0 ? words : ["source", "translations"]),
  },
  lint: {
    does: "checks the description and writes nothing",
    words: [],
    run: async (folder) => (await import("./bundle/commands.ts")).bundle(folder, []),
  },
  translate: {
    does: "lists the texts to translate; --missing writes the actions to fill in",
    words: ["--missing"],
    run: async (folder, words) => (await import("./bundle/commands.ts")).translate(folder, words.length > 0),
  },
  add: {
    does: "adds an operation, an error code or a field to fill in",
    words: undefined,
    run: async (folder, words) => (await import("./scaffold/scaffold.ts")).add(folder, words),
  },
  remove: {
    does: "removes an operation, with everything that only it uses",
    words: undefined,
    run: async (folder, words) => (await import("./scaffold/remove.ts")).remove(folder, words),
  },
  breaking: {
    does: "compares the bundle with the last released one and checks the changesets",
    words: [],
    run: async (folder) => (await import("./breaking/release-gate.ts")).breaking(folder),
  },
  release: {
    does: "writes the version of a release to the description and its packages",
    words: [],
    run: async (folder) => (await import("./release/release.ts")).release(folder),
  },
};

const [name = "", ...words] = process.argv.slice(2);
const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
const folder = process.cwd();

const unknown = words.find((word) => command?.words?.includes(word) === false);

if (command === undefined || unknown !== undefined) {
  if (unknown !== undefined) console.error(`\`describe ${name}\` does not accept \`${unknown}\`.\n`);
  else if (name !== "" && name !== "--help") console.error(`\`${name}\` is not a command of describe.\n`);
  const list = Object.entries(commands).map(([known, { does }]) => `  ${known.padEnd(11)}${does}`);
  console.error(`Usage: describe <command>, in the folder of a description.\n\n${list.join("\n")}`);
  process.exitCode = 2;
} else if (!existsSync(join(folder, "openapi.yaml"))) {
  console.error(`describe found no openapi.yaml in ${folder}. Run it in the folder of the description.`);
  process.exitCode = 2;
} else {
  await command.run(folder, words);
}
