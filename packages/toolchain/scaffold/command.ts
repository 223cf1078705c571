import { join } from "node:path";
import { report } from "../bundle/report.ts";
import { writeWhole } from "../bundle/write-whole.ts";
import { addCode, addField, addOperation, CannotAdd } from "./add.ts";

const usage = `Usage: describe add operation <name> <read|create|change|delete>    such as: describe add operation del_contact_group delete
       describe add code <code> <Name>                              such as: describe add code 51014 TooManyMarks
       describe add field <Schema.Field> <type>                     such as: describe add field GroupContactItem.Color string`;

const kinds = { operation: addOperation, code: addCode, field: addField } as const;

/** Adds an operation, an error code or a field to the description, with everything that is the same for all of them. What is left to say is empty: `describe lint` names it. */
export function add(folder: string, [kind = "", name = "", detail = "", ...others]: readonly string[]): Promise<void> {
  return report("describe add", async () => {
    if (!Object.hasOwn(kinds, kind) || name === "" || detail === "" || others.length > 0) return [usage];
    try {
      const files = kinds[kind as keyof typeof kinds](folder, name, detail);
      const changed = writeWhole(
        Object.fromEntries(Object.entries(files).map(([file, text]) => [join(folder, file), text])),
      );
      for (const file of Object.keys(files)) if (changed.includes(join(folder, file))) console.log(`openapi/${file}`);
      console.log("Fill in what is empty: `pnpm run lint` names each place.");
      return [];
    } catch (error) {
      if (error instanceof CannotAdd) return [error.message];
      throw error;
    }
  });
}
