import type { Moment } from "./memory.ts";
import { type Problem, placeText, type Show } from "./problem.ts";

/** A text that is the same in every language: its JSON pointer in the bundle, and where `untranslated.yaml` lists it. */
export interface Untranslated {
  readonly text: string;
  readonly at: string;
}

/** Reads `untranslated.yaml`, or says what is wrong with it. */
export function readUntranslated(
  path: string,
  moment: Moment,
  show: Show,
): { listed: Untranslated[]; problems: Problem[] } {
  const listed: Untranslated[] = [];
  const problems: Problem[] = [];
  const refuse = (pointer: string, message: string): void => {
    problems.push(`${placeText({ source: moment.read(path), pointer: `#${pointer}` }, show)} ${message}`);
  };

  const groups = moment.parse(path);
  if (!Array.isArray(groups)) refuse("/", "This is not a list. Write a list of entries with `reason` and `texts`.");
  for (const [index, group] of (Array.isArray(groups) ? groups : []).entries()) {
    const { reason, texts, ...others } = Object(group) as Record<string, unknown>;
    if (typeof reason !== "string" || !Array.isArray(texts) || Object.keys(others).length > 0) {
      refuse(
        `/${index}`,
        "An entry has `reason`, a sentence, and `texts`, a list of JSON pointers, and nothing else. Write both.",
      );
      continue;
    }
    for (const [position, text] of texts.entries()) {
      const at = `/${index}/texts/${position}`;
      if (typeof text === "string" && text.startsWith("/")) listed.push({ text, at });
      else refuse(at, "This is not a JSON pointer. Write the place of a text in the bundle, such as `/info/title`.");
    }
  }
  return { listed, problems };
}
