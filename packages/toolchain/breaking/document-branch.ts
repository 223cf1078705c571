import { Branch, type Role } from "./branch.ts";
import { asList, asNode, below, type Node } from "./node.ts";
import { operationsBranch, parameterBranch, plain } from "./operation-branch.ts";

/** Texts, sources and links at the root. `info.version` is left out: a release sets it. */
const texts = new Set(["info", "externalDocs", "x-documents"]);

/** A whole description as a tree that can be compared with another key by key. */
export function documentBranch(document: Node): Branch {
  const branch = new Branch("document");
  for (const [key, value] of Object.entries(document)) {
    const at = below("", key);
    if (texts.has(key)) flatten(branch.branch("texts", "texts", at), value, at);
    else if (key === "paths") branch.set(key, operationsBranch(document), at);
    else if (key === "components") components(branch, document, at);
    else if (key === "servers") servers(branch, asList(value), at);
    else if (key === "tags") named(branch.branch(key, "tags", at), asList(value), at, { id: "name", role: "tag" });
    else if (key === "x-limits") {
      const limits = branch.branch(key, "limits", at);
      for (const [name, limit] of Object.entries(asNode(value)))
        limits.set(name, plain("limit", asNode(limit), below(at, name)), below(at, name));
    } else if (key === "x-requestChecks") {
      named(branch.branch(key, "checks", at), asList(value), at, { id: "check", role: "check" });
      branch.set("checkOrder", order(asList(value), "check"), at);
    } else if (key === "x-errors") errors(branch.branch(key, "errors", at), asNode(value), at);
    else branch.set(key, value, at);
  }
  return branch;
}

function components(branch: Branch, document: Node, pointer: string): void {
  const { schemas, securitySchemes } = asNode(document["components"]);
  const names = branch.branch("components", "componentNames", pointer);
  // The schema says which of two names are one; what changes in it is told where programs meet it.
  for (const [name, schema] of Object.entries(asNode(schemas)))
    names.set(name, JSON.stringify(schema), `${pointer}/schemas/${name}`);
  const schemes = branch.branch("securitySchemes", "schemes", pointer);
  for (const [name, scheme] of Object.entries(asNode(securitySchemes))) {
    const at = below(`${pointer}/securitySchemes`, name);
    schemes.set(name, parameterBranch(document, asNode(scheme), at, "scheme"), at);
  }
}

/** Servers by region, because a region keeps its name when its host changes. */
function servers(branch: Branch, list: readonly unknown[], pointer: string): void {
  const byName = branch.branch("servers", "servers", pointer);
  for (const [index, value] of list.entries()) {
    const node = asNode(value);
    const at = below(pointer, index);
    const server = plain("server", node, at);
    if (node["variables"] !== undefined) {
      const variables = server.branch("variables", "variables", `${at}/variables`);
      server.set("variables", variables, `${at}/variables`);
      for (const [name, variable] of Object.entries(asNode(node["variables"])))
        variables.set(name, plain("variable", asNode(variable), `${at}/variables/${name}`), `${at}/variables/${name}`);
    }
    byName.set(`${(node["x-region"] ?? node["url"]) as string}`, server, at);
  }
  branch.set("firstServer", asNode(list[0])["url"], pointer);
}

/** The error catalogue by code, with the origin of each entry. */
function errors(branch: Branch, catalogue: Node, pointer: string): void {
  for (const [origin, entries] of Object.entries(catalogue)) {
    for (const [index, value] of asList(entries).entries()) {
      const at = below(below(pointer, origin), index);
      const entry = plain("error", asNode(value), at).set("origin", origin, at);
      const raised = new Branch("raised");
      for (const operation of asList(asNode(value)["operations"]))
        raised.set(`${operation as string}`, true, `${at}/operations`);
      entry.set("operations", raised, `${at}/operations`);
      branch.set(`${asNode(value)["code"] as number}`, entry, at);
    }
  }
}

function named(
  into: Branch,
  list: readonly unknown[],
  pointer: string,
  { id, role }: { id: string; role: Role },
): void {
  for (const [index, value] of list.entries()) {
    const at = below(pointer, index);
    into.set(`${asNode(value)[id] as string}`, plain(role, asNode(value), at), at);
  }
}

function order(list: readonly unknown[], id: string): string {
  return list.map((value) => asNode(value)[id]).join(", ");
}

function flatten(into: Branch, value: unknown, pointer: string): void {
  if (pointer === "/info/version") return;
  if (typeof value !== "object" || value === null || Array.isArray(value)) into.set(pointer, value, pointer);
  else for (const [key, inner] of Object.entries(value)) flatten(into, inner, below(pointer, key));
}
