/** The options with which a command verifies the credentials of the calls that it gets. */
import { type Command, InvalidArgumentError } from "commander";
import type { CredentialOptions } from "../credentials.ts";
import { type Terminal, toInteger } from "./options.ts";

/** What commander reads. */
export interface CredentialArguments {
  readonly secretKeyEnv?: string | undefined;
  readonly sdkappid?: number | undefined;
  readonly administrators?: readonly string[] | undefined;
}

/** Adds the options to a command. */
export function addCredentialOptions(command: Command): Command {
  return command
    .option(
      "--secret-key-env <variable>",
      "environment variable with the app's secret key: UserSigs are verified, and identifier must be an administrator",
    )
    .option("--sdkappid <number>", "SDKAppID of the secret key's app (default: any)", toInteger(1, 2 ** 32 - 1))
    .option(
      "--administrators <list>",
      "administrators of the app, comma-separated (default: administrator)",
      (list: string) => {
        const names = list.split(",").filter((name) => name !== "");
        if (names.length === 0) throw new InvalidArgumentError("At least one name is required.");
        return names;
      },
    );
}

/** Returns the options of the contract. Throws an `Error` when the variable of the key is not set. */
export function toCredentialOptions(
  { secretKeyEnv, sdkappid, administrators }: CredentialArguments,
  variables: Terminal["environment"],
): CredentialOptions {
  const secretKey = secretKeyEnv === undefined ? undefined : variables[secretKeyEnv];
  if (secretKeyEnv !== undefined && !secretKey)
    throw new Error(`--secret-key-env: the environment variable ${secretKeyEnv} is not set.`);
  if (secretKey === undefined && (sdkappid !== undefined || administrators !== undefined))
    throw new Error("--sdkappid and --administrators require --secret-key-env.");
  return { secretKey, sdkAppId: sdkappid, administrators };
}
