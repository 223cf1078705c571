import type { EmulatorClock } from "../clock.ts";
import type { components } from "../generated/control-types.ts";
import { DocumentError } from "../document-error.ts";
import type { Handlers } from "./handlers.ts";

export const getClock: Handlers["getClock"] = (_, { clock }) => show(clock);

export const setClock: Handlers["setClock"] = ({ body: { now, frozen = false } }, { clock }) => {
  if (frozen) clock.freeze(now);
  else {
    clock.run();
    clock.set(now);
  }
  return show(clock);
};

export const changeClock: Handlers["changeClock"] = ({ body: { advanceMs = 0, frozen } }, { clock }) => {
  advance(clock, advanceMs);
  if (frozen === true) clock.freeze();
  if (frozen === false) clock.run();
  return show(clock);
};

function advance(clock: EmulatorClock, milliseconds: number): void {
  try {
    clock.advance(milliseconds);
  } catch {
    throw DocumentError.at("/advanceMs", "must not lead out of the time that a date can have");
  }
}

function show(clock: EmulatorClock): components["schemas"]["Clock"] {
  return { now: clock.now(), frozen: clock.isFrozen };
}
