import { errorNamed } from "../errors.ts";
import type { Rule } from "../rule.ts";
import { rules } from "../rules.ts";
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
