import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Described } from "./described.ts";

/** The file that does an operation: `create-contact-group.ts` of `createContactGroup`. */
function fileOf(id: string): string {
  return `${id.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`;
}

/** Operations without a file of their own, and files without an operation. */
export function operationProblems({ operations }: Described, emulator: string): string[] {
  const expected = new Map(Object.keys(operations).map((id) => [fileOf(id), id]));
  const folder = join(emulator, "src/operations");
  const found = existsSync(folder) ? readdirSync(folder) : [];
  return [
    ...[...expected]
      .filter(([file]) => !found.includes(file))
      .map(
        ([file, id]) =>
          `packages/emulator/src/operations/${file} is missing: it says what the emulator does for the operation ${id}. Write it like those next to it, with \`rules\` and \`run\`.`,
      ),
    ...found
      .filter((file) => !expected.has(file))
      .map(
        (file) =>
          `packages/emulator/src/operations/${file} is for no operation of the description. Its operations are ${[...expected.values()].join(", ")}. Rename it, or move what operations have in common to src/state.`,
      ),
  ];
}

/** Renders the list of what does each operation. */
export function renderOperations({ operations }: Described): string {
  const ids = Object.keys(operations);
  return `${ids.map((id) => `import * as ${id} from "../operations/${fileOf(id)}";\n`).join("")}
/** What does each operation: its rules, and \`run\`. */
export const behaviours: {
${ids.map((id) => `  readonly ${id}: typeof ${id};\n`).join("")}} = { ${ids.join(", ")} };
`;
}
