/** Mutations of the form of responses. */
import { codeOf } from "../code-of.ts";
import { changing, fail, isKnown, type Mutation, succeeding } from "./mutation.ts";

export const envelopeMutations: readonly Mutation[] = [
  {
    name: "failures have HTTP 400",
    foundBy: "request-check-path",
    wrap: (fetch) => async (request) => {
      const response = (await (await fetch(request)).json()) as { readonly ErrorCode: number };
      return Response.json(response, { status: response.ErrorCode === 0 ? 200 : 400 });
    },
  },
  { name: "everything has HTTP 201", foundBy: "get-of-new-user-is-empty", wrap: changing(() => undefined, 201) },
  {
    name: "an unknown path has a page in HTML",
    foundBy: "request-check-path",
    wrap: (fetch) => async (request) =>
      isKnown(new URL(request.url)) ? fetch(request) : new Response("<h1>Not found</h1>"),
  },
  {
    name: "ErrorCode is text",
    foundBy: "get-of-new-user-is-empty",
    wrap: changing((response) => void (response.ErrorCode = String(response.ErrorCode))),
  },
  {
    name: "a success has no ErrorCode",
    foundBy: "get-of-new-user-is-empty",
    wrap: changing((response) => void (response.ErrorCode === 0 && delete response.ErrorCode)),
  },
  {
    name: "ActionStatus is in lower case",
    foundBy: "get-of-new-user-is-empty",
    wrap: changing((response) => void (response.ActionStatus = response.ActionStatus.toLowerCase())),
  },
  {
    name: "failures have the ActionStatus OK",
    foundBy: "get-for-unknown-user",
    wrap: changing((response) => void (response.ActionStatus = "OK")),
  },
  {
    name: "a success has an ErrorInfo",
    foundBy: "create-with-conversation",
    wrap: changing((response) => void (response.ErrorInfo ||= "success")),
  },
  {
    name: "a failure has an empty list next to its code",
    foundBy: "failure-has-no-data",
    wrap: changing((response, { operationId }) =>
      response.ErrorCode !== 0 && operationId === "getContactGroup" ? { ContactItem: [], ...response } : undefined,
    ),
  },
  {
    name: "get has an empty ToGroupId next to a To_Account",
    foundBy: "conversation-has-one-id",
    wrap: succeeding("get", ({ ContactItem }) => {
      for (const item of ContactItem ?? []) item.ToGroupId ??= "";
    }),
  },
  {
    name: "search has an empty ToGroupId next to a To_Account",
    foundBy: "conversation-has-one-id",
    wrap: succeeding("search", ({ ContactResultItem }) => {
      for (const item of ContactResultItem ?? []) item.ToGroupId ??= "";
    }),
  },
  {
    name: "a failure has no ActionStatus",
    foundBy: "failure-has-status-and-text",
    wrap: changing((response) => void (response.ErrorCode !== 0 && delete response.ActionStatus)),
  },
  {
    name: "a failure has no ErrorInfo",
    foundBy: "failure-has-status-and-text",
    wrap: changing((response) => void (response.ErrorCode !== 0 && delete response.ErrorInfo)),
  },
  {
    name: "a success has no ActionStatus",
    foundBy: "success-has-status-and-text",
    wrap: changing((response) => void (response.ErrorCode === 0 && delete response.ActionStatus)),
  },
  {
    name: "a success has no ErrorInfo",
    foundBy: "success-has-status-and-text",
    wrap: changing((response) => void (response.ErrorCode === 0 && delete response.ErrorInfo)),
  },
  {
    name: "all failures have one code",
    foundBy: "group-name-over-every-reading",
    wrap: changing((response) => (response.ErrorCode !== 0 ? fail("InvalidRequestParameter") : undefined)),
  },
  {
    name: "an unknown user has a code that no document has",
    foundBy: "search-for-unknown-user",
    wrap: changing((response) => (response.ErrorCode === codeOf("UserNotImported") ? fail(undefined) : undefined)),
  },
  {
    name: "get counts conversations, as the table of its document states",
    foundBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (response) => void (response.ContactItem = response.ContactItem.length)),
  },
  {
    name: "search calls its list ContactItem, as the table of its document states",
    foundBy: "search-leaves-unknown-out",
    wrap: succeeding("search", ({ ContactResultItem: ContactItem, ...response }) => ({ ContactItem, ...response })),
  },
  {
    name: "GroupId is text",
    foundBy: "create-with-conversation",
    wrap: succeeding("create", ({ GroupResultItem: [first] }) => void (first.GroupItem.GroupId += "")),
  },
  {
    name: "ResultCode is missing",
    foundBy: "create-with-conversation",
    wrap: succeeding("create", ({ GroupResultItem: [{ ResultItem }] }) => {
      for (const item of ResultItem) delete item.ResultCode;
    }),
  },
  {
    name: "CompleteFlag is a boolean",
    foundBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (response) => void (response.CompleteFlag = response.CompleteFlag === 1)),
  },
  {
    name: "Timestamp is in milliseconds",
    foundBy: "created-group-is-found",
    wrap: succeeding("get", ({ ContactItem }) => {
      for (const item of ContactItem) item.Timestamp *= 1000;
    }),
  },
];
