/** The checks that a request passes before its operation answers, but for the query's. */
import type { Body } from "./body.ts";
import { gateCode, operations, type Operation } from "./description.ts";
import type { Refusal } from "./envelope.ts";
import { explainer, ownKeywords, type Explain, type Reason } from "./explain.ts";
import type { Judgement } from "./prism.ts";

/**
 * Prism lists every broken rule, so 1 MiB of wrong items would take it seconds and gigabytes. A body over this size that is invalid is
 * refused for its first broken rule, and Prism is not asked.
 */
const largestListedBytes = 64 * 1024;

/** Finds the operation of a path and method. */
export function route(path: string, method: string): Operation | Refusal {
  const there = operations.filter((operation) => operation.path === path);
  if (there.length === 0) {
    const paths = operations.map((operation) => operation.path).join(", ");
    return { code: gateCode("path"), info: `No operation has this path. The paths are ${paths}` };
  }
  const methods = there.map((operation) => operation.method).join(", ");
  const found = there.find((operation) => operation.method === method);
  return found ?? { code: gateCode("method"), info: `The HTTP method of ${path} is ${methods}` };
}

export function checkSize(body: Body, maxBodyBytes: number): Refusal | undefined {
  if (body.kind !== "too large") return undefined;
  return { code: gateCode("size"), info: `The body is larger than ${maxBodyBytes} bytes, the limit of this server` };
}

export function checkSyntax(body: Body): Refusal | undefined {
  if (body.kind === "empty") return { code: gateCode("syntax"), info: "The body is empty. It must be JSON" };
  return body.kind === "malformed"
    ? { code: gateCode("syntax"), info: `The body is not JSON: ${body.reason}` }
    : undefined;
}

/** Refuses a large body that is invalid. */
export function checkLargeBody(operation: Operation, body: Body): Refusal | undefined {
  if (body.kind !== "json" || body.bytes <= largestListedBytes) return undefined;
  return refusal(explain(operation, body.value, false));
}

/** Refuses what Prism refuses, and what breaks a rule that Prism does not know. */
export function checkBody(operation: Operation, body: unknown, judgement: Judgement): Refusal | undefined {
  const reasons = explain(operation, body, true);
  if (judgement.status === 200) return refusal(reasons.filter(({ keyword }) => ownKeywords.includes(keyword)));
  const [violation] = judgement.violations;
  const check = judgement.status === 401 || violation?.location[1] === "query" ? "query" : "body";
  return refusal(reasons) ?? { code: gateCode(check), info: violation?.message ?? `Prism answers ${judgement.status}` };
}

/** Refuses a name that no example has. */
export function checkExample(operation: Operation, name: string, chosen: Judgement): Refusal | undefined {
  if (chosen.status === 200) return undefined;
  const known = operation.successes.join(", ");
  const info = `No example of ${operation.operationId} is called ${JSON.stringify(name)}. It has ${known}, and every name of the error catalogue`;
  return { code: gateCode("body"), info };
}

const explainers = new Map<string, Explain>();

function explain(operation: Operation, value: unknown, all: boolean): Reason[] {
  const key = `${operation.operationId} ${all}`;
  const explanation = explainers.get(key) ?? explainer(operation.requestSchema, all);
  explainers.set(key, explanation);
  return explanation(value);
}

function refusal([first, ...others]: readonly Reason[]): Refusal | undefined {
  if (!first) return undefined;
  const more = others.length === 0 ? "" : ` (and ${others.length} more)`;
  return { code: first.code ?? gateCode("body"), info: first.text + more };
}
