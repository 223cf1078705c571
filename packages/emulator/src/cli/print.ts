import { argumentMessage } from "@contact-groups/core/arguments";
import { signUserSig } from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { readSecretKey, toSdkAppId, UsageError } from "./values.ts";

/** Whom a UserSig is for, and what it is signed with. */
interface UserSigOptions {
  readonly app: string;
  readonly identifier: string;
  readonly secretKeyEnv?: string;
  readonly validitySeconds: string;
}

/** Signs what only `--set userSig=lenient` accepts, which verifies no signature. */
const placeholderKey = "no-key";

/** Thrown for an argument that was given as an option: `--validity-seconds` for `validitySeconds`. */
class OptionError extends UsageError {
  constructor(argument: string, expected: string, found: string) {
    const option = argument.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
    super(`${argumentMessage(`--${option}`, expected, found)}.`);
  }
}

/** Prints a UserSig and nothing else, for `$(…)` of a shell. */
export async function printUserSig({ app, identifier, secretKeyEnv, validitySeconds }: UserSigOptions): Promise<void> {
  const sdkAppId = toSdkAppId(app);
  if (!/^\d+$/.test(validitySeconds))
    throw new UsageError(
      `--validity-seconds must be a number of seconds such as 3600, but is ${JSON.stringify(validitySeconds.slice(0, 20))}.`,
    );
  const secretKey = secretKeyEnv === undefined ? placeholderKey : readSecretKey(secretKeyEnv, "--secret-key-env");
  const options = { sdkAppId, identifier, secretKey, validitySeconds: Number(validitySeconds) };
  process.stdout.write(`${await signUserSig(options, limits.userSigValidity.maximum, OptionError)}\n`);
}
