/** Finds the users and chat groups that scenarios need. */
import type { Scenario, UserNeed } from "./scenario.ts";

/** Who and what plays in a scenario. */
export interface Cast {
  readonly users: Readonly<Record<string, readonly string[]>>;
  readonly chatGroups: Readonly<Record<string, string>>;
  /** Users that have to be without groups and marks. */
  readonly fresh: readonly string[];
}

/** What there is to cast from. */
export interface Company {
  /** Imported accounts; undefined where the provider is said to know every UserID. */
  readonly users: readonly string[] | undefined;
  /** Users that turned out to have groups or marks already. */
  readonly busy: ReadonlySet<string>;
  readonly chatGroup: string | undefined;
  readonly markedUser: string | undefined;
  /** Part of the names that are made up, the same in the whole run and in no other. */
  readonly run: string;
}

export interface Casting {
  /** Casts a scenario, or says what it lacks. */
  cast(needs: Scenario["needs"]): Cast | string;
  /** An imported account. */
  readonly someone: string;
  /** How many accounts without groups and marks all scenarios would need. */
  readonly wanted: number;
  /** Says how many accounts are missing. To be read when all scenarios have been cast. */
  readonly shortage: string;
}

/** What a scenario lacks when there are not enough accounts; `shortage` says it in figures. */
export const noAccounts = "needs more imported accounts without groups, which no other scenario uses";

/** Makes the casting of one run: a user that was fresh for one scenario is not given to another as such. */
export function createCasting({ users, busy, chatGroup, markedUser, run }: Company): Casting {
  const free = users?.filter((user) => !busy.has(user));
  let used = 0;
  let wanted = 0;
  let unknown = 0;
  const madeUp = (kind: string, number: number): string => `${kind}-${run}-${number}`;

  /** Gives `count` users that are none of `but`; the last ones of the pool first, so that they are rarely owners. */
  function imported(count: number, but: readonly string[]): readonly string[] | string {
    if (!users) return Array.from({ length: count }, (_, index) => madeUp("peer", index));
    const others = users.toReversed().filter((user) => !but.includes(user));
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
    return Array.from({ length: count }, (_, index) => madeUp("owner", used - count + index));
  }

  function find({ is, count = 1 }: UserNeed, but: readonly string[]): readonly string[] | string {
    switch (is) {
      case "fresh":
        return fresh(count);
      case "imported":
        return imported(count, but);
      case "unknown":
        unknown += count;
        return Array.from({ length: count }, (_, index) => madeUp("nobody", unknown - count + index));
      case "marked":
        return markedUser === undefined ? "needs a user with marks" : [markedUser];
    }
  }

  return {
    cast({ users: roles = {}, chatGroups: groups = {} }) {
      if (Object.values(groups).includes("usable") && chatGroup === undefined) return "needs a chat group of all users";
      const found: Record<string, readonly string[]> = {};
      const taken: string[] = [];
      // Owners first: a peer must be somebody else.
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
    get someone() {
      return users?.at(-1) ?? madeUp("peer", 0);
    },
    get wanted() {
      return wanted;
    },
    get shortage() {
      const given = users?.length ?? 0;
      const left = free?.length ?? 0;
      return `needs accounts without groups and marks: all scenarios together need ${wanted}, and of the ${given} that were given ${given - left} have some already, so that ${left} are free`;
    },
  };
}

function rank({ is }: UserNeed): number {
  return is === "fresh" || is === "marked" ? 0 : 1;
}
