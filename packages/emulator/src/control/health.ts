import { descriptionVersion } from "@contact-groups/openapi/model";
import manifest from "../../package.json" with { type: "json" };
import type { Store, StoreCounts } from "../store/store.ts";
import type { Handlers } from "./handlers.ts";

export const getHealth: Handlers["getHealth"] = (_, { apps, store, journal, faults }) => ({
  name: manifest.name,
  version: manifest.version,
  description: descriptionVersion,
  ready: true,
  counts: { apps, ...(store.counts?.() ?? count(store)), calls: journal.total, faults: faults.list().length },
});

/** Counts one by one, for a store that cannot count. */
function count(store: Store): StoreCounts {
  const counts = { accounts: 0, chatGroups: 0, users: 0 };
  for (const sdkAppId of store.apps()) {
    for (const _ of store.accounts(sdkAppId)) counts.accounts++;
    for (const _ of store.chatGroups(sdkAppId)) counts.chatGroups++;
    for (const _ of store.users(sdkAppId)) counts.users++;
  }
  return counts;
}
