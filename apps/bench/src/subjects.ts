/** What is measured: a part of the repository, with the programs in its folder, in the order of `BENCHMARKS.md`. */
export interface Subject {
  readonly title: string;
  readonly programs: readonly string[];
}

/** All subjects by the names of their folders. */
export const subjects: Readonly<Record<string, Subject>> = {
  client: { title: "Client", programs: ["calls", "long-lists", "rate", "fleet", "usersig"] },
  emulator: { title: "Emulator", programs: ["http", "growth", "commands", "whole-state"] },
  contract: { title: "Contract server", programs: ["calls", "ready"] },
  docs: { title: "Reference site", programs: ["reading", "lighthouse"] },
  toolchain: { title: "Pipeline", programs: ["pipeline"] },
};

/**
 * Returns the subjects of these names, or all if no name is given.
 *
 * @throws an `Error` that lists the subjects if a name is unknown
 */
export function selectSubjects(names: readonly string[]): readonly (readonly [folder: string, subject: Subject])[] {
  for (const name of names) {
    if (!Object.hasOwn(subjects, name))
      throw new Error(`there is no subject "${name}". The subjects are ${Object.keys(subjects).join(", ")}`);
  }
  return Object.entries(subjects).filter(([folder]) => names.length === 0 || names.includes(folder));
}
