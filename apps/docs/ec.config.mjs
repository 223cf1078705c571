// Starlight takes a plugin of its blocks of code only from a file of this name.
export { codeBlocks as default } from "./src/code-blocks.ts";
