import { createFifo, type Fifo } from "./fifo.ts";
import type { Lane } from "./rate-limiter.ts";

/** While calls of both lanes wait, one turn of this many is for the lane "bulk". */
const bulkTurn = 10;

/** A call that waits for its turn. */
export interface WaitingCall {
  readonly lane: Lane;
  /** Whether it had a turn before. */
  readonly again: boolean;
  /** Whether it does not wait any more. */
  hasLeft: boolean;
  /** Called once, when it has its turn. */
  start(now: number): void;
}

/** The calls that wait, in two lanes. */
export interface PermitQueue {
  add(call: WaitingCall): void;
  /** The call does not wait any more. */
  leave(call: WaitingCall): void;
  /** Takes the next call out of the queue. */
  next(): WaitingCall | undefined;
  /** Returns the number of calls in a lane, or in both. */
  size(lane?: Lane): number;
}

interface LaneQueue {
  /** Number of calls that wait. */
  size: number;
  /** Most calls that are in the parts and do not wait any more. */
  left: number;
  parts: readonly [Fifo<WaitingCall>, Fifo<WaitingCall>];
}

const createLane = (): LaneQueue => ({ size: 0, left: 0, parts: [createFifo(), createFifo()] });

/** Returns the calls that still wait. */
function withoutLeft(part: Fifo<WaitingCall>): Fifo<WaitingCall> {
  const waiting = createFifo<WaitingCall>();
  for (let call = part.shift(); call; call = part.shift()) if (!call.hasLeft) waiting.push(call);
  return waiting;
}

export function createPermitQueue(): PermitQueue {
  const lanes: Readonly<Record<Lane, LaneQueue>> = { interactive: createLane(), bulk: createLane() };
  let turns = 0;
  const size = (of?: Lane): number => (of ? lanes[of].size : lanes.interactive.size + lanes.bulk.size);
  const take = (call: WaitingCall): void => {
    call.hasLeft = true;
    lanes[call.lane].size--;
  };

  return {
    size,
    leave(call) {
      take(call);
      const lane = lanes[call.lane];
      if (++lane.left < 1000 || lane.left < lane.size) return;
      lane.left = 0;
      lane.parts = [withoutLeft(lane.parts[0]), withoutLeft(lane.parts[1])];
    },
    add(call) {
      lanes[call.lane].size++;
      lanes[call.lane].parts[call.again ? 0 : 1].push(call);
    },
    next() {
      const { interactive, bulk } = lanes;
      const isBulk = bulk.size > 0 && (interactive.size === 0 || ++turns % bulkTurn === 0);
      for (const part of (isBulk ? bulk : interactive).parts)
        for (let call = part.shift(); call; call = part.shift())
          if (!call.hasLeft) {
            take(call);
            return call;
          }
      return undefined;
    },
  };
}
