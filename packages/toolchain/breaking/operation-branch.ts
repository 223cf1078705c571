import { Branch } from "./branch.ts";
import { asList, asNode, below, resolve, type Node } from "./node.ts";
import { schemaBranch } from "./schema-branch.ts";

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]);
const texts = new Set(["summary", "description", "externalDocs", "x-source", "example"]);

/** The operations of a description by method and path. */
export function operationsBranch(document: Node): Branch {
  const operations = new Branch("operations");
  for (const [path, item] of Object.entries(asNode(document["paths"]))) {
    const shared = asList(asNode(item)["parameters"]);
    for (const [method, operation] of Object.entries(asNode(item))) {
      if (!methods.has(method)) continue;
      const at = below(below("/paths", path), method);
      operations.set(`${method.toUpperCase()} ${path}`, operationBranch(document, asNode(operation), at, shared), at);
    }
  }
  return operations;
}

/** The names of the operations of a description. */
export function operationIds(document: object): Set<string> {
  const items = Object.values(asNode(asNode(document)["paths"]));
  const operations = items.flatMap((item) => Object.values(asNode(item)));
  return new Set(operations.map((operation) => `${asNode(operation)["operationId"] as string}`));
}

function operationBranch(document: Node, operation: Node, pointer: string, shared: readonly unknown[]): Branch {
  const branch = new Branch("operation");
  for (const [key, value] of Object.entries(operation)) {
    const at = below(pointer, key);
    if (texts.has(key)) branch.branch("texts", "texts", pointer).set(at, value, at);
    else if (key === "requestBody") branch.set(key, bodyBranch(document, asNode(value), at), at);
    else if (key === "responses") {
      const responses = branch.branch(key, "responses", at);
      for (const [status, response] of Object.entries(asNode(value)))
        responses.set(status, bodyBranch(document, asNode(response), below(at, status)), below(at, status));
    } else if (key === "x-rateLimit") branch.set(key, plain("rate", asNode(value), at), at);
    else if (key !== "parameters") branch.set(key, value, at);
  }
  const parameters = branch.branch("parameters", "parameters", below(pointer, "parameters"));
  for (const [index, value] of [...shared, ...asList(operation["parameters"])].entries()) {
    const reference = asNode(value)["$ref"];
    const node = typeof reference === "string" ? resolve(document, reference) : asNode(value);
    const at = typeof reference === "string" ? reference.slice(1) : below(below(pointer, "parameters"), index);
    parameters.set(`${node["in"] as string} ${node["name"] as string}`, parameterBranch(document, node, at), at);
  }
  return branch;
}

/** A parameter, or a credential, whose schema is in `x-schema`. */
export function parameterBranch(
  document: Node,
  node: Node,
  pointer: string,
  role: "parameter" | "scheme" = "parameter",
): Branch {
  const branch = new Branch(role);
  for (const [key, value] of Object.entries(node)) {
    const at = below(pointer, key);
    if (texts.has(key)) branch.branch("texts", "texts", pointer).set(at, value, at);
    else if (key === "schema" || key === "x-schema") branch.set(key, schemaBranch(document, asNode(value), at), at);
    else if (key === "x-errorCodes") branch.set(key, plain("errorCodes", asNode(value), at), at);
    else branch.set(key, value, at);
  }
  return branch;
}

/** A request body or a response. */
function bodyBranch(document: Node, body: Node, pointer: string): Branch {
  const branch = new Branch("body");
  for (const [key, value] of Object.entries(body)) {
    const at = below(pointer, key);
    if (texts.has(key)) branch.branch("texts", "texts", pointer).set(at, value, at);
    else if (key !== "content") branch.set(key, value, at);
    else {
      const contents = branch.branch(key, "contents", at);
      for (const [type, media] of Object.entries(asNode(value)))
        contents.set(type, mediaBranch(document, asNode(media), below(at, type)), below(at, type));
    }
  }
  return branch;
}

function mediaBranch(document: Node, media: Node, pointer: string): Branch {
  const branch = new Branch("media");
  for (const [key, value] of Object.entries(media)) {
    const at = below(pointer, key);
    if (key === "schema") branch.set(key, schemaBranch(document, asNode(value), at), at);
    else if (key === "examples") branch.set(key, examplesBranch(document, asNode(value), at), at);
    else branch.set(key, value, at);
  }
  return branch;
}

/** The examples by name. Those that the bundler makes of the catalogue, such as `51011 GroupNameTooLong`, come and go with its entries. */
function examplesBranch(document: Node, examples: Node, pointer: string): Branch {
  const branch = new Branch("examples");
  for (const [name, value] of Object.entries(examples)) {
    const reference = asNode(value)["$ref"];
    const example = typeof reference === "string" ? resolve(document, reference) : asNode(value);
    if (/^\d+ (.*)/.exec(`${example["summary"] as string}`)?.[1] === name) continue;
    branch.set(
      name,
      JSON.stringify(example),
      typeof reference === "string" ? reference.slice(1) : below(pointer, name),
    );
  }
  return branch;
}

/** An object of leaves. */
export function plain(role: Branch["role"], node: Node, pointer: string): Branch {
  const branch = new Branch(role);
  for (const [key, value] of Object.entries(node)) branch.set(key, value, below(pointer, key));
  return branch;
}
