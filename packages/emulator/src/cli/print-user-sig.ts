import { ArgumentError } from "@contact-groups/core/arguments";
import { signUserSig } from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { toSdkAppId } from "./app-options.ts";
import { readSecretKey } from "./secret-key.ts";
import { messageOf, UsageError } from "./usage-error.ts";

/** Whom a UserSig is for, and what it is signed with. */
export interface UserSigOptions {
  readonly app: string;
  readonly identifier: string;
  readonly secretKeyEnv?: string;
  readonly validitySeconds: string;
}

/** Signs what only `--set userSig=lenient` accepts, which verifies no signature. */
const placeholderKey = "no-key";

/** Prints a UserSig and nothing else, for `$(…)` of a shell. */
export async function printUserSig({ app, identifier, secretKeyEnv, validitySeconds }: UserSigOptions): Promise<void> {
  const sdkAppId = toSdkAppId(app);
  if (!/^\d+$/.test(validitySeconds))
    throw new UsageError("--validity-seconds must be a number of seconds such as 3600.");
  const secretKey = secretKeyEnv === undefined ? placeholderKey : readSecretKey(secretKeyEnv, "--secret-key-env");
  try {
    const options = { sdkAppId, identifier, secretKey, validitySeconds: Number(validitySeconds) };
    process.stdout.write(`${await signUserSig(options, limits.userSigValidity.maximum, ArgumentError)}\n`);
  } catch (error) {
    throw new UsageError(messageOf(error), { cause: error });
  }
}
