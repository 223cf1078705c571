import { at } from "./fill-values.ts";
import { listing, pull } from "./knock.ts";
import { prepare, type Draw, type Preparation } from "./plan.ts";
import type { Runner } from "./step.ts";
import type { VerifyOptions } from "./verify-options.ts";

/**
 * Prepares again until nobody who has to be without groups and marks has any, for an earlier run leaves its accounts full. To be done before
 * anything is written: afterwards a provider that mixes users up would look like users with groups.
 */
export async function prepareAround(
  first: Preparation,
  options: VerifyOptions,
  draw: Draw,
  runner: Runner,
): Promise<Preparation> {
  // Names that were made up for this run are nobody's.
  if (options.users === undefined) return first;
  const asked = new Set<string>();
  const busy = new Set<string>();
  for (let preparation = first; ; preparation = prepare(options, draw, busy)) {
    const unknown = preparation.parts.flatMap(({ cast }) => cast.fresh).filter((user) => !asked.has(user));
    const before = busy.size;
    for (const user of unknown) {
      asked.add(user);
      if (await isBusy(user, runner)) busy.add(user);
    }
    if (busy.size === before) return preparation;
  }
}

async function isBusy(user: string, runner: Runner): Promise<boolean> {
  const answer = await pull(user, runner).catch(() => undefined);
  const { paging } = listing;
  const lists = [paging.items, paging.names ?? paging.items].map((name) => at(answer?.body, `/${name}`));
  return lists.some((list) => Array.isArray(list) && list.length > 0);
}
