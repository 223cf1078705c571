/** Checks responses of a provider. */
import type { Failure } from "@contact-groups/openapi/bodies";
import { type ApiOperation, sayCode } from "../operations.ts";
import { splitMessage } from "../report/finding.ts";
import { codeOf } from "../response.ts";
import { checkResponse } from "../response-checks.ts";
import { at, differences, matches, type Mismatch, sayExpected, show } from "./matching.ts";
import type { ProviderResponse, Runner } from "./provider.ts";

/** Where a response has its code. */
export const codePointer: `/${"ErrorCode" & keyof Failure}` = "/ErrorCode";

/** The expected code, success by default, and fields of a response. */
export interface ExpectedResponse {
  readonly ErrorCode?: unknown;
}

/** Checks what every response must have: HTTP 200, and a message that Prism and the other checks accept for the operation. */
export async function checkForm(
  operation: ApiOperation,
  response: ProviderResponse,
  { prism }: Pick<Runner, "prism">,
): Promise<Mismatch[]> {
  if (response.status !== 200)
    return [
      {
        rule: "status",
        pointer: "",
        expected: "HTTP 200, as every response of the service has",
        got: response.noResponse ?? `HTTP ${response.status} ${show(response.text)}`,
      },
    ];
  if (response.exceeds !== undefined) {
    const expected = `The body must have ${response.exceeds}, and its rest was not read`;
    return [{ rule: "size", pointer: "", expected, got: "is larger" }];
  }
  return (await checkResponse(operation, response.message, prism, response)).map((violation) => {
    const { in: place, rule, pointer, message } = violation;
    const [expected, found] = splitMessage(message);
    const content = response.body === undefined ? response.text : at(response.body, pointer);
    return { rule: rule || "schema", pointer, expected, got: place === "body" ? show(content) : found };
  });
}

/** Checks the code of a response, and then its fields. */
export function checkContent(response: ProviderResponse, expected: ExpectedResponse, now: number): Mismatch[] {
  const { ErrorCode = 0, ...fields } = expected;
  const code = errorCode(response);
  if (matches(ErrorCode, code, now)) return differences(fields, response.body, now);
  const info = infoOf(response);
  return [
    {
      rule: "error-code",
      pointer: codePointer,
      expected: sayExpected(ErrorCode, (one) => sayCode(Number(one))),
      got: `${code === undefined ? "no ErrorCode" : sayCode(code)}${info ? ` ${show(info)}` : ""}`,
    },
  ];
}

/** Checks first the form of a response, then its content. */
export async function checkWhole(
  operation: ApiOperation,
  response: ProviderResponse,
  expected: ExpectedResponse,
  runner: Pick<Runner, "prism" | "clock">,
): Promise<Mismatch[]> {
  const form = await checkForm(operation, response, runner);
  return form.length > 0 ? form : checkContent(response, expected, runner.clock.now());
}

/** Returns the `ErrorCode` of a response, when it has one. */
export function errorCode({ body }: ProviderResponse): number | undefined {
  return codeOf(body);
}

/** Returns the `ErrorInfo` of a response, when it has one. */
export function infoOf({ body }: ProviderResponse): unknown {
  return (Object(body) as Partial<Failure>).ErrorInfo;
}
