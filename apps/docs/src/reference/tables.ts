import type { Lang } from "../locales.ts";
import { wordsOf } from "../words/words.ts";
import { modelOf, operations } from "./model.ts";

/** A table whose cells are one-line Markdown. A link begins with `/` where it leads to a page of the same language. */
export interface Table {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table of the model that a guide can show, by the name of the component. */
export const tables: Readonly<Record<"MarkBits" | "OperationTable" | "Regions", (lang: Lang) => Table>> = {
  MarkBits: markBits,
  OperationTable: operationTable,
  Regions: regions,
};

function markBits(lang: Lang): Table {
  const say = wordsOf(lang);
  const { bits, appBits } = modelOf(lang).bitFields.StandardMark;
  const named = Object.entries(bits) as [keyof typeof bits, number][];
  const unnamed = Math.max(...named.map(([, bit]) => bit)) + 1;
  // With word joiners, so that a narrow column does not break it.
  const range = (first: number, last: number): string => `${first}\u2060–\u2060${last}`;
  return {
    head: [say("marks.bit"), say("name"), say("meaning")],
    rows: [
      ...named.map(([name, bit]) => [String(bit), `\`${name}\``, say(`marks.${name}`)]),
      [range(unnamed, appBits.first - 1), "–", say("marks.chat")],
      [range(appBits.first, appBits.last), "–", say("marks.app")],
    ],
  };
}

function operationTable(lang: Lang): Table {
  const say = wordsOf(lang);
  const model = modelOf(lang);
  const all = operations(model);
  // A code that every operation can return says nothing of one of them.
  const own = Object.values(model.errors).filter(({ operations: ids }) => ids.length > 0 && ids.length < all.length);
  return {
    head: [say("operations"), say("ownErrors"), say("idempotent")],
    rows: all.map(({ id, slug, idempotent, texts }) => [
      `[${slug}](/reference/${slug}/)`,
      own
        .filter(({ operations: ids }) => (ids as readonly string[]).includes(id))
        .map(({ code }) => `[${code}](/errors/${code}/)`)
        .join(" "),
      say(`idempotent.${idempotent}`, { reason: texts.idempotent }),
    ]),
  };
}

function regions(lang: Lang): Table {
  const say = wordsOf(lang);
  return {
    head: ["`region`", say("regions.place"), say("regions.host"), say("regions.backup")],
    rows: modelOf(lang).servers.flatMap(({ region, description, url, backupUrl }) =>
      region === undefined ? [] : [[`\`${region}\``, description, hostText(url), hostText(backupUrl)]],
    ),
  };
}

/** The host of an address, which is all that differs by region. */
function hostText(url: string | undefined): string {
  return url === undefined ? "–" : `\`${new URL(url).host}\``;
}
