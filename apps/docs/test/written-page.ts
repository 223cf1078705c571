import { existsSync, readFileSync } from "node:fs";
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

/** Reads a page of Starlight and its twin from the built site. What a script fills is left out: the tests of the console use it. So is the response next to the samples, which is among the examples. */
export function readPage(page: string): WrittenPage {
  const tree = parser.parse(readFileSync(`${dist}${page}index.html`, "utf8"));
  const content = select(".sl-markdown-content", tree);
  if (!content) throw new Error(`${page} has no content.`);
  for (const widget of selectAll("api-console, error-decoder, error-filter form, run-call, script, .answer", content))
    widget.children = [];
  const file = `${dist}${page}index.html.md`;
  // A console is no text.
  const twin = existsSync(file) ? readFileSync(file, "utf8") : "";
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

/** Elements that stand within a line of text. */
const inline = new Set([
  "a",
  "abbr",
  "b",
  "bdi",
  "em",
  "i",
  "kbd",
  "small",
  "span",
  "strong",
  "sub",
  "sup",
  "time",
  "var",
]);
/** Elements without a text in the language of the page. */
const unread = new Set(["pre", "script", "style", "svg", "template", "time"]);

/** The texts of a page of Starlight, one for each line or block of text, with `x` for code. What is in another language is left out. */
export function shownTexts(page: string): string[] {
  const tree = parser.parse(readFileSync(`${dist}${page}index.html`, "utf8"));
  const lang = select("html", tree)?.properties["lang"];
  const texts: string[] = [];
  let line = "";
  const end = (): void => {
    const text = line.replaceAll(/\s+/g, " ").trim();
    if (text !== "") texts.push(text);
    line = "";
  };
  const read = (node: Node): void => {
    if (node.type === "text") line += node.value;
    if (node.type !== "element" || unread.has(node.tagName) || (node.properties["lang"] ?? lang) !== lang) return;
    if (node.tagName === "code") line += "`x`";
    else {
      const within = inline.has(node.tagName);
      if (!within) end();
      for (const child of node.children) read(child);
      if (!within) end();
    }
  };
  for (const content of selectAll("h1, .sl-markdown-content", tree)) read(content);
  end();
  return texts;
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

/** The headings of a page, its title first. */
export function headingsOf(page: string): readonly { readonly depth: number; readonly text: string }[] {
  const tree = parser.parse(readFileSync(`${dist}${page}index.html`, "utf8"));
  const title = selectAll("h1", tree);
  const parts = selectAll(".sl-markdown-content :is(h2, h3, h4)", tree);
  return [...title, ...parts].map((heading) => ({
    depth: Number(heading.tagName.slice(1)),
    text: textOf(heading).trim(),
  }));
}
