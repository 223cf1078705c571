import { UserState } from "../state/user-state.ts";
import { toKey } from "../state/items.ts";
import type { Handlers } from "./handlers.ts";

export const changeMarks: Handlers["changeMarks"] = ({ body }, { store, clock, sdkAppId: first }) => {
  const { sdkAppId = first, userId, standardMark, customMark } = body;
  store.transaction(() => {
    const user = new UserState(store, { sdkAppId, userId });
    user.mark(toKey(body), { standardMark, customMark }, Math.floor(clock.now() / 1000));
    user.save();
  });
};
