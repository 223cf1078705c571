/** Where a proxy sends its calls, and which of them may write. */
import { upstreamOrigin } from "@contact-groups/core/upstream";
import { regions } from "@contact-groups/openapi/model";
import { meantPath } from "../near-path.ts";
import { operations } from "../operations.ts";

/** A provider: its origin, and the path that a gateway has in front of the operations. */
export interface Target {
  readonly origin: string;
  /** Empty, or such as `/im`. */
  readonly basePath: string;
}

/**
 * Returns the target of a region or a URL.
 *
 * @throws A `TypeError` for another text. It does not show the text, which can hold a credential.
 */
export function toTarget(text: string): Target {
  if (!URL.canParse(text) || text.includes("?")) return { origin: upstreamOrigin(text, regions), basePath: "" };
  const url = new URL(text);
  const basePath = url.pathname.replace(/\/+$/, "");
  url.pathname = "";
  return { origin: upstreamOrigin(url.href, regions), basePath };
}

/** What a path is: that of an operation, one that only resembles it, or one of another API. */
export type PathKind = "operation" | "mistyped" | "other";

const paths: ReadonlySet<string> = new Set(operations.map(({ path }) => path));

/** Returns what a path is. */
export function kindOf(path: string): PathKind {
  if (paths.has(path)) return "operation";
  return meantPath(path) === undefined ? "other" : "mistyped";
}

/** Whether a call may change something: everything that is no operation that reads. */
export function mayWrite(method: string, path: string): boolean {
  if (["GET", "HEAD", "OPTIONS"].includes(method)) return false;
  return operations.find((operation) => operation.path === path)?.effect !== "read";
}
