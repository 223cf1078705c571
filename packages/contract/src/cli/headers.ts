/** The options for header fields that a gateway needs. Their values are secret. */
import type { Command } from "commander";
import { isHeaderField } from "../message.ts";
import type { Terminal } from "./options.ts";

/** The header options as the command line gives them. */
export interface HeaderArguments {
  readonly header?: readonly string[];
  readonly headerEnv?: readonly string[];
}

/** Adds the options. */
export function addHeaderOptions(command: Command): Command {
  return command
    .option(
      "--header-env <name=variable>",
      "header field of each call, with its value in an environment variable; can be repeated",
      append,
    )
    .option(
      "--header <name: value>",
      "header field of each call, visible to other users of this machine; can be repeated",
      append,
    );
}

function append(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

/** Returns the header fields. Throws an `Error` without any value when one is invalid or its variable is not set. */
export function headersOf(
  { header = [], headerEnv = [] }: HeaderArguments,
  variables: Terminal["environment"],
): Record<string, string> {
  const fields = [
    ...header.map((text) => pairOf(text, ":", "--header must be as in --header 'X-Tenant: 7'.")),
    ...headerEnv.map((text) => {
      const [name, variable] = pairOf(
        text,
        "=",
        "--header-env must be as in --header-env Authorization=GATEWAY_TOKEN.",
      );
      const value = variables[variable];
      if (value === undefined || value === "")
        throw new Error(`--header-env: the environment variable ${variable} is not set.`);
      return [name, value] as const;
    }),
  ];
  for (const [name, value] of fields)
    if (!isHeaderField(name, value))
      throw new Error(`The header field ${JSON.stringify(name)} is not one that HTTP allows.`);
  return Object.fromEntries(fields);
}

/** Splits a text in two. It can be a secret, so the error does not have it. */
function pairOf(text: string, separator: string, violation: string): readonly [name: string, value: string] {
  const at = text.indexOf(separator);
  const [name, value] = [text.slice(0, Math.max(at, 0)).trim(), text.slice(at + 1).trim()];
  if (name === "" || value === "") throw new Error(violation);
  return [name, value];
}
