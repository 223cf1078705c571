import { relative } from "node:path";
import type { Step } from "./follow.ts";
import type { Listener } from "./keep-following.ts";

/** Prints which files an edit changed, or the problems because of which none changed. Paths are relative to `root`. */
export function terminal(root: string, print: (line: string) => void = console.log): Listener {
  const said = new Set<string>();
  const say = ({ problems, changed }: Step, milliseconds: number, kept: string, unchanged?: string): void => {
    for (const problem of problems) print(problem);
    if (problems.length > 0) {
      const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
      print(`✗ ${count}: ${kept} (${milliseconds.toFixed(0)} ms)`);
    } else if (changed.length > 0) {
      const names = changed.map((path) => relative(root, path));
      print(`✓ ${milliseconds.toFixed(0)} ms ${names.join(", ")}`);
    } else if (unchanged !== undefined) print(`✓ ${milliseconds.toFixed(0)} ms ${unchanged}`);
  };
  return {
    first: (step, milliseconds) => say(step, milliseconds, "no file is changed.", "nothing to write"),
    rest: (step, milliseconds) => say(step, milliseconds, "the translations stay as they were."),
    loadedOnce: (path) => {
      if (said.has(path)) return;
      said.add(path);
      print(`openapi/${path} is loaded once: stop with Ctrl-C and start again.`);
    },
  };
}
