import remarkGfm from "remark-gfm";
import remarkParse from "remark-parse";
import remarkStringify from "remark-stringify";
import { unified } from "unified";

/** A node of a Markdown tree, as far as links need it. */
interface Node {
  type: string;
  url?: string;
  children?: Node[];
}

const parser = unified().use(remarkParse).use(remarkGfm);
const writer = unified()
  .use(remarkGfm, { tablePipeAlign: false })
  .use(remarkStringify, { bullet: "-", resourceLink: true });

/**
 * Returns a Markdown document in one form.
 * @param link Returns the address of a link to another page of the site. A link inside a page becomes its text, as headings of Markdown have no IDs.
 */
export function markdownDocument(markdown: string, link: (target: string) => string): string {
  const tree = parser.parse(markdown);
  relink(tree, link);
  return writer.stringify(tree);
}

function relink(node: Node, link: (target: string) => string): void {
  if (!node.children) return;
  node.children = node.children.flatMap((child) => {
    relink(child, link);
    if (child.type !== "link" || child.url === undefined) return [child];
    if (child.url.startsWith("#")) return child.children ?? [];
    if (!/^https?:/.test(child.url)) child.url = link(child.url);
    return [child];
  });
}
