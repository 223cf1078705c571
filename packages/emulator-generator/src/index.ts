/** Makes the emulator's generated files of the model, its `control.openapi.yaml` and the files of its `src/operations`. */
export { type ControlDescription, readControl } from "./control.ts";
export { controlProblems } from "./control-problems.ts";
export type { Described } from "./described.ts";
export { emulatorFiles, type EmulatorFiles } from "./emulator-files.ts";
