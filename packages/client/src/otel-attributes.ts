/** The attributes of spans and metrics. None has a credential or a user's ID. */
import type { Attributes } from "@opentelemetry/api";
import type { OperationId, QueryParameter } from "@contact-groups/openapi/model";
import type { operations } from "@contact-groups/openapi/types";
import { ContactGroupsError } from "./errors.ts";
import type { AttemptEvent, MiddlewareCall } from "./middleware.ts";

/** Returns the attributes of a call. Users' IDs are left out on purpose: many people can read traces. */
export function callAttributes({ operation, serverUrl }: Pick<MiddlewareCall, "operation" | "serverUrl">): Attributes {
  return { "tencent_cloud_chat.operation": operation, ...serverAttributes(serverUrl) };
}

/**
 * Returns the attributes of an attempt's span when it is sent.
 *
 * @param resends Number of times that the same call was sent before.
 */
export function attemptAttributes(call: MiddlewareCall, resends: number): Attributes {
  return {
    ...callAttributes(call),
    "http.request.method": "POST",
    ...(resends > 0 && { "http.request.resend_count": resends }),
    "url.full": sanitisedUrl(call.serverUrl, call.path),
    "url.template": call.path,
  };
}

/** Returns the attributes of an attempt's span when it has ended. */
export function outcomeAttributes({ status, error }: AttemptEvent): Attributes {
  return { ...(status !== undefined && { "http.response.status_code": status }), ...errorAttributes(error, status) };
}

/** Returns the type of a failure: the HTTP status if it is not 200, otherwise the `ErrorCode`, otherwise the class. */
export function errorAttributes(error: unknown, status?: number): Attributes {
  if (error === undefined) return {};
  const code = error instanceof ContactGroupsError ? error.code : undefined;
  const type = status !== undefined && status !== 200 ? status : (code ?? nameOf(error));
  return { "error.type": String(type), ...(code !== undefined && { "tencent_cloud_chat.error_code": code }) };
}

/** Returns the message of this package's errors only: the text of any other could contain a credential. */
export function errorMessage(error: unknown): { readonly message?: string } {
  return error instanceof ContactGroupsError ? { message: error.message } : {};
}

function nameOf(error: unknown): string {
  if (error instanceof ContactGroupsError) return error.name;
  // `_OTHER` is the convention where there is no name, or one that is not a class name.
  return error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : "_OTHER";
}

export function serverAttributes(serverUrl: string): Attributes {
  const { hostname, port, protocol } = new URL(serverUrl);
  return { "server.address": hostname, "server.port": port === "" ? (protocol === "http:" ? 80 : 443) : Number(port) };
}

/** The text for a credential in a URL by the semantic conventions. */
const hidden = "REDACTED";

/** `random` is not a credential: it is not known here, and would make each URL different. */
const query: Readonly<Record<QueryParameter, string>> = {
  sdkappid: hidden,
  identifier: hidden,
  usersig: hidden,
  random: hidden,
  contenttype: "json" satisfies operations[OperationId]["parameters"]["query"]["contenttype"],
};
const search: string = Object.entries(query)
  .map(([name, value]) => `${name}=${value}`)
  .join("&");

/** Returns the URL of an operation with the names of a call's parameters. It contains public parts only, so there is nothing to redact. */
function sanitisedUrl(serverUrl: string, path: string): string {
  return `${serverUrl}${path}?${search}`;
}
