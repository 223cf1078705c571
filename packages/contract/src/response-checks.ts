/** The checks of a response as a provider sent it: status, header fields, bytes, then the body. */
import { responseViolations } from "./field-violations.ts";
import type { ResponseMessage } from "./message.ts";
import type { ApiOperation } from "./operations.ts";
import type { Prism } from "./prism.ts";
import type { ResponseViolation } from "./record/exchange.ts";
import { parseBody } from "./request-checks.ts";

/** Returns the rules that a response to a call of the operation breaks. */
export async function checkResponse(
  operation: ApiOperation,
  response: ResponseMessage,
  prism: Prism,
): Promise<readonly ResponseViolation[]> {
  const { status, body } = response;
  if (status !== 200)
    return [
      {
        in: "status",
        pointer: "",
        rule: "status",
        message: `The HTTP status is ${status}, but the service always sends 200`,
      },
    ];
  const read = parseBody(body);
  if (read.kind !== "json") return [{ in: "body", pointer: "", rule: "syntax", message: "The body is not JSON" }];
  return (await responseViolations(operation, response, read.value, prism)).map((violation) => ({
    in: "body",
    ...violation,
  }));
}
