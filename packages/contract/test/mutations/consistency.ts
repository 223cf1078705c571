/** Mutations of a provider that loses, repeats or mixes up what it was told. */
import { setImmediate } from "node:timers/promises";
import { calling, type Json, type Mutation, succeeding } from "./mutation.ts";

const isRead = (command: string): boolean => command === "get" || command === "search";

/** Loses some creates: they succeed, and nothing is kept. */
const losing =
  (isLost: (creates: number) => boolean): Mutation["wrap"] =>
  (fetch, emulator) => {
    let creates = 0;
    return calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      if (command !== "create" || response.ErrorCode !== 0 || !isLost(++creates)) return response;
      const [{ GroupName }] = body.GroupContactItem;
      await send("del", { From_Account: body.From_Account, GroupName: [GroupName] });
      return response;
    })!(fetch, emulator);
  };

/** Sends the response to an earlier read again. */
const caching =
  (keyOf: (command: string, body: Json) => string, mostUses = Infinity): Mutation["wrap"] =>
  (fetch, emulator) => {
    const kept = new Map<string, { readonly response: Json; uses: number }>();
    return calling(async ({ command, body }, send) => {
      if (!isRead(command)) return send(command, body);
      const key = keyOf(command, body);
      const found = kept.get(key);
      if (found && found.uses++ < mostUses) return structuredClone(found.response);
      const response = await send(command, body);
      if (response.ErrorCode === 0) kept.set(key, { response, uses: 0 });
      return response;
    })!(fetch, emulator);
  };

/** A call whose response waits for that of another. */
interface OpenCall {
  readonly response: Response;
  swapped?: Response;
}

/** Sends the responses to two calls of these commands that are open at the same time to one another. */
const swapping =
  (...commands: readonly string[]): Mutation["wrap"] =>
  (fetch) => {
    let open: OpenCall | undefined;
    return async (request) => {
      const response = await fetch(request);
      if (!commands.some((command) => request.url.includes(`/${command}_`))) return response;
      const other = open;
      open = undefined;
      if (other) {
        other.swapped = response;
        return other.response;
      }
      const own: OpenCall = { response };
      open = own;
      for (let turn = 0; turn < 20; turn++) if (open === own) await setImmediate();
      if (open === own) open = undefined;
      return own.swapped ?? response;
    };
  };

/** Reads before it writes, and overwrites what another call wrote in the meantime. */
const racing: Mutation["wrap"] = (fetch, emulator) => {
  let open = 0;
  return calling(async ({ command, body }, send) => {
    if (command !== "create") return send(command, body);
    const isAlone = open++ === 0;
    await setImmediate();
    const response = await send(command, body);
    open--;
    if (isAlone || response.ErrorCode !== 0) return response;
    await send("del", { From_Account: body.From_Account, GroupName: [body.GroupContactItem[0].GroupName] });
    return response;
  })!(fetch, emulator);
};

export const consistencyMutations: readonly Mutation[] = [
  {
    name: "every tenth create is lost",
    foundBy: "concurrent-creates-are-all-kept",
    wrap: losing((creates) => creates % 10 === 0),
  },
  { name: "every third create is lost", foundBy: "groups-per-user", wrap: losing((creates) => creates % 3 === 0) },
  { name: "every create is lost", foundBy: "created-group-is-found", wrap: losing(() => true) },
  {
    name: "reads come from a cache of requests",
    foundBy: "life-of-a-group",
    wrap: caching((command, body) => JSON.stringify([command, body])),
  },
  {
    name: "reads come from a cache of users",
    foundBy: "life-of-a-group",
    wrap: caching((command, { From_Account }) => JSON.stringify([command, From_Account])),
  },
  {
    name: "the second of two equal reads comes from a cache",
    foundBy: "life-of-a-group",
    wrap: caching((command, body) => JSON.stringify([command, body]), 1),
  },
  {
    name: "reads of all users come from one cache",
    foundBy: "created-group-is-found",
    wrap: caching((command) => command),
  },
  {
    name: "responses to concurrent reads are swapped",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: swapping("get"),
  },
  {
    name: "responses to concurrent creates are swapped",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: swapping("create"),
  },
  {
    name: "responses to concurrent calls are swapped",
    foundBy: "concurrent-calls-have-their-own-responses",
    wrap: swapping("get", "create", "search", "mark"),
  },
  { name: "one of several concurrent creates is kept", foundBy: "concurrent-creates-are-all-kept", wrap: racing },
  {
    name: "a create makes a second group of the same name",
    foundBy: "empty-group-is-named",
    wrap: succeeding("get", (response) => {
      response.GroupItem = response.GroupItem.flatMap((group: Json) => [
        group,
        { ...group, GroupId: group.GroupId + 1000 },
      ]);
    }),
  },
  {
    name: "a deletion is done twice, and reports the second time",
    foundBy: "deleted-group-is-gone",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      return command === "del" && response.ErrorCode === 0 ? send(command, body) : response;
    }),
  },
  {
    name: "a rename is done twice, and reports the second time",
    foundBy: "renamed-group-keeps-its-conversations",
    wrap: calling(async ({ command, body }, send) => {
      const response = await send(command, body);
      return command === "update" && response.ErrorCode === 0 && body.UpdateGroup.UpdateGroupType === 1
        ? send(command, body)
        : response;
    }),
  },
];
