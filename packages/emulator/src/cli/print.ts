import { argumentMessage } from "@contact-groups/core/arguments";
import { signUserSig } from "@contact-groups/core/user-sig";
import { limits } from "@contact-groups/openapi/model";
import { readSecretKey, toSdkAppId, UsageError } from "./values.ts";
import { errorNamed } from "../failure.ts";
import { type Rule, rules } from "../rules.ts";
import { defaultSettings } from "../settings.ts";

/** Prints each rule with its error and the setting that changes it. */
export function printRules({ json = false }: { readonly json?: boolean }): void {
  const lines = json ? [JSON.stringify(rules.map(toDocument))] : rules.flatMap(toLines);
  process.stdout.write(`${lines.join("\n")}\n`);
}

function toDocument({ id, what, evidence, setting, error }: Rule): object {
  return {
    id,
    what,
    evidence,
    ...(error && { error: { name: error, code: errorNamed(error).code } }),
    ...(setting && { setting, default: defaultSettings[setting] }),
  };
}

function toLines({ id, what, setting, error }: Rule): string[] {
  const facts = [
    error && `error ${errorNamed(error).code}`,
    setting && `--set ${setting}=${String(defaultSettings[setting])}`,
  ];
  return [`${id.padEnd(28)} ${facts.filter(Boolean).join("  ")}`.trimEnd(), `    ${what.replaceAll("`", "")}`];
}

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
