/** Makes the typed model of a bundle. */
export type { Bundle, Content, Schema } from "./bundle.d.ts";
export { modelFiles, translatedModelFiles } from "./files.ts";
export { type Model, toModel, withoutTexts } from "./model.ts";
export { toKey, toSource } from "./source.ts";
export type { NotSupported, Schemas } from "./resolve.ts";
export { toField } from "./to-field.ts";
