/** Checked by `tsc` alone: each line under a `@ts-expect-error` must be a type error. */
import {
  ApiError,
  BatchError,
  HttpError,
  PartialFailureError,
  ThrottleError,
  type Client,
  type OperationError,
  type RequestConversation,
} from "../../src/index.ts";

type Is<Left, Right> = (<T>() => T extends Left ? 1 : 2) extends <T>() => T extends Right ? 1 : 2 ? true : false;
const yes = <_ extends true>(): void => undefined;

export function byKind(error: OperationError<"searchContactGroup">): unknown {
  switch (error.kind) {
    case "api":
      return error.category === "throttle" ? error.info : error.docsUrl;
    case "http":
      return error.status;
    case "timeout":
      return error.limit;
    case "argument":
      return error.pointer;
    case "batch":
      return error.partial.ContactResultItem;
    case "network":
    case "queue":
    case "protocol":
    case "user-sig":
      return error.message;
    case "partial-failure":
      return error.failures[0]?.ContactItem satisfies RequestConversation | undefined;
    default:
      return error satisfies never;
  }
}

export function byName(error: OperationError<"createContactGroup">): unknown {
  switch (error.name) {
    case "HttpError":
      return error.status;
    case "ThrottleError":
      return error.entryName;
    case "PartialFailureError":
      return error.failures[0]?.GroupName;
    // @ts-expect-error - no such class
    case "HttpFailure":
      return undefined;
    default:
      return error.code;
  }
}

export function byInstance(error: unknown): unknown {
  if (error instanceof ThrottleError) yes<Is<typeof error.category, "throttle">>();
  if (error instanceof ApiError) {
    yes<Is<typeof error.code, number>>();
    // @ts-expect-error - a code is a number
    void error.code.does.not.exist();
    // @ts-expect-error - not a name of the catalogue
    return error.entryName === "TooManyGroups" || error.entryName === "TooManyConversationGroups";
  }
  if (error instanceof HttpError) return error.status;
  if (error instanceof PartialFailureError) {
    // @ts-expect-error - not the field of every operation
    void error.result.GroupResultItem;
    return error.operation === "createContactGroup" ? error.result.GroupResultItem : error.failures[0]?.pointer;
  }
  if (!(error instanceof BatchError)) return undefined;
  // @ts-expect-error - not the field of every operation
  void error.partial.ContactResultItem;
  if (error.operation === "searchContactGroup") return [error.partial.ContactResultItem, error.missing[0]?.Type];
  return error.operation === "markContact" ? error.missing[0]?.OptType : error.missing.length;
}

export async function inSafe(client: Client): Promise<unknown> {
  const { error } = await client.safe.getContactGroup({ From_Account: "user15", StartIndex: 0 });
  if (error?.kind !== "api") return undefined;
  // @ts-expect-error - documented for another operation
  void (error.entryName === "TooManyConversationGroups");
  if (error instanceof ThrottleError) return error.entryName === "CallRateExceeded";
  return error.entryName === "UserNotImported" || error.code === 51010 || error.code === 1;
}
