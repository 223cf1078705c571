import type { Visitor } from "./redocly.ts";

/** Rule: an operation has the response 200 and no other, as the service answers 200 to success and failure alike. */
export function only200Responses(): Visitor {
  return {
    Responses(responses: Record<string, unknown>, { location, report }): void {
      if (!Object.hasOwn(responses, "200")) {
        report({
          message:
            "Response 200 is missing. Describe success and failure in it, as `oneOf` of the OK body and `Failure`.",
          location: location.key(),
        });
      }
      for (const status of Object.keys(responses)) {
        if (status === "200" || status.startsWith("x-")) continue;
        report({
          message: `Response ${status} cannot occur: the service answers HTTP 200 to every call. Describe the failure in \`errors/*.yaml\` with its code.`,
          location: location.child([status]).key(),
        });
      }
    },
  };
}
