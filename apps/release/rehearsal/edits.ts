import type { Repository } from "./repository.ts";

/** What an edit changes: the copy of the repository, in a rehearsal. */
export type Edited = Pick<Repository, "edit" | "changeset">;

/** A new error code, which changes nothing for old programs. */
export const newCode = { code: 51099, name: "RehearsedLimit" } as const;

/** The region that the breaking edit removes. */
export const closedRegion = "mumbai";

const languages = ["ja", "zh-CN"] as const;

/** Adds an error code to the catalogue as CONTRIBUTING describes, and its changeset. It is in English until it is translated. */
export async function addCode(repository: Edited): Promise<void> {
  const entry = [
    `- code: ${newCode.code}`,
    `  name: ${newCode.name}`,
    "  title: Rehearsed limit exceeded",
    "  message: A limit that is only rehearsed was exceeded.",
    "  cause: The rehearsal of a release added this code.",
    "  fix: Nothing. The code is in no release.",
    "  category: request",
    "  retry: never",
    "  operations: [createContactGroup]",
    "  status: current",
    "  source: [errors-2025]",
    "",
  ].join("\n");
  await repository.edit("openapi/errors/private.yaml", /$(?![\s\S])/, entry);
  await repository.changeset("add-code", "patch", `Describe error code ${newCode.code}. Nothing to do.`);
}

/** Name of the changeset of the breaking edit. */
export const breakingNote = "close-region";

/** Removes a region, with everything that names it, and adds a changeset that calls this a patch. */
export async function closeRegion(repository: Edited): Promise<void> {
  await repository.edit("openapi/openapi.yaml", `  - $ref: ./servers.yaml#/${closedRegion}\n`, "");
  await repository.edit("openapi/servers.yaml", new RegExp(`^${closedRegion}:\\n(?:  .*\\n)+`, "m"), "");
  const action = new RegExp(
    `  - target: .*'${closedRegion}'\\]\\n    update:\\n(?:      .*\\n)+(?:    x-sourceHashes:.*\\n(?:      .*\\n)*)?`,
  );
  for (const language of languages) await repository.edit(`openapi/overlays/${language}.yaml`, action, "");
  await repository.changeset(breakingNote, "patch", `Remove the region ${closedRegion}.`);
}
