/** The sample consumers with a mistake, each created from its files by edits. Their tests must end and fail. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { edited } from "./readme.ts";

interface RedVariant {
  readonly consumer: "vitest" | "jest" | "node-test" | "python";
  readonly mistake: string;
  readonly edits: readonly (readonly [file: string, text: string, by: string])[];
  /** The output of the runner. */
  readonly printed: RegExp;
}

export const redVariants: readonly RedVariant[] = [
  {
    consumer: "python",
    mistake: "code omits a field",
    edits: [["contacts.py", ', "StartIndex": start', ""]],
    printed: /\/StartIndex is required/,
  },
  {
    consumer: "python",
    mistake: "code always reads the first page",
    edits: [["contacts.py", 'start = page["NextStartIndex"]', "pass"]],
    printed: /start-index/,
  },
  {
    consumer: "vitest",
    mistake: "code is wrong",
    edits: [["contacts.ts", ".at(-1)", ".at(0)"]],
    printed: /expected \[ 'user_0002' \] to deeply equal \[ 'user_0003' \]/,
  },
  {
    consumer: "vitest",
    mistake: "assertion fails and close() is never reached",
    edits: [
      ["contacts.test.ts", "afterAll(() => api.close());\n", ""],
      ["contacts.test.ts", ".toBe(3)", ".toBe(4)"],
    ],
    printed: /expected 3 to be 4/,
  },
  {
    consumer: "jest",
    mistake: "code is wrong",
    edits: [["marks.js", "Type: 1", 'Type: "1"']],
    printed: /\/ContactItem\/0\/Type must be/,
  },
  {
    consumer: "jest",
    mistake: "assertion fails and close() is never reached",
    edits: [
      ["marks.test.js", "afterAll(() => api.close());\n", ""],
      ["marks.test.js", ".toHaveLength(1)", ".toHaveLength(2)"],
    ],
    printed: /Expected length: 2/,
  },
  {
    consumer: "node-test",
    mistake: "code is wrong",
    edits: [["pages.js", "if (page.CompleteFlag !== 0) return all;", "return all;"]],
    printed: /2 !== 3/,
  },
  {
    consumer: "node-test",
    mistake: "assertion fails and close() is never reached",
    edits: [
      ["pages.test.js", "createContractFetch }", "startContractServer }"],
      ["pages.test.js", "createContractFetch()", "await startContractServer()"],
      ["pages.test.js", 'api.fetch, "http://contract.test"', "fetch, api.url"],
      ["pages.test.js", ".length, 3)", ".length, 4)"],
    ],
    printed: /3 !== 4/,
  },
];

/** Replaces the consumer in a folder by a variant. */
export function makeMistake(folder: string, { edits }: RedVariant): void {
  for (const [name, text, by] of edits) {
    const file = join(folder, name);
    writeFileSync(file, edited(readFileSync(file, "utf8"), text, by));
  }
}
