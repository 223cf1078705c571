/** Names for the bodies of requests and responses and their parts. Their fields are described where they are generated. */
import type { components, operations } from "./generated/openapi.ts";
import type { OperationId } from "./generated/operations.ts";

type Schemas = components["schemas"];

/** Body of an operation's request. */
export type RequestBody<Operation extends OperationId> =
  operations[Operation]["requestBody"]["content"]["application/json"];

/** Body of an operation's response, told apart by `ActionStatus`. */
export type ResponseBody<Operation extends OperationId> =
  operations[Operation]["responses"][200]["content"]["application/json"];

/** Body of an operation's response when the call succeeded. */
export type OkBody<Operation extends OperationId> = Extract<ResponseBody<Operation>, { ActionStatus: "OK" }>;

/** Body of a failed call. The client throws it as an `ApiError`. */
export type Failure = Schemas["Failure"];

export type CreateContactGroupRequest = RequestBody<"createContactGroup">;
export type CreateContactGroupResponse = ResponseBody<"createContactGroup">;
export type CreateContactGroupOk = OkBody<"createContactGroup">;

export type GetContactGroupRequest = RequestBody<"getContactGroup">;
export type GetContactGroupResponse = ResponseBody<"getContactGroup">;
export type GetContactGroupOk = OkBody<"getContactGroup">;

export type SearchContactGroupRequest = RequestBody<"searchContactGroup">;
export type SearchContactGroupResponse = ResponseBody<"searchContactGroup">;
export type SearchContactGroupOk = OkBody<"searchContactGroup">;

/** A conversation, told apart by `Type`. */
export type Conversation = Schemas["Conversation"];
export type OneToOneConversation = Schemas["OneToOneConversation"];
export type GroupConversation = Schemas["GroupConversation"];

/** A conversation as a request names it. */
export type RequestConversation = Schemas["RequestConversation"];

/** A conversation with the conversation groups it is in and its marks. */
export type MarkedConversation = Schemas["MarkedConversation"];
export type ConversationMarks = Schemas["ConversationMarks"];

/** A conversation group to be created. */
export type GroupContactItem = Schemas["GroupContactItem"];

/** A conversation group, its name and its ID. */
export type GroupItem = Schemas["GroupItem"];

/** What became of one conversation group, and of one conversation, of a create request. */
export type GroupResultItem = Schemas["GroupResultItem"];
export type ResultItem = Schemas["ResultItem"];
