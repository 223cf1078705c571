/** The permits that all processes of a fleet take from one key of Redis. */
import { createMemorySource } from "./memory-rate-limiter.ts";
import type { Rate } from "./rate-limiter.ts";
import type { PermitSource } from "./turnstile.ts";

/**
 * Part of the rate that is granted. The rest is for the time between a permit and the arrival of its request, which is not always the same: where
 * the rate is 200 in a second, it may differ by 30 ms.
 */
const margin = 0.95;
/** Most permits that are free at once. */
const burst = 4;
/** Time for which a process takes permits ahead, besides two round trips, in milliseconds. A process that ends loses no more than these. */
const leaseMs = 25;

/**
 * Grants permits at equal distances (GCRA) by the clock of the server. The key holds when the next one is free, and the share of the rate that was
 * granted at a time. The share grows by a fifth of the rate in each span. It falls when the service rejects a request because of its rate, and
 * begins at 0.75 after a pause, as the first requests of new processes and connections arrive late. Where the clock goes back, as after a failover,
 * these times go back with it.
 *
 * Times are in microseconds. Without a format, Lua writes them with 14 digits.
 */
export const script: string = `local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local args = {}
for i, text in ipairs(ARGV) do args[i] = tonumber(text) end
local span, interval, ahead, wanted, pause, throttled = unpack(args)
local kept = redis.call('HMGET', KEYS[1], 'next', 'share', 'since', 'at')
local back = math.max(0, (tonumber(kept[4]) or 0) - now)
local next, share, since = (tonumber(kept[1]) or 0) - back, tonumber(kept[2]) or 1, (tonumber(kept[3]) or 0) - back
local current = math.min(1, share + 0.2 * (now - since) / span)
local lower = current
if throttled > 0 and now - since > span / 4 then
  lower = math.max(0.05, current * 0.7)
elseif now - next > span then
  lower = math.min(current, 0.75)
end
if lower < current then
  share, since, current = lower, now, lower
end
next = math.max(next, now)
if pause > 0 then next = math.max(next, now + ahead + pause) end
local step = interval / current
local last = next + wanted * step
local whole = function(number) return string.format('%.0f', number) end
redis.call('HSET', KEYS[1], 'next', whole(last), 'share', share, 'since', whole(since), 'at', whole(now))
redis.call('PEXPIRE', KEYS[1], whole((last - now + 10 * span) / 1000))
return { now, next - now, step }`;

/** Redis, as long as it can be used. */
export interface Store {
  /** Runs the script. Resolves to its reply, or to nothing if there was none in time. */
  run(key: string, args: readonly number[]): Promise<readonly number[] | undefined>;
  /** Returns undefined while Redis can be used; otherwise the milliseconds until it is tried again. */
  downFor(now: number): number | undefined;
}

/** Creates the permits of one key. While Redis cannot be used, they are those of a part of the rate, `1 / processes`. */
export function createSharedSource(
  store: Store,
  key: string,
  { calls, seconds }: Rate,
  processes: number,
  time: () => number,
  look: () => void,
): PermitSource {
  const windowMs = seconds * 1000;
  const intervalMs = windowMs / (calls * margin);
  const aheadMs = (Math.max(1, Math.min(burst, Math.floor(calls / 50))) - 1) * intervalMs;
  /** Most permits at hand. Half of them last for longer than a command takes. */
  const most = (): number => Math.max(1, Math.floor((leaseMs + 2 * tripMs) / intervalMs));
  /** A permit that is used later than this would come on top of those of its time. */
  const lateMs = Math.max(25, windowMs / 40);
  const share = calls / processes;
  const alone = createMemorySource(
    share < 1 ? { calls: 1, seconds: seconds / share } : { calls: Math.floor(share), seconds },
    time,
    look,
  );
  /** When the permits at hand can be used, in their order. */
  let held: number[] = [];
  let isAsking = false;
  /** Time that a command takes, on average. */
  let tripMs = 0;
  /** Time of this process less that of the server, by the reply that was fastest. */
  let offset = -Infinity;
  /** Distance between permits. */
  let stepMs = intervalMs;

  async function ask(wanted: number, pauseMs = 0, throttled = false): Promise<void> {
    const micro = [Math.max(1000, windowMs), intervalMs, aheadMs].map((ms) => ms * 1000);
    const askedAt = time();
    const reply = await store.run(key, [...micro, wanted, pauseMs * 1000, Number(throttled)]);
    if (!reply) return;
    const [serverMs = 0, nextMs = 0, step = 0] = reply.map((micros) => micros / 1000);
    stepMs = step;
    const latest = time() - serverMs;
    tripMs += (time() - askedAt - tripMs) / 8;
    // A slow reply changes it little, a new server at once.
    offset = latest > offset + 1000 ? latest : Math.min(latest, offset + (latest - offset) / 8);
    if (pauseMs > 0) held = [];
    for (let index = 0; index < wanted; index++)
      held.push(serverMs + offset + Math.max(0, nextMs + index * stepMs - aheadMs));
  }

  function take(wanted: number): void {
    if (isAsking) return;
    isAsking = true;
    void ask(wanted).then(() => {
      isAsking = false;
      look();
    });
  }

  return {
    waitMs(now, waiting) {
      const downMs = store.downFor(now);
      if (downMs !== undefined) {
        if (downMs <= 0) take(1);
        return Math.min(alone.waitMs(now, waiting), Math.max(1, downMs));
      }
      while (held[0]! < now - lateMs) held.shift();
      const wanted = Math.min(most(), waiting) - held.length;
      if (wanted > 0 && held.length <= most() / 2) take(wanted);
      return held[0] === undefined ? Infinity : held[0] - now;
    },
    grant(now) {
      if (store.downFor(now) !== undefined) return alone.grant(now);
      // A pause has a new list, so that it ends with no permit of before.
      const from = held;
      const at = from.shift()!;
      let isDone = false;
      return {
        done({ sent, throttled, retryAfterMs = 0 }) {
          if (isDone) return;
          isDone = true;
          if (throttled || retryAfterMs > 0) {
            void ask(0, retryAfterMs, throttled);
            // Redis can be away before the pause has ended.
            alone.grant(time()).done({ sent: true, throttled, succeeded: false, retryAfterMs });
          }
          if (sent) return;
          from.unshift(at);
          look();
        },
      };
    },
    leastMs: (now, ahead) => (store.downFor(now) === undefined ? ahead * intervalMs : alone.leastMs(now, ahead)),
    callsPerSecond: (now) => (store.downFor(now) === undefined ? 1000 / stepMs : alone.callsPerSecond(now)),
    isIdle: (now) => !isAsking && !(held.at(-1)! > now - lateMs) && alone.isIdle(now),
  };
}
