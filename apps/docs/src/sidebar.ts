import type { StarlightUserConfig } from "@astrojs/starlight/types";
import { guides } from "./guides.ts";
import { modelOf } from "./reference/model.ts";
import { operations } from "./reference/operations.ts";
import { wordsOf, type Word } from "./words/words.ts";

type Sidebar = NonNullable<StarlightUserConfig["sidebar"]>;

/** The navigation. Starlight puts a language's path before each link. */
export const sidebar: Sidebar = [
  { ...label("guides"), items: guides.map((slug) => ({ slug: `guides/${slug}` })) },
  {
    ...label("reference"),
    items: [
      ...operations(modelOf("en")).map(({ slug }) => ({ label: slug, link: `/reference/${slug}/` })),
      { ...label("errors"), link: "/errors/" },
      { ...label("redoc"), link: "/reference/all/" },
      { ...label("downloads"), link: "/downloads/" },
      { ...label("changes"), link: "/changes/" },
      { ...label("benchmarks"), link: "/benchmarks/" },
    ],
  },
  { ...label("console"), link: "/console/" },
];

function label(word: Word): { label: string; translations: Record<string, string> } {
  return { label: wordsOf("en")(word), translations: { "zh-CN": wordsOf("zh-CN")(word), ja: wordsOf("ja")(word) } };
}
