import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

/** Name by which a script of the site imports Redoc. */
const moduleName = "virtual:redoc";

/** The script that `redocly build-docs` puts into its pages: its version is that of the CLI. */
const script = createRequire(import.meta.url).resolve("@redocly/cli/lib/chunks/redoc.standalone.js");

/** What Redoc has no option for. Each text must occur in its script as often as is said. */
const changes: readonly { readonly from: string; readonly to: string; readonly times: number }[] = [
  // Its words come from the page, in the page's language.
  {
    from: "translate:(e,t)=>(typeof t==`string`?t:t?.defaultValue)||e||``",
    to: "translate:(e,t)=>globalThis.redocWords?.[e]??((typeof t==`string`?t:t?.defaultValue)||e||``)",
    times: 1,
  },
  {
    from: '"aria-label":t??`link to ${e}`',
    to: '"aria-label":(t??`link to ${e}`).replace(/^link to (.*)$/,(all,place)=>globalThis.redocWords?.linkTo?.replace("{place}",place)??all)',
    times: 1,
  },
  // A type is named as everywhere else on the site.
  { from: "s=[n+r]", to: "s=[e[`x-type`]??n+r]", times: 1 },
  // The body is what an operation is about: the parameters of the query are the same for all.
  {
    from: "a.push({nodeType:W.ITEM,variant:`body`,label:`Request Body`",
    to: "a.unshift({nodeType:W.ITEM,variant:`body`,label:`Request Body`",
    times: 1,
  },
  // The site has one search.
  { from: "[`⌘+K,CTRL+K`]", to: "[]", times: 1 },
  // No image of another origin.
  { from: "https://cdn.redoc.ly/redoc/logo-mini-full.svg", to: "data:,", times: 1 },
  { from: "https://cdn.redoc.ly/redoc/logo-mini.svg", to: "data:,", times: 1 },
];

/** A plugin of Vite. Astro does not export its type. */
interface RedocScript {
  readonly name: string;
  readonly resolveId: (id: string) => string | undefined;
  readonly load: (id: string) => string | undefined;
}

/** Gives the site the script of Redoc as the module `virtual:redoc`: one file for all languages and releases. */
export function redocScript(): RedocScript {
  return {
    name: "redoc-script",
    resolveId: (id) => (id === moduleName ? `\0${id}` : undefined),
    load: (id) => (id === `\0${moduleName}` ? changed(readFileSync(script, "utf8")) : undefined),
  };
}

function changed(source: string): string {
  return changes.reduce((text, { from, to, times }) => {
    const found = text.split(from).length - 1;
    if (found !== times)
      throw new Error(
        `Redoc must contain ${JSON.stringify(from)} ${times} times, but does ${found} times. Adapt apps/docs/build/redoc-script.ts to this version of Redoc.`,
      );
    return text.replaceAll(from, to);
  }, source);
}
