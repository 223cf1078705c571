import { UsageError } from "./usage-error.ts";

/** Reads an app's key from an environment variable. A key itself is refused and not repeated: others can see a command line. */
export function readSecretKey(name: string, place: string): string {
  if (!/^[A-Za-z_]\w{0,63}$/.test(name) || /^[0-9a-f]{32,}$/i.test(name))
    throw new UsageError(
      `${place} must be the name of an environment variable that holds the key, such as SECRET_KEY, not the key.`,
    );
  const secretKey = process.env[name];
  if (secretKey) return secretKey;
  throw new UsageError(`${place} names the environment variable ${name}, which is not set. Set it to the app's key.`);
}
