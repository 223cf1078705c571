/** The colour schemes in which a page is tested: both in English, one in each translation, which has the same elements and colours. */
export function colorSchemes(path: string): readonly ("light" | "dark")[] {
  if (path.startsWith("zh-cn/")) return ["light"];
  return path.startsWith("ja/") ? ["dark"] : ["light", "dark"];
}
