import { Branch } from "./branch.ts";
import { asList } from "./node.ts";
import { came, changed, code, comesAndGoes, went, type Rule } from "./verdict.ts";

/** A key at the root. */
export const documentRule: Rule = (difference) => {
  const { key } = difference;
  if (key === "openapi" || key === "jsonSchemaDialect") return ["dialect-changed", changed(difference)];
  if (key === "security") return ["credential-changed", changed(difference)];
  if (key === "firstServer") return ["first-server-changed", `the first server ${changed(difference)}`];
  // A check that came or went moved the others; its own rule tells.
  if (key === "checkOrder")
    return sameMembers(difference.before, difference.after)
      ? ["check-order-changed", `order ${changed(difference)}`]
      : undefined;
  return ["unrated", "changed"];
};

export const serversRule: Rule = comesAndGoes("server-added", "server-removed");
export const componentRule: Rule = comesAndGoes("component-added", "component-removed", "component-renamed");
export const tagsRule: Rule = comesAndGoes("component-added", "component-removed");

/** A key of a server. */
export const serverRule: Rule = (difference) => {
  const { key } = difference;
  const what = `${code(key)} ${changed(difference)}`;
  if (key === "description") return ["text-changed", what];
  if (key === "x-source") return ["source-changed", what];
  if (key === "x-status") return ["server-status-changed", what];
  if (key === "x-backupUrl" && came(difference)) return ["server-added", what];
  if (key === "url" || key === "x-backupUrl" || key === "x-region") return ["server-host-changed", what];
  return ["unrated", what];
};

export const variablesRule: Rule = comesAndGoes("server-host-changed", "server-host-changed");

/** A key of a server's variable. */
export const variableRule: Rule = (difference) => {
  const { key, before, after } = difference;
  const what = `${code(key)} ${changed(difference)}`;
  if (key === "description") return ["text-changed", what];
  if (key === "default") return ["default-changed", what];
  if (key !== "enum") return ["unrated", what];
  const lost = asList(before).some((value) => !asList(after).includes(value));
  return came(difference) || (lost && !went(difference)) ? ["value-removed", what] : ["request-value-added", what];
};

/** A text, a link, a source or a document. */
export const textRule: Rule = ({ pointer, before, after }) => {
  const source = pointer.endsWith("/x-source") || pointer.startsWith("/x-documents/");
  const what = before === undefined ? "was added" : after === undefined ? "was removed" : "changed";
  return source ? ["source-changed", `source ${what}`] : ["text-changed", `text ${what}`];
};

/** A mark's bit. Readers find a mark by its bit. */
export const bitRule: Rule = (difference) => {
  if (came(difference)) return ["bit-added", `got the bit ${code(difference.key)}`];
  return ["bit-changed", `bit ${code(difference.key)} ${changed(difference)}`];
};

/** The bits that are the app's own. */
export const bitRangeRule: Rule = (difference) => ["bit-changed", `${code(difference.key)} ${changed(difference)}`];

function sameMembers(one: unknown, other: unknown): boolean {
  const sorted = (list: unknown): string => `${list as string}`.split(", ").toSorted().join();
  return !(one instanceof Branch) && sorted(one) === sorted(other);
}
