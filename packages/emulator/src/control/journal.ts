import type { Handlers } from "./handlers.ts";

export const listCalls: Handlers["listCalls"] = ({ parameters: { since = 0 } }, { journal }) => ({
  calls: journal.list().filter(({ number }) => number > since) as Calls,
  last: journal.total,
});

/** Members that are undefined are left out in JSON. */
type Calls = ReturnType<Handlers["listCalls"]>["calls"];

export const clearJournal: Handlers["clearJournal"] = (_, { journal }) => journal.clear();
