import type { Handlers } from "./handlers.ts";
import { ProblemError } from "./problem.ts";

export const importAccounts: Handlers["importAccounts"] = ({ body }, { seed }) => seed({ apps: [body] });

export const saveChatGroups: Handlers["saveChatGroups"] = ({ body }, { seed }) => seed({ apps: [body] });

export const removeAccount: Handlers["removeAccount"] = ({ parameters }, { store, sdkAppId: first }) => {
  const { userId, sdkAppId = first } = parameters;
  if (!store.hasAccount(sdkAppId, userId))
    throw new ProblemError(404, `The app ${sdkAppId} has no account ${JSON.stringify(userId)}.`);
  store.transaction(() => store.removeAccount(sdkAppId, userId));
};

export const removeChatGroup: Handlers["removeChatGroup"] = ({ parameters }, { store, sdkAppId: first }) => {
  const { groupId, sdkAppId = first } = parameters;
  if (store.standing(sdkAppId, groupId, "") === "missing")
    throw new ProblemError(404, `The app ${sdkAppId} has no chat group ${JSON.stringify(groupId)}.`);
  store.transaction(() => store.removeChatGroup(sdkAppId, groupId));
};
