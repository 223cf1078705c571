import { presets } from "../presets/presets.ts";
import type { Handlers } from "./handlers.ts";

export const exportState: Handlers["exportState"] = (_, { snapshot }) => snapshot();

export const importState: Handlers["importState"] = ({ body }, { restore }) => restore(body);

export const seed: Handlers["seed"] = ({ body }, parts) => parts.seed(body);

export const reset: Handlers["reset"] = (_, parts) => parts.reset();

export const loadPreset: Handlers["loadPreset"] = ({ parameters: { name } }, { restore }) => restore(presets[name]());
