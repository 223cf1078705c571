import { createHash } from "node:crypto";
import { recordTo, recordVariable } from "../coverage/recording.ts";
import type { Exchange } from "./exchange.ts";

/** The calls of a contract since the last reset. */
export interface Recording {
  /** Takes a place for a request that arrives. */
  arrive(): number;
  /** Number of a UserSig, which itself is not kept. */
  userSigNumber(userSig: string): number;
  /** Adds a call that has been answered. */
  add(exchange: Exchange): void;
  /** All answered calls, in the order in which they arrived. */
  readonly exchanges: readonly Exchange[];
  /** How many of the oldest calls are no longer there. */
  readonly forgotten: number;
  /** How many calls have arrived that are not answered yet. */
  readonly pending: number;
}

export function createRecording(most: number): Recording {
  const exchanges: Exchange[] = [];
  const userSigs = new Map<string, number>();
  let arrived = 0;
  let forgotten = 0;
  let answered = 0;
  return {
    exchanges,
    arrive: () => arrived++,
    userSigNumber(userSig) {
      const hash = createHash("sha256").update(userSig).digest("base64");
      const number = userSigs.get(hash) ?? userSigs.size + 1;
      userSigs.set(hash, number);
      return number;
    },
    add(exchange) {
      answered += 1;
      let place = exchanges.length;
      while (place > 0 && (exchanges[place - 1]?.index ?? 0) > exchange.index) place -= 1;
      exchanges.splice(place, 0, exchange);
      if (exchanges.length > most) {
        exchanges.shift();
        forgotten += 1;
      }
      recordForCoverage?.(exchange);
    },
    get forgotten() {
      return forgotten;
    },
    get pending() {
      return arrived - answered;
    },
  };
}

const folder = process.env[recordVariable];
const recordForCoverage = folder ? recordTo(folder) : undefined;
