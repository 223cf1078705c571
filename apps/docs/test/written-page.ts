import { readFileSync } from "node:fs";
import { select, selectAll } from "hast-util-select";
import rehypeParse from "rehype-parse";
import { unified } from "unified";
import { dist } from "./site.ts";

export type Element = NonNullable<ReturnType<typeof select>>;
type Node = Element["children"][number];

/** Code with the name of its language, as a fence has it. */
export interface Block {
  readonly language: string;
  readonly text: string;
}

/** A block of code on a page. */
export interface ShownBlock extends Block {
  readonly label: string;
  /** What its button copies. */
  readonly copied: string;
}

/** A page as it was built, and its Markdown twin. */
export interface WrittenPage {
  readonly content: Element;
  readonly blocks: readonly ShownBlock[];
  readonly twin: string;
  readonly twinBlocks: readonly Block[];
}

const parser = unified().use(rehypeParse);

/** Reads a page of Starlight and its twin from the built site. What a script fills is left out: the tests of the console use it. */
export function readPage(page: string): WrittenPage {
  const tree = parser.parse(readFileSync(`${dist}${page}index.html`, "utf8"));
  const content = select(".sl-markdown-content", tree);
  if (!content) throw new Error(`${page} has no content.`);
  for (const widget of selectAll("api-console, error-decoder, error-filter form, script", content))
    widget.children = [];
  const twin = readFileSync(`${dist}${page}index.html.md`, "utf8");
  return {
    content,
    blocks: selectAll("pre", content).map((pre) => block(pre, content)),
    twin,
    twinBlocks: [...twin.matchAll(/^(`{3,})(.*)\n([^]*?)^\1$/gm)].map(([, , language = "", text = ""]) => ({
      language,
      text: text.trimEnd(),
    })),
  };
}

/** The text of an element and of all that is in it. */
export function textOf(node: Node): string {
  if (node.type === "text") return node.value;
  return "children" in node ? node.children.map(textOf).join("") : "";
}

function block(pre: Element, content: Element): ShownBlock {
  const frame = selectAll("figure", content).find(({ children }) => children.includes(pre));
  // An empty line holds the end of itself.
  const lines = selectAll(".ec-line", pre).map((line) => textOf(line).replace(/\n$/, ""));
  const label = frame && select("figcaption .title", frame);
  return {
    language: String(pre.properties["dataLanguage"]),
    text: lines.join("\n"),
    label: label ? textOf(label) : "",
    copied: String((frame && select(".copy button", frame))?.properties["dataCode"]).replaceAll("\u007f", "\n"),
  };
}
