import type { Attributes } from "@opentelemetry/api";
import { ContactGroupsError } from "../errors/contact-groups-error.ts";
import type { AttemptEvent, MiddlewareCall } from "../middleware.ts";
import { sanitisedUrl } from "./sanitised-url.ts";

/** What a call's span says. Users' IDs are left out on purpose: traces are kept where many people read them. */
export function callAttributes({ operation, serverUrl }: MiddlewareCall): Attributes {
  return { "tencent_cloud_chat.operation": operation, ...serverAttributes(serverUrl) };
}

/**
 * What the span of an attempt says when it is sent.
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

/** What the span of an attempt says when it has ended. */
export function outcomeAttributes({ status, error }: AttemptEvent): Attributes {
  return { ...(status !== undefined && { "http.response.status_code": status }), ...errorAttributes(error, status) };
}

/** Names the failure by the HTTP status if that tells it, else by the `ErrorCode`, else by the class. */
export function errorAttributes(error: unknown, status?: number): Attributes {
  if (error === undefined) return {};
  const code = error instanceof ContactGroupsError ? error.code : undefined;
  const type = status !== undefined && status !== 200 ? status : (code ?? nameOf(error));
  return { "error.type": String(type), ...(code !== undefined && { "tencent_cloud_chat.error_code": code }) };
}

/** What to show of an error that is not ours is not known, so its text is not shown. */
export function errorMessage(error: unknown): { readonly message?: string } {
  return error instanceof ContactGroupsError ? { message: error.message } : {};
}

function nameOf(error: unknown): string {
  if (error instanceof ContactGroupsError) return error.name;
  // The name by convention where there is none, or where it is a text of some other kind.
  return error instanceof Error && /^\w{1,40}$/.test(error.name) ? error.name : "_OTHER";
}

function serverAttributes(serverUrl: string): Attributes {
  const { hostname, port, protocol } = new URL(serverUrl);
  return { "server.address": hostname, "server.port": port === "" ? (protocol === "http:" ? 80 : 443) : Number(port) };
}
