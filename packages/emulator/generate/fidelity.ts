/** Writes the table of `FIDELITY.md` from the rules, which are declared next to the code that applies them. */
import { readFileSync, writeFileSync } from "node:fs";
import { errorCodes } from "@contact-groups/openapi/model";
import { defaultSettings, type Rule, rules, type Settings } from "../src/index.ts";
import { allowedValues, choices } from "../src/settings.ts";

const path = new URL("../FIDELITY.md", import.meta.url);
const head = [
  "rule",
  "what the emulator does by default",
  "setting, its default, and its other values",
  "evidence",
  "error",
];

/** Returns `FIDELITY.md` with the table of the current rules; the text around the table stays. */
export function fidelity(text: string = readFileSync(path, "utf8")): string {
  const rows = [head, ...rules.map(toCells)];
  const widths = head.map((_, column) => Math.max(...rows.map((cells) => cells[column]!.length)));
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column]!)).join(" | ")} |`;
  const [header = "", ...body] = rows.map(line);
  const table = [header, line(widths.map((width) => "-".repeat(width))), ...body].join("\n");
  return text.replace(/^\| rule(?:.*\n\|)*.*/m, () => table);
}

function toCells({ id, what, setting, evidence, error }: Rule): readonly string[] {
  return [`\`${id}\``, what, setting ? toSetting(setting) : "", evidence, error ? `${errorCodes[error]} ${error}` : ""];
}

/** Returns `name: "default"`, then the other values in code. */
function toSetting(name: keyof Settings): string {
  const usual = defaultSettings[name];
  const code = (text: string): string => `\`${text}\``;
  const others = (choices[name] ?? []).filter((value) => value !== usual).map((value) => code(JSON.stringify(value)));
  const values = choices[name] ? `, or ${others.join(", ")}` : `; ${allowedValues(name)}`;
  return code(`${name}: ${JSON.stringify(usual)}`) + values;
}

/** Returns the path of the test of a rule. The package does not have the tests, so its files do not link to them. */
export function testOf(id: Rule["id"]): string {
  return `test/rules/${id.replaceAll(".", "-")}.test.ts`;
}

if (import.meta.main) writeFileSync(path, fidelity());
