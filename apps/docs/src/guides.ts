/** The guides in the order of the navigation. Each is a page in every language under `src/content/docs`. */
export const guides = [
  "getting-started",
  "authentication",
  "errors-inside-200",
  "pagination",
  "limits-and-partial-failure",
  "marks",
  "regions",
  "testing",
  "emulator",
  "hosting",
  "contradictions",
] as const;
