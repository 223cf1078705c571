/** The command `rules`: the rules of the emulator, and the settings that change them with their values in force. */
import { type SettingOptions, settingsOf } from "./config.ts";
import { readSettings, type SettingsInForce } from "./running.ts";
import { UsageError } from "./values.ts";
import { errorNamed } from "../failure.ts";
import { type Rule, type RuleId, rules } from "../rules.ts";
import { allowedValues, choices, defaultSettings, isRateLimit, type Settings, toSettings } from "../settings.ts";
import { terminalJson, terminalLines } from "../terminal.ts";

/** The options of `rules`. */
interface RulesOptions extends SettingOptions {
  readonly url?: string;
  readonly app?: string;
  readonly controlTokenEnv?: string;
  readonly json?: boolean;
}

/** Throws a `UsageError` for options of `rules` that exclude or need each other. */
function checkRulesOptions({ url, app, controlTokenEnv, config, ...changes }: RulesOptions): void {
  if (url === undefined) {
    if (controlTokenEnv !== undefined)
      throw new UsageError("--control-token-env belongs to --url: give the address of a running emulator.");
    if (app !== undefined && config === undefined)
      throw new UsageError("--app belongs to --url or --config: give where the settings of the app are.");
    return;
  }
  const own =
    (config !== undefined && "--config") ||
    (Object.keys(changes.settings).length > 0 && "--set") ||
    (changes.strict && "--strict") ||
    (changes.rateLimit === false && "--no-rate-limit");
  if (own) throw new UsageError(`--url reads the settings of a running emulator, so ${own} has no effect: omit one.`);
}

/** Prints each rule with its error, and each setting with its value in force: of a running emulator, or as the options say. */
export async function printRules({ json = false, ...options }: RulesOptions): Promise<void> {
  checkRulesOptions(options);
  const settings = showSettings(
    options.url === undefined
      ? { settings: toSettings(settingsOf(options)), defaults: defaultSettings, choices }
      : await readSettings(options.url, options),
  );
  const text = json
    ? terminalJson({ rules: rules.map(toDocument), settings })
    : terminalLines([...ruleLines(settings), "", ...settingLines(settings)].join("\n"));
  process.stdout.write(`${text}\n`);
}

/** A setting as `--json` prints it. */
interface ShownSetting {
  readonly name: string;
  /** The value in force. */
  readonly value: unknown;
  readonly default: unknown;
  /** The values, or a text that says what they are. */
  readonly allowed: readonly unknown[] | string;
  /** The rules that it changes. */
  readonly rules: readonly RuleId[];
}

/** The emulator that is asked can be of another version, and have other settings than this one. */
function showSettings({ settings, defaults, choices: lists }: SettingsInForce): readonly ShownSetting[] {
  const defaultOf = new Map<string, unknown>(Object.entries(defaults));
  return Object.entries(settings).map(([name, value]: [string, unknown]) => ({
    name,
    value,
    default: defaultOf.get(name),
    allowed: lists[name] ?? (Object.hasOwn(defaultSettings, name) ? allowedValues(name as keyof Settings) : ""),
    rules: rules.filter(({ setting }) => setting === name).map(({ id }) => id),
  }));
}

function toDocument({ error, ...rule }: Rule): object {
  return { ...rule, ...(error && { error: { name: error, code: errorNamed(error).code } }) };
}

function ruleLines(settings: readonly ShownSetting[]): readonly string[] {
  const width = Math.max(...rules.map(({ id }) => id.length));
  return rules.flatMap(({ id, what, setting, error }) => {
    const inForce = settings.find(({ name }) => name === setting);
    const facts = [
      error && `error ${errorNamed(error).code}`,
      inForce && `--set ${inForce.name}=${textOf(inForce.value)}`,
    ];
    return [`${id.padEnd(width)} ${facts.filter(Boolean).join("  ")}`.trimEnd(), `    ${what.replaceAll("`", "")}`];
  });
}

const head = ["  setting", "in force", "default", "allowed", "rules"];

function settingLines(settings: readonly ShownSetting[]): readonly string[] {
  const rows = settings.flatMap(toRows);
  const changed = settings.filter(isChanged).length;
  const widths = head.map((_, column) => Math.max(...[head, ...rows].map((cells) => cells[column]!.length)));
  const toLine = (cells: readonly string[]): string =>
    cells
      .map((cell, column) => cell.padEnd(widths[column]!))
      .join("  ")
      .trimEnd();
  const title = `The settings in force: ${changed === 0 ? "all have their defaults" : `* marks ${changed} that differ from their defaults`}.`;
  return [title, "", ...[head, ...rows].map(toLine)];
}

/** The values of a setting that `--set` has in another form. */
const argumentsOf: Readonly<Partial<Record<string, string>>> = {
  rateLimit: "on, off, or calls/seconds such as 10/1",
} satisfies Partial<Record<keyof Settings, string>>;

/** A row for the setting with its first rule, and one for each further rule. */
function toRows(setting: ShownSetting): readonly (readonly string[])[] {
  const {
    name,
    value,
    default: usual,
    allowed,
    rules: [first = "", ...others],
  } = setting;
  const values = typeof allowed === "string" ? (argumentsOf[name] ?? allowed) : allowed.map(textOf).join(", ");
  const row = [`${isChanged(setting) ? "*" : " "} ${name}`, textOf(value), textOf(usual), values, first];
  return [row, ...others.map((rule) => ["", "", "", "", rule])];
}

function isChanged({ value, default: usual }: ShownSetting): boolean {
  return textOf(value) !== textOf(usual);
}

/** Returns a value as `--set` has it: `10/1` for a rate limit. */
function textOf(value: unknown): string {
  if (typeof value !== "object" || value === null) return String(value);
  return isRateLimit(value) ? `${value.calls}/${value.seconds}` : JSON.stringify(value);
}
