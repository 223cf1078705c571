import type { StarlightUserConfig } from "@astrojs/starlight/types";
import { modelOf, operations } from "./reference/model.ts";
import { releases } from "./reference/releases.ts";
import { type Word, wordsOf } from "./words/words.ts";

type Sidebar = NonNullable<StarlightUserConfig["sidebar"]>;
type Item = Sidebar[number];

/** The guides in the order of the navigation, by the word that heads each group. Each is a page in every language under `src/content/docs`. */
export const guideGroups = [
  { word: "start", guides: ["getting-started", "authentication", "errors-inside-200", "regions"] },
  { word: "guides", guides: ["life-of-a-conversation-group", "marks", "pagination", "limits-and-partial-failure"] },
  { word: "test", guides: ["testing", "emulator", "hosting"] },
] as const;

/** The navigation. Starlight puts a language's path before each link. */
export const sidebar: Sidebar = [
  { ...label("start"), items: guidesOf("start") },
  {
    ...label("reference"),
    items: [
      { ...label("redoc"), link: "/reference/" },
      ...operations(modelOf("en")).map(({ slug }) => ({
        label: slug,
        link: `/reference/${slug}/`,
        attrs: { class: "operation-link", translate: "no" },
      })),
      { ...label("errors"), link: "/errors/" },
      { ...label("console"), link: "/console/" },
      { ...label("downloads"), link: "/downloads/" },
      ...(releases.length > 0 ? [{ ...label("changes"), link: "/changes/" }] : []),
    ],
  },
  {
    ...label("guides"),
    items: [...guidesOf("guides"), { ...label("contradictions"), link: "/guides/contradictions/" }],
  },
  {
    ...label("test"),
    items: guidesOf("test").toSpliced(1, 0, { ...label("found"), link: "/contract-tests/" }),
  },
];

function guidesOf(group: (typeof guideGroups)[number]["word"]): Item[] {
  return guideGroups
    .filter(({ word }) => word === group)
    .flatMap(({ guides }) => guides.map((guide) => ({ slug: `guides/${guide}` })));
}

function label(word: Word): { label: string; translations: Record<string, string> } {
  return { label: wordsOf("en")(word), translations: { "zh-CN": wordsOf("zh-CN")(word), ja: wordsOf("ja")(word) } };
}
