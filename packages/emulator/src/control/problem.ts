import type { components } from "../generated/control-types.ts";
import type { ControlAnswer } from "./control.ts";

type Body = components["schemas"]["Problem"];

/** Statuses of the errors of the control API, with their names. */
const titles = {
  400: "Bad Request",
  404: "Not Found",
  405: "Method Not Allowed",
  413: "Content Too Large",
  415: "Unsupported Media Type",
  422: "Unprocessable Content",
  500: "Internal Server Error",
} as const;

/** Ends a request of the control API with an error in the form of RFC 9457. */
export class ProblemError extends Error {
  readonly status: keyof typeof titles;
  readonly errors: Body["errors"];

  constructor(status: keyof typeof titles, detail: string, errors?: Body["errors"]) {
    super(detail);
    this.name = "ProblemError";
    this.status = status;
    this.errors = errors;
  }
}

/** The answer of a request that failed. */
export function problemAnswer({ status, message, errors }: ProblemError): ControlAnswer {
  const body: Body = { type: "about:blank", title: titles[status], status, detail: message, ...(errors && { errors }) };
  return { status, contentType: "application/problem+json", body: JSON.stringify(body) };
}
