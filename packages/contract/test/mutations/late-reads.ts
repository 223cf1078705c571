/** Mutations of reads that lag behind, and of UserIDs whose case does not count. */
import { changingRequest, type Json, type Mutation } from "./mutation.ts";

/** Responds to a read as to the same read before, and gets the current response for the next one. */
function late(command: string): Mutation["wrap"] {
  return (fetch) => {
    const last = new Map<string, Json>();
    return async (request) => {
      if (!request.url.includes(`/${command}_`)) return fetch(request);
      const key = await request.clone().text();
      const current: Json = await (await fetch(request)).json();
      const old = last.get(key) ?? current;
      last.set(key, current);
      return Response.json(old);
    };
  };
}

export const lateReadMutations: readonly Mutation[] = [
  { name: "get has what it had before the last write", foundBy: "next-read-sees-a-write", wrap: late("get") },
  { name: "search has what it had before the last write", foundBy: "next-read-sees-a-write", wrap: late("search") },
  {
    name: "the case of the UserID in From_Account does not count",
    foundBy: "user-ids-differ-by-case",
    wrap: changingRequest(({ body }) => {
      if (typeof body.From_Account === "string") body.From_Account = body.From_Account.toLowerCase();
    }),
  },
];
