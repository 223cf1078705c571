/** The report of a proxy for a terminal. */
import { count } from "@contact-groups/core/check";
import type { Change } from "./alternatives.ts";
import type { ProxyReport } from "./findings.ts";

/** Returns the report as lines. */
export function reportText({ calls, settings, rules, differences, texts }: ProxyReport): readonly string[] {
  const skipped = Object.entries(calls.notComparable);
  const others = skipped.reduce((sum, [, times]) => sum + times, 0);
  const changes = Object.entries(settings);
  const undecided = [
    ...new Set(
      differences
        .filter(({ explanations }) => explanations.length > 1)
        .map(({ explanations }) => `  ${explanations.map(toArguments).join(", or ")}`),
    ),
  ];
  const of = (status: string): readonly string[] =>
    rules
      .filter((rule) => rule.status === status)
      .map(({ rule, setting, confirmed, contradicted, excluded = {} }) => {
        const values = Object.entries(excluded).map(([value, times]) => `${value} ${times}`);
        const detail = values.length > 0 ? `, other values of ${setting} excluded: ${values.join(", ")}` : "";
        const times = status === "contradicted" ? contradicted : confirmed;
        return `  ${rule}${times > 0 ? ` ${count(times, "time")}` : ""}${detail}`;
      });
  const section = (title: string, status: string): readonly string[] => {
    const lines = of(status);
    return lines.length === 0 ? [] : ["", title, ...lines];
  };

  return [
    "",
    `${count(calls.total, "call")}: ${calls.same} the same, ${calls.different} different, ${others} not compared.`,
    ...skipped.map(([why, times]) => `  not compared, because ${why}: ${times}`),
    ...(changes.length === 0
      ? []
      : ["", "The emulator responds as the service does with:", `  ${toArguments(settings)}`]),
    ...(undecided.length === 0 ? [] : ["", "Several settings explain the same call:", ...undecided]),
    ...section("Rules that the service contradicts:", "contradicted"),
    ...section("Rules that the service confirms:", "confirmed"),
    ...section("Rules that the service confirms in part:", "partly confirmed"),
    ...section("Rules that no call has shown:", "never seen"),
    ...(differences.length === 0
      ? []
      : ["", `${count(differences.length, "kind")} of differences: --report has them with their values.`]),
    ...(Object.keys(texts).length === 0 ? [] : ["", "Texts of the service:"]),
    ...Object.entries(texts).flatMap(([code, seen]) =>
      seen.map(({ text, times }) => `  ${code} ${JSON.stringify(text)} ${count(times, "time")}`),
    ),
  ];
}

/** Writes settings as arguments of the command. */
export function toArguments(settings: Change): string {
  return Object.entries(settings)
    .map(([name, value]) => `--set ${name}=${String(value)}`)
    .join(" ");
}
