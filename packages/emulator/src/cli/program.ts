import { Command } from "commander";
import { defaultAdmins } from "../core/handle.ts";
import { terminalLines } from "../terminal-text.ts";
import { collectApps } from "./app-options.ts";
import { defaultDatabase } from "./database.ts";
import { exportState } from "./export-state.ts";
import { importState } from "./import-state.ts";
import { printRules } from "./print-rules.ts";
import { printUserSig } from "./print-user-sig.ts";
import { redactArguments } from "./redact-arguments.ts";
import { serve } from "./serve.ts";
import { collectSettings } from "./set-option.ts";

/** The command with all its options. */
export function createProgram(version: string): Command {
  const program = new Command("contact-groups-emulator")
    .description("A stateful emulator of Tencent Cloud Chat's conversation groups and marks.")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(terminalLines(redactArguments(text))) });

  const apps = collectApps();
  const settings = collectSettings();
  const serveCommand = program
    .command("serve", { isDefault: true })
    .description("serve the emulator over HTTP; this is what happens without a command")
    .option("--port <number>", "port to listen at; 0 takes a free one", "4020")
    .option("--host <name>", "address to listen at", "127.0.0.1")
    .option("--db <file>", "SQLite database that keeps the state", defaultDatabase)
    .option("--memory", "keep the state in memory instead")
    .option("--seed <file>", "JSON document that an empty store begins with; - reads it from the standard input")
    .option("--preset <name>", "built-in document that an empty store begins with")
    .option("--no-seed", "begin empty, without the two users that there are otherwise")
    .option("--reseed", "throw away what the store holds, and seed it")
    .option("--app <sdkappid>", "an app; again for each further one", apps.app)
    .option(
      "--secret-key-env <name>",
      "environment variable that holds the key of the app in front of it",
      apps.secretKeyEnv,
    )
    .option("--admin <userid>", "administrator of the app in front of it; again for each further one", apps.admin)
    .option("--config <file>", "JSON document with apps, settings and seed")
    .option("--set <name=value>", "a setting of FIDELITY.md; again for each further one", settings.set)
    .option("--no-rate-limit", "answer any number of calls per second")
    .option("--public", "do without the control API")
    .option("--control-host <name>", "further host name of the control API; again for each further one", append)
    .option(
      "--control-origin <origin>",
      "origin whose pages may use the control API; again for each further one",
      append,
    )
    .option("--quiet", "print no calls")
    .option("--json", "print JSON, one document a line")
    .action((options) => serve({ ...options, apps: apps.list, settings: settings.values }));

  program
    .command("export <file>")
    .description("write the state to a JSON document; - writes it to the standard output")
    .option("--db <file>", "SQLite database", defaultDatabase)
    .action(exportState);
  program
    .command("import <file>")
    .description("add a JSON document to the state; - reads it from the standard input")
    .option("--db <file>", "SQLite database", defaultDatabase)
    .option("--app <sdkappid>", "app of what names none in the document")
    .option("--replace", "throw away what the store holds before")
    .action(importState);
  program
    .command("usersig")
    .description("print a UserSig for an app of the emulator")
    .requiredOption("--app <sdkappid>", "the app")
    .option("--identifier <userid>", "whom it is for", defaultAdmins[0])
    .option(
      "--secret-key-env <name>",
      "environment variable that holds the app's key; a UserSig without one is accepted under --set userSig=lenient only",
    )
    .option("--validity-seconds <number>", "how long it is valid", "3600")
    .action(printUserSig);
  program
    .command("rules")
    .description("print the rules by which the emulator answers, and the settings that change them")
    .option("--json", "print JSON")
    .action(printRules);
  return program.addHelpText("after", () => `\n${serveCommand.helpInformation()}`);
}

function append(value: string, list: readonly string[] = []): readonly string[] {
  return [...list, value];
}
