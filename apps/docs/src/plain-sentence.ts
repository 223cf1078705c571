/** Returns the first sentence of a text of the description without its Markdown, as search engines show it. */
export function plainSentence(text: string): string {
  const plain = text
    .replaceAll(/\[([^\]]+)\]\([^)]*\)/g, "$1")
    .replaceAll("`", "")
    .replaceAll(/\s+/g, " ")
    .trim();
  return /^.*?(?:[.?!](?= )|[。？！]|$)/.exec(plain)?.[0] ?? plain;
}
