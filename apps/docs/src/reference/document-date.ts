import type { Say } from "../words/words.ts";

/** Returns the date that a document shows, or that it shows none. */
export function dateText(date: string, say: Say): string {
  return date === "not shown" ? say("undated") : date;
}
