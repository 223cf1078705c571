import english from "@contact-groups/openapi/openapi.json" with { type: "json" };
import japanese from "@contact-groups/openapi/openapi.ja.json" with { type: "json" };
import chinese from "@contact-groups/openapi/openapi.zh-CN.json" with { type: "json" };
import type { Lang } from "../locales.ts";
import type { Description } from "./openapi-types.ts";

const descriptions: Readonly<Record<Lang, unknown>> = { en: english, "zh-CN": chinese, ja: japanese };

/** The bundle in a language. Structure, names and numbers are the same in all of them. */
export function description(lang: Lang): Description {
  return descriptions[lang] as Description;
}
