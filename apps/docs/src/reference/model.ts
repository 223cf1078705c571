import * as english from "@contact-groups/openapi/model";
import * as japanese from "@contact-groups/openapi/model.ja";
import * as chinese from "@contact-groups/openapi/model.zh-CN";
import type { Lang } from "../locales.ts";

/** What the description says, in a language. Structure, names and numbers are the same in all of them. */
export type Model = typeof english;

const models: Readonly<Record<Lang, Model>> = { en: english, "zh-CN": chinese, ja: japanese };

/** The model in a language. */
export function modelOf(lang: Lang): Model {
  return models[lang];
}
