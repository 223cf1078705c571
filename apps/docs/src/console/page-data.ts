import type { ConsoleData } from "./console-data.ts";

/** Reads the data that the build put into the page. */
export function pageData(): ConsoleData {
  return JSON.parse(document.getElementById("console-data")?.textContent ?? "null") as ConsoleData;
}
