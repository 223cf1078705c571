/** Returns JSON with line breaks. Each value stays as it was written, which a number beyond 2^53 would not if it were read; other texts stay. */
export function formatJson(text: string): string {
  try {
    JSON.parse(text);
  } catch {
    return text;
  }
  let depth = 0;
  let formatted = "";
  const tokens = text.match(/"(?:[^"\\]|\\.)*"|[{}[\],:]|[^\s{}[\],:"]+/g) ?? [];
  for (const [index, token] of tokens.entries()) {
    const before = tokens[index - 1] ?? "";
    if ("}]".includes(token)) depth--;
    const isEmpty = "}]".includes(token) && "{[".includes(before);
    if (index > 0 && ("{[,".includes(before) || "}]".includes(token)) && !isEmpty)
      formatted += `\n${"  ".repeat(depth)}`;
    formatted += token === ":" ? ": " : token;
    if ("{[".includes(token)) depth++;
  }
  return formatted;
}
