import { mask } from "@contact-groups/core/redact";
import { Command, Option } from "commander";
import { printHealth } from "./health.ts";
import { collectApps, collectSettings, type ServeOptions } from "./options.ts";
import { printUserSig } from "./print.ts";
import { proxy, type ProxyCommandOptions } from "./proxy.ts";
import { printRules } from "./rules.ts";
import { serve } from "./serve.ts";
import { backUp, exportState, importState } from "./state-files.ts";
import { defaultAdmins } from "../request.ts";
import { terminalLines } from "../terminal.ts";
import { defaultDatabase } from "./values.ts";

/**
 * Creates the command with all its options.
 *
 * @param run What the command `serve` does.
 * @param runProxy What the command `proxy` does.
 */
export function createProgram(
  version: string,
  run: (options: ServeOptions) => Promise<void> = serve,
  runProxy: (options: ProxyCommandOptions, version: string) => Promise<void> = proxy,
): Command {
  const program = new Command("contact-groups-emulator")
    .description("A stateful emulator of Tencent Cloud Chat's conversation groups and marks.")
    .version(version)
    .exitOverride()
    .configureOutput({ outputError: (text, write) => write(terminalLines(redactArguments(text))) });

  const apps = collectApps();
  const settings = collectSettings();
  const serveCommand = program
    .command("serve", { isDefault: true })
    .description("serve the emulator over HTTP; this is the default command");
  addListenerOptions(serveCommand, "4020")
    .option("--db <file>", "SQLite database that keeps the state", defaultDatabase)
    .option("--db-wait <seconds>", "how long to wait for a database that another process has open", "0")
    .option("--memory", "keep the state in memory instead")
    .option(
      "--seed <file>",
      "JSON document, or .ndjson, with the first state of an empty store; use - for a document of the standard input",
    )
    .option("--export-on-exit <file>", "write the state to a file after the last call, as the command export does")
    .option("--preset <name>", "built-in document with the first state of an empty store")
    .option(
      "--accounts-file <file>",
      "with --preset verify, file for the UserIDs of its accounts (default: accounts.txt)",
    )
    .option("--no-seed", "start without the two default users")
    .option("--reseed", "delete the state of the store, and seed it again")
    .option("--app <sdkappid>", "an app; can be repeated", apps.app)
    .option(
      "--secret-key-env <name>",
      "environment variable that holds the key of the preceding --app",
      apps.secretKeyEnv,
    )
    .option("--admin <userid>", "administrator of the preceding --app; can be repeated", apps.admin)
    .option("--config <file>", "JSON document with apps, settings and seed")
    .option(
      "--set <name=value>",
      "a setting of FIDELITY.md, such as rateLimit=10/1 for 10 calls per second; can be repeated",
      settings.set,
    )
    .option("--strict", "reject what the documents do not allow, such as unknown fields; --set takes precedence")
    .option("--no-rate-limit", "disable the rate limit")
    .option("--public", "disable the control API, except for its health check")
    .option("--control-token-env <name>", "environment variable that holds the token of the control API")
    .option("--control-host <name>", "additional host name of the control API; can be repeated", append)
    .option("--control-origin <origin>", "origin whose pages can use the control API; can be repeated", append)
    .option("--quiet", "do not print calls")
    .option("--json", "print JSON, one document per line")
    .action((options) => run({ ...options, apps: apps.list, settings: settings.values }));

  const proxySettings = collectSettings();
  const proxyCommand = program
    .command("proxy")
    .description(
      "forward calls to the service, record them, and report where the emulator would have responded otherwise",
    )
    .requiredOption("--upstream <region or url>", "the service: a region of the description, or a URL");
  addListenerOptions(proxyCommand, "4021")
    .option("--record <file>", "HAR file that calls are added to, without credentials")
    .option("--report <file>", "JSON file for the report, which is written at the end")
    .option("--pseudonyms", "replace UserIDs, GroupIDs, names and texts in everything that is kept and shown")
    .option(
      "--learn",
      "read the groups and marks of each user before the user's first call, with the caller's credentials",
    )
    .option("--forward-all", "forward every path, not only the operations and the endpoints for accounts")
    .option("--timeout-ms <number>", "time for a whole response of the service", "10000")
    .option("--config <file>", "JSON document with settings")
    .option("--set <name=value>", "a setting of FIDELITY.md to compare with; can be repeated", proxySettings.set)
    .option("--strict", "compare with the strict settings; --set takes precedence")
    .option("--quiet", "do not print calls")
    .option("--json", "print JSON, one document per line")
    .action((options) => runProxy({ ...options, settings: proxySettings.values }, version));

  addStateOptions(program.command("export <file>"))
    .description("write the state to a JSON document, or to lines with .ndjson; use - for the standard output")
    .option("--app <sdkappid>", "with --url, the app whose state is written")
    .action(exportState);
  addStateOptions(program.command("import <file>"))
    .description(
      "add a JSON document, or the lines of .ndjson, to the state; use - for a document of the standard input",
    )
    .option("--app <sdkappid>", "app of the entries without sdkAppId; with --url, the only app that is changed")
    .option("--replace", "replace the state")
    .action(importState);
  addStateOptions(program.command("backup <file>"))
    .description("write a copy of the database, also while an emulator runs; use - for the standard output")
    .action(backUp);
  program
    .command("usersig")
    .description("print a UserSig for an app of the emulator")
    .requiredOption("--app <sdkappid>", "the app")
    .option("--identifier <userid>", "UserID that it is for", defaultAdmins[0])
    .option(
      "--secret-key-env <name>",
      "environment variable that holds the app's key; without it, the UserSig is accepted only with --set userSig=lenient",
    )
    .option("--validity-seconds <number>", "how long it is valid", "3600")
    .action(printUserSig);
  program
    .command("health")
    .description("check that an emulator serves; the exit code is 0 if it does, and 1 if it does not")
    .option("--url <url>", "its address", "http://127.0.0.1:4020")
    .action(printHealth);
  const ruleSettings = collectSettings();
  program
    .command("rules")
    .description("print the rules of the emulator, and the settings in force, with their defaults and allowed values")
    .option("--config <file>", "JSON document, of which the settings are read")
    .option("--set <name=value>", "a setting; can be repeated", ruleSettings.set)
    .option("--strict", "the strict settings")
    .option("--no-rate-limit", "disable the rate limit")
    .option("--url <url>", "print the settings of the emulator that runs at this address")
    .option(
      "--app <sdkappid>",
      "with --url or --config, the app whose settings are printed; without it, those that apps have by default",
    )
    .option("--control-token-env <name>", "with --url, environment variable that holds the token of the control API")
    .option("--json", "print JSON")
    .action((options) => printRules({ ...options, settings: ruleSettings.values }));
  return program.addHelpText("after", () => `\n${serveCommand.helpInformation()}`);
}

/** Adds the options of a listener. */
function addListenerOptions(command: Command, port: string): Command {
  return command
    .option("--port <number>", "port to listen on; 0 selects a free one", port)
    .addOption(
      // The image of a container sets it, so that arguments of its user do not replace it.
      new Option("--host <name>", "address to listen on").default("127.0.0.1").env("CONTACT_GROUPS_EMULATOR_HOST"),
    )
    .option("--https", "serve HTTPS, with a certificate of a CA that the emulator creates")
    .option("--cert <file>", "certificate in PEM for --https, instead of a created one")
    .option("--key <file>", "private key of --cert in PEM")
    .option(
      "--https-host <name>",
      "additional host name or address of the created certificate; can be repeated",
      append,
    );
}

/** Adds the options that say where a state is. */
function addStateOptions(command: Command): Command {
  return command
    .option("--db <file>", "SQLite database that no emulator has open", defaultDatabase)
    .option("--db-wait <seconds>", "how long to wait for a database that another process has open", "0")
    .option("--url <url>", "the emulator that runs at this address, in place of --db")
    .option("--control-token-env <name>", "with --url, environment variable that holds the token of the control API");
}

function append(value: string, list: readonly string[] = []): readonly string[] {
  return [...list, value];
}

/** Returns a text about arguments without anything that could be a key or a UserSig that was given by mistake. */
function redactArguments(text: string): string {
  return text.replaceAll(/(--?[\w-]*(?:key|sig)[\w-]*=)[^\s']+/gi, `$1${mask}`).replaceAll(/[A-Za-z0-9*_]{24,}/g, mask);
}
