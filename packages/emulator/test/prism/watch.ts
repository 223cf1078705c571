import { operations } from "@contact-groups/openapi/model";
import type { Core } from "../../src/core.ts";
import { responseHeaders } from "../../src/fetch.ts";
import type { CoreResponse } from "../../src/response.ts";
import { validate } from "./validate.ts";

/** The violations that Prism has found since they were last read; a few are enough. */
let found: string[] = [];

/** Returns the violations that Prism has found since this was last called. */
export function takeViolations(): readonly string[] {
  const violations = found;
  found = [];
  return violations;
}

/** Lets Prism validate each response of a core, whichever adapter sends it. */
export function watch(core: Core): void {
  const { respond, respondAll } = core;
  Object.assign(core, {
    respond: (request) => note(respond(request)),
    respondAll: (requests) => respondAll(requests).map(note),
  } satisfies Partial<Core>);
}

function note(response: CoreResponse): CoreResponse {
  const { operation, status, body, code, delivery } = response;
  // A fault can send a body that is not JSON.
  if (delivery) return response;
  // The description has no success of a helper; its failures are like all others.
  if (!operation && code === 0) return response;
  const path = operation && operations[operation].path;
  const violations = validate({ path, status, contentType: responseHeaders["Content-Type"] ?? null, body });
  if (violations.length > 0 && found.length < 10) found.push(`${violations.join("; ")} ${body.slice(0, 500)}`);
  return response;
}
