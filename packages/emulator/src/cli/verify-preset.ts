/** `--preset verify`: the file with its accounts, and the command that verifies the emulator. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { type PresetName, presets } from "../presets.ts";
import { defaultAdmins } from "../request.ts";
import { shellWord } from "../shell-word.ts";
import type { ServeOptions } from "./options.ts";
import { explainFileError, UsageError } from "./values.ts";

export const verifyPreset: PresetName = "verify";

const keyVariable = "APP_KEY";

/** Writes the UserIDs of the preset, one in each line. Throws a `UsageError` for a file with another content. */
export function writeAccounts({ accountsFile = "accounts.txt" }: ServeOptions): string {
  const [app] = presets[verifyPreset]().seed.apps ?? [];
  const text = `${app?.accounts?.join("\n")}\n`;
  try {
    if (!existsSync(accountsFile)) writeFileSync(accountsFile, text);
    else if (readFileSync(accountsFile, "utf8") !== text)
      throw new UsageError(`${accountsFile} exists and has something else. Give another file with --accounts-file.`);
  } catch (error) {
    if (error instanceof UsageError) throw error;
    throw new UsageError(`--accounts-file ${accountsFile} cannot be written: ${explainFileError(error)}.`, {
      cause: error,
    });
  }
  return accountsFile;
}

/** Returns the command that verifies the emulator, with a line above it. */
export function verifyCommand(
  url: string,
  { accountsFile = "accounts.txt", apps: given }: Pick<ServeOptions, "accountsFile" | "apps">,
): readonly string[] {
  const { apps = [], seed } = presets[verifyPreset]();
  const { sdkAppId, admins = defaultAdmins, secretKeyEnv = keyVariable } = { ...apps[0], ...given[0] };
  const [chatGroup] = seed.apps?.[0]?.chatGroups ?? [];
  const key = given.length > 0 ? "" : `${keyVariable}=${shellWord(apps[0]?.secretKey ?? "")} `;
  const words = ["--base-url", url, "--sdkappid", String(sdkAppId), "--identifier", admins[0] ?? ""];
  words.push("--secret-key-env", secretKeyEnv, "--users-file", accountsFile, "--chat-group", chatGroup?.id ?? "");
  return [
    "Verify it, in another terminal:",
    `  ${key}npx @contact-groups/contract verify ${words.map(shellWord).join(" ")}`,
  ];
}
