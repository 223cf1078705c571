import type { StarlightUserConfig } from "@astrojs/starlight/types";
import { modelOf, operations } from "./reference/model.ts";
import { type Word, wordsOf } from "./words/words.ts";

/** The guides in the order of the navigation. Each is a page in every language under `src/content/docs`. */
export const guides = [
  "getting-started",
  "authentication",
  "errors-inside-200",
  "pagination",
  "life-of-a-conversation-group",
  "limits-and-partial-failure",
  "marks",
  "regions",
  "testing",
  "emulator",
  "hosting",
  "contradictions",
] as const;

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
      { ...label("found"), link: "/contract-tests/" },
      { ...label("benchmarks"), link: "/benchmarks/" },
    ],
  },
  { ...label("console"), link: "/console/" },
];

function label(word: Word): { label: string; translations: Record<string, string> } {
  return { label: wordsOf("en")(word), translations: { "zh-CN": wordsOf("zh-CN")(word), ja: wordsOf("ja")(word) } };
}
