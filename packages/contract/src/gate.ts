/** The checks that a request passes before its operation answers, but for the query's. */
import type { Body } from "./body.ts";
import { explain, ownKeywords } from "./explain.ts";
import { gateCode, type Operation, operations } from "./operations.ts";
import type { Judgement } from "./prism.ts";
import type { Problem } from "./record/exchange.ts";

/**
 * Prism lists every broken rule, so 1 MiB of wrong items would take it seconds and gigabytes. A body over this size that is invalid is
 * refused for its first broken rule, and Prism is not asked.
 */
const largestListedBytes = 64 * 1024;

/** Finds the operation of a path and method. */
export function route(path: string, method: string): Operation | Problem {
  const there = operations.filter((operation) => operation.path === path);
  if (there.length === 0) {
    const paths = operations.map((operation) => operation.path).join(", ");
    return problem("path", `No operation has this path. The paths are ${paths}`);
  }
  const methods = there.map((operation) => operation.method).join(", ");
  const found = there.find((operation) => operation.method === method);
  return found ?? problem("method", `The HTTP method of ${path} is ${methods}`);
}

/** What is wrong with a body that can't be read. */
export function checkReadable(body: Body, maxBodyBytes: number): Problem[] {
  switch (body.kind) {
    case "too large":
      return [problem("size", `The body is larger than ${maxBodyBytes} bytes, the limit of this server`)];
    case "empty":
      return [problem("syntax", "The body is empty. It must be JSON")];
    case "malformed":
      return [problem("syntax", `The body is not JSON: ${body.reason}`)];
    case "json":
      return [];
  }
}

/** Whether Prism would take too long to list what is wrong with a body of this size. */
export function isLarge(body: Body): boolean {
  return body.kind === "json" && body.bytes > largestListedBytes;
}

/** What the request check finds wrong with a body: of a large one only the first. */
export function checkBody(operation: Operation, body: Body): Problem[] {
  if (body.kind !== "json") return [];
  return explain(operation.request, body.value, !isLarge(body)).map(({ keyword, pointer, code, text }) => ({
    in: "body",
    pointer,
    rule: keyword,
    code: code ?? gateCode("body"),
    text,
  }));
}

/**
 * Rules that Prism does not know, or not always: of a list, it takes a field of another kind in an item if an earlier item is of that kind.
 */
export const beyondPrism: readonly string[] = [...ownKeywords, "oneOf"];

/** Of what the checks find, what stands after Prism has judged: Prism has the last word on every rule that it knows. */
export function afterPrism(found: readonly Problem[], judgement: Judgement): readonly Problem[] {
  if (judgement.status === 200)
    return found.filter((one) => one.in === "query" || beyondPrism.includes(one.rule) || one.rule === "syntax");
  if (found.length > 0) return found;
  const [violation] = judgement.violations;
  const check = judgement.status === 401 || violation?.location[1] === "query" ? "query" : "body";
  return [
    {
      in: check,
      pointer: (violation?.location ?? [])
        .slice(2)
        .map((token) => `/${token}`)
        .join(""),
      rule: violation?.code ?? check,
      code: gateCode(check),
      text: violation?.message ?? `Prism answers ${judgement.status}`,
    },
  ];
}

function problem(check: "path" | "method" | "size" | "syntax", text: string): Problem {
  const place = check === "path" || check === "method" ? check : "body";
  return { in: place, pointer: "", rule: check, code: gateCode(check), text };
}
