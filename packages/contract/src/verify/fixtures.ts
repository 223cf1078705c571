/** Fixtures: the users and chat groups that scenarios need. */
import type { Scenario, UserNeed } from "./scenario.ts";

/** Users and chat groups of a scenario. */
export interface Fixtures {
  readonly users: Readonly<Record<string, readonly string[]>>;
  readonly chatGroups: Readonly<Record<string, string>>;
  /** Users that have to be without groups and marks. */
  readonly fresh: readonly string[];
}

/** Where fixtures come from. */
export interface FixtureSources {
  /** Imported accounts; undefined when the provider accepts every UserID. */
  readonly users: readonly string[] | undefined;
  /** Users that turned out to have groups or marks already. */
  readonly busy: ReadonlySet<string>;
  readonly chatGroup: string | undefined;
  /** Part of the generated names, unique to this run. */
  readonly run: string;
}

export interface FixturePool {
  /** Takes the fixtures of a scenario, or returns what is missing. */
  take(needs: Scenario["needs"]): Fixtures | string;
  /** An imported account. */
  readonly anyUser: string;
  /** How many accounts without groups and marks all scenarios would need. */
  readonly wanted: number;
  /** How many accounts are missing. Valid after the last `take`. */
  readonly shortage: string;
}

/** What a scenario lacks when there are too few accounts; `shortage` has the figures. */
export const noAccounts = "needs more imported accounts without groups, which no other scenario uses";

/** Creates the fixtures of one run. A user that was fresh for one scenario is never fresh for another. */
export function createFixturePool({ users, busy, chatGroup, run }: FixtureSources): FixturePool {
  const free = users?.filter((user) => !busy.has(user));
  let used = 0;
  let wanted = 0;
  let unknown = 0;
  const generated = (kind: string, number: number): string => `${kind}-${run}-${number}`;

  /** Returns `count` users that are not in `but`; the last ones first, so that they are rarely owners. */
  function imported(count: number, but: readonly string[]): readonly string[] | string {
    const all =
      users?.toReversed() ?? Array.from({ length: count + but.length }, (_, index) => generated("peer", index));
    const others = all.filter((user) => !but.includes(user));
    return others.length < count ? `needs ${count + but.length} imported accounts` : others.slice(0, count);
  }

  function fresh(count: number): readonly string[] | string {
    wanted += count;
    if (free) {
      if (used + count > free.length) return noAccounts;
      used += count;
      return free.slice(used - count, used);
    }
    used += count;
    return Array.from({ length: count }, (_, index) => generated("owner", used - count + index));
  }

  function find({ is, count = 1 }: UserNeed, but: readonly string[]): readonly string[] | string {
    switch (is) {
      case "fresh":
        return fresh(count);
      case "imported":
        return imported(count, but);
      case "unknown":
        unknown += count;
        return Array.from({ length: count }, (_, index) => generated("nobody", unknown - count + index));
    }
  }

  return {
    take({ users: roles = {}, chatGroups: groups = {} }) {
      if (Object.values(groups).includes("usable") && chatGroup === undefined)
        return "needs `chatGroup`, a chat group of all users";
      const found: Record<string, readonly string[]> = {};
      const taken: string[] = [];
      // Owners first: a peer must be another user.
      const needs = Object.entries(roles).toSorted(([, one], [, other]) => rank(one) - rank(other));
      const before = used;
      for (const [name, need] of needs) {
        const some = find(need, taken);
        if (typeof some === "string") {
          used = before;
          return some;
        }
        found[name] = some;
        if (need.is !== "unknown") taken.push(...some);
      }
      const owners = needs.filter(([, { is }]) => is === "fresh").flatMap(([name]) => found[name] ?? []);
      const chatGroups = Object.fromEntries(
        Object.entries(groups).map(([name, is]) => [name, is === "usable" ? (chatGroup ?? "") : `@TGS#NONE${run}`]),
      );
      return { users: found, chatGroups, fresh: owners };
    },
    get anyUser() {
      return users?.at(-1) ?? generated("peer", 0);
    },
    get wanted() {
      return wanted;
    },
    get shortage() {
      const given = users?.length ?? 0;
      const left = free?.length ?? 0;
      return `needs accounts without groups and marks: all scenarios together need ${wanted}; of the ${given} given accounts, ${given - left} already have some, so ${left} are free`;
    },
  };
}

function rank({ is }: UserNeed): number {
  return is === "fresh" ? 0 : 1;
}
