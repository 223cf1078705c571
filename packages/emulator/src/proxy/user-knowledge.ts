/** What the proxy knows of the users whose calls it has seen. */
import type { Change } from "./alternatives.ts";
import type { SeenPage } from "./learned-state.ts";
import type { UserImage } from "./shadow.ts";

/** Another state that a user can have: the one that follows from other settings whose effect was not visible yet. */
export interface Fork {
  /** What differs from the settings in use. */
  readonly change: Change;
  readonly image: UserImage;
}

/** What is known of one user. */
export interface UserKnowledge {
  /** The state; undefined while it is not known. */
  image: UserImage | undefined;
  forks: readonly Fork[];
  /** Whether the service has accepted the user, who was therefore imported. */
  isSeen: boolean;
  /** Whether the highest ID that a group ever had is known, because the proxy saw a creation. */
  isLastIdKnown: boolean;
  /** Whether a call has changed the state since it was last read. */
  hasChanged: boolean;
  /** The pages of a pagination that began at 0, until it is complete or the state changes. */
  pages: { readonly seen: readonly SeenPage[]; readonly next: number } | undefined;
  /** Starts of pages in the service and in the shadow. */
  readonly cursors: Map<number, number>;
}

/** Users by app and UserID. The one that was not used for longest is forgotten first. */
export interface UserRegistry {
  of(app: string, userId: string): UserKnowledge;
  isKnown(app: string, userId: string): boolean;
}

/** Creates an empty registry. */
export function createUserRegistry(mostUsers = 1000): UserRegistry {
  const users = new Map<string, UserKnowledge>();
  return {
    of(app, userId) {
      const key = `${app} ${userId}`;
      const known = users.get(key) ?? newUser();
      users.delete(key);
      users.set(key, known);
      if (users.size > mostUsers) users.delete(users.keys().next().value!);
      return known;
    },
    isKnown: (app, userId) => users.get(`${app} ${userId}`)?.image !== undefined,
  };
}

function newUser(): UserKnowledge {
  return {
    image: undefined,
    forks: [],
    isSeen: false,
    isLastIdKnown: false,
    hasChanged: false,
    pages: undefined,
    cursors: new Map(),
  };
}

/** Forgets the state of a user, until it is read again. */
export function forget(user: UserKnowledge): void {
  user.image = undefined;
  user.forks = [];
  user.isLastIdKnown = false;
  user.hasChanged = false;
  user.pages = undefined;
  user.cursors.clear();
}
