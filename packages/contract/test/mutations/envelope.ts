/** Faults in the form of the answers. */
import { codeOf } from "../../src/operations.ts";
import { answering, fail, type Fault, succeeding } from "./fault.ts";

export const envelopeFaults: readonly Fault[] = [
  {
    name: "failures have HTTP 400",
    caughtBy: "gate-path",
    wrap: (fetch) => async (request) => {
      const answer = (await (await fetch(request)).json()) as { readonly ErrorCode: number };
      return Response.json(answer, { status: answer.ErrorCode === 0 ? 200 : 400 });
    },
  },
  { name: "everything has HTTP 201", caughtBy: "get-of-new-user-is-empty", wrap: answering(() => undefined, 201) },
  {
    name: "an unknown path has a page in HTML",
    caughtBy: "gate-path",
    wrap: (fetch) => async (request) =>
      new URL(request.url).pathname.endsWith("_contact_group") ? fetch(request) : new Response("<h1>Not found</h1>"),
  },
  {
    name: "ErrorCode is text",
    caughtBy: "get-of-new-user-is-empty",
    wrap: answering((answer) => void (answer.ErrorCode = String(answer.ErrorCode))),
  },
  {
    name: "failures have no ErrorInfo",
    caughtBy: "gate-syntax",
    wrap: answering((answer) => void (answer.ErrorCode !== 0 && delete answer.ErrorInfo)),
  },
  {
    name: "ActionStatus is in small letters",
    caughtBy: "get-of-new-user-is-empty",
    wrap: answering((answer) => void (answer.ActionStatus = answer.ActionStatus.toLowerCase())),
  },
  {
    name: "failures say OK",
    caughtBy: "get-for-unknown-user",
    wrap: answering((answer) => void (answer.ActionStatus = "OK")),
  },
  {
    name: "a success has an ErrorInfo",
    caughtBy: "create-with-conversation",
    wrap: answering((answer) => void (answer.ErrorInfo ||= "success")),
  },
  {
    name: "all refusals have one code",
    caughtBy: "group-name-over-every-reading",
    wrap: answering((answer) => (answer.ErrorCode !== 0 ? fail("InvalidRequestParameter") : undefined)),
  },
  {
    name: "an unknown user has a code of no document",
    caughtBy: "search-for-unknown-user",
    wrap: answering((answer) => (answer.ErrorCode === codeOf("UserNotImported") ? fail(undefined) : undefined)),
  },
  {
    name: "get counts conversations, as the table of its document says",
    caughtBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (answer) => void (answer.ContactItem = answer.ContactItem.length)),
  },
  {
    name: "search calls its list ContactItem, as the table of its document says",
    caughtBy: "search-leaves-unknown-out",
    wrap: succeeding("search", ({ ContactResultItem: ContactItem, ...answer }) => ({ ContactItem, ...answer })),
  },
  {
    name: "GroupId is text",
    caughtBy: "create-with-conversation",
    wrap: succeeding("create", ({ GroupResultItem: [first] }) => void (first.GroupItem.GroupId += "")),
  },
  {
    name: "ResultCode is missing",
    caughtBy: "create-with-conversation",
    wrap: succeeding("create", ({ GroupResultItem: [{ ResultItem }] }) => {
      for (const item of ResultItem) delete item.ResultCode;
    }),
  },
  {
    name: "CompleteFlag is true or false",
    caughtBy: "get-of-new-user-is-empty",
    wrap: succeeding("get", (answer) => void (answer.CompleteFlag = answer.CompleteFlag === 1)),
  },
  {
    name: "Timestamp is in milliseconds",
    caughtBy: "created-group-is-found",
    wrap: succeeding("get", ({ ContactItem }) => {
      for (const item of ContactItem) item.Timestamp *= 1000;
    }),
  },
];
