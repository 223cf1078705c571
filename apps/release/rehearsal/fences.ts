/** A fenced block of a Markdown document. */
export interface Fence {
  /** The text since the fence before this one. */
  readonly before: string;
  readonly language: string;
  /** What follows the language on the first line. */
  readonly info: string;
  readonly body: string;
}

/** Reads the fenced blocks of a Markdown document that name their language. */
export function readFences(markdown: string): readonly Fence[] {
  const fences: Fence[] = [];
  let end = 0;
  for (const { index, 0: all, 1: language = "", 2: info = "", 3: body = "" } of markdown.matchAll(
    /^```(\w+)(.*)\n([\s\S]*?)^```$/gm,
  )) {
    fences.push({ before: markdown.slice(end, index), language, info, body });
    end = index + all.length;
  }
  return fences;
}
