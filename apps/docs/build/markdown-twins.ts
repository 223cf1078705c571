import { globSync, readFileSync, writeFileSync } from "node:fs";
import { sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { AstroIntegration } from "astro";
import { select, selectAll } from "hast-util-select";
import rehypeParse from "rehype-parse";
import rehypeRemark from "rehype-remark";
import remarkGfm from "remark-gfm";
import remarkStringify from "remark-stringify";
import { unified } from "unified";

const parser = unified().use(rehypeParse);
const writer = unified().use(rehypeRemark).use(remarkGfm).use(remarkStringify);

/** Writes `index.html.md` next to each page of the site, and `llms.txt`, the list of all of them in English. */
export function markdownTwins(): AstroIntegration {
  return {
    name: "markdown-twins",
    hooks: {
      "astro:build:done": async ({ dir, logger }) => {
        const root = fileURLToPath(dir);
        const files = globSync("**/index.html", { cwd: root });
        const pages = files.map((file) => file.replaceAll(sep, "/")).toSorted();
        const entries: string[] = [];
        for (const page of pages) {
          const twin = toMarkdown(readFileSync(root + page, "utf8"));
          if (!twin) continue;
          writeFileSync(`${root}${page}.md`, `# ${twin.title}\n\n${twin.body}`);
          if (!/^(zh-cn|ja)\//.test(page)) entries.push(`- [${twin.title}](${page}.md): ${twin.summary}`);
        }
        writeFileSync(`${root}llms.txt`, `# Contact Groups\n\n> ${summary}\n\n## Pages\n\n${entries.join("\n")}\n`);
        logger.info(`${entries.length} pages in llms.txt`);
      },
    },
  };
}

const summary =
  "An OpenAPI 3.1 description of Tencent Cloud Chat's conversation groups and marks, with a typed client, an emulator and contract tests. The description itself: downloads/openapi.yaml.";

/** Title, description and content of a page; undefined for one that Starlight did not make. */
function toMarkdown(html: string): { title: string; summary: string; body: string } | undefined {
  const tree = parser.parse(html);
  const content = select(".sl-markdown-content", tree);
  const title = select("h1", tree)
    ?.children.map((node) => ("value" in node ? node.value : ""))
    .join("");
  if (!content || title === undefined) return undefined;
  const description = select("meta[name=description]", tree)?.properties["content"];
  // Controls are not text.
  for (const widget of selectAll("api-console, error-decoder, form, run-call", content)) widget.children = [];
  for (const block of selectAll(".expressive-code", content)) block.children = [plainBlock(block)];
  const body = writer.stringify(writer.runSync({ type: "root", children: content.children }) as never);
  return { title: title.trim(), summary: String(description ?? ""), body: String(body) };
}

type Element = NonNullable<ReturnType<typeof select>>;

/** A block of code with nothing but its language and its text. On the page it has a label, a button, and an element for each line and colour. */
function plainBlock(block: Element): Element {
  const language = select("pre", block)?.properties["dataLanguage"];
  const text = select(".copy button", block)?.properties["dataCode"];
  if (typeof language !== "string" || typeof text !== "string")
    throw new Error("A block of code has no language or no button to copy it: adjust build/markdown-twins.ts.");
  // Expressive Code writes each line end as U+007F.
  const value = text.replaceAll("\u007f", "\n");
  const code: Element = {
    type: "element",
    tagName: "code",
    properties: { className: [`language-${language}`] },
    children: [{ type: "text", value }],
  };
  return { type: "element", tagName: "pre", properties: {}, children: [code] };
}
