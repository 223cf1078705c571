/** Loads the bundled Prism. No published type comes from here, so none needs Prism. */
import manifest from "../package.json" with { type: "json" };
import { createPrism, type PrismParts } from "./create-prism.ts";
import type { Prism } from "./prism.ts";

let loaded: Promise<Prism> | undefined;

/** Loads Prism and the description once per process; this takes a few tenths of a second. */
export function loadPrism(): Promise<Prism> {
  // Awaited, so that what cannot be loaded rejects.
  loaded ??= Promise.resolve().then(() => createPrism(requireNatively<PrismParts>("#prism")));
  return loaded;
}

/**
 * Loads with Node's own loader. Jest's would transform and load it again for each test file. It puts a subclass in the place of Node's
 * `Module`, whose own `createRequire` is the loader wanted here.
 */
function requireNatively<Module>(name: string): Module {
  try {
    const { Module: given } = process.getBuiltinModule("node:module");
    const { createRequire = given.createRequire } = Object.getPrototypeOf(given) as Partial<typeof given>;
    return createRequire(import.meta.url)(name) as Module;
  } catch (cause) {
    throw new Error(loadError(cause), { cause });
  }
}

function loadError(cause: unknown): string {
  const { node } = process.versions;
  if (typeof process.getBuiltinModule !== "function")
    return `Prism can't be loaded. It needs Node ${manifest.engines.node}, and this is Node ${node}.`;
  const { code, message } = cause as NodeJS.ErrnoException;
  // A file that the bundle requires can be missing, too.
  if (code === "MODULE_NOT_FOUND" && /^Cannot find module .*prism\.cjs/.test(message))
    return `${manifest.name} is incomplete: dist/prism.cjs is missing. Install the package again, or run "pnpm run build" in its repository.`;
  return `Prism can't be loaded: ${message}`;
}
