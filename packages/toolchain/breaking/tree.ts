import { isDeepStrictEqual } from "node:util";
import { below, tokensOf } from "../bundle/pointer.ts";

/** What a branch of the compared tree holds. The rules are looked up by it. */
export type Role =
  | "document"
  | "servers"
  | "server"
  | "variables"
  | "variable"
  | "limits"
  | "limit"
  | "checks"
  | "check"
  | "errors"
  | "error"
  | "raised"
  | "tags"
  | "tag"
  | "componentNames"
  | "schemes"
  | "scheme"
  | "operations"
  | "operation"
  | "rate"
  | "idempotent"
  | "parameters"
  | "parameter"
  | "body"
  | "contents"
  | "media"
  | "examples"
  | "responses"
  | "schema"
  | "properties"
  | "required"
  | "members"
  | "bits"
  | "bitRange"
  | "errorCodes"
  | "texts";

/** Values by a key that an edit elsewhere does not move (a list has no such keys), each with its JSON pointer in the description. */
export class Branch {
  readonly role: Role;
  readonly values: Map<string, unknown> = new Map();
  readonly pointers: Map<string, string> = new Map();

  constructor(role: Role) {
    this.role = role;
  }

  set(key: string, value: unknown, pointer: string): this {
    this.values.set(key, value);
    this.pointers.set(key, pointer);
    return this;
  }

  /** Returns the branch under a key, and creates it where there is none. */
  branch(key: string, role: Role, pointer: string): Branch {
    const present = this.values.get(key);
    if (present instanceof Branch) return present;
    const created = new Branch(role);
    this.set(key, created, pointer);
    return created;
  }
}

/** An object of a description. */
type JsonNode = Readonly<Record<string, unknown>>;

/** A value of the description, where it is, and the description for its references. */
interface Located {
  readonly document: JsonNode;
  readonly value: unknown;
  readonly at: string;
}

/** Turns a value into a branch. */
type ToBranch = (located: Located) => Branch;

/** Adds a key of an object to the branch of the object. */
type AddKey = (branch: Branch, key: string, located: Located) => void;

/** Turns a whole description into a tree that can be compared with another key by key. */
export function toTree(document: object): Branch {
  return root({ document: document as JsonNode, value: document, at: "" });
}

/** Returns the operationIds of a description. */
export function operationIds(document: object): Set<string> {
  const operations = Object.values(asObject((document as JsonNode)["paths"])).flatMap((item) =>
    Object.values(asObject(item)),
  );
  return new Set(operations.map((operation) => `${asObject(operation)["operationId"] as string}`));
}

/** Reads an object whose keys are values, unless `special` says how a key is added. */
function object(role: Role, special: Readonly<Record<string, AddKey>> = {}): ToBranch {
  return ({ document, value, at }) => {
    const branch = new Branch(role);
    for (const [key, inside] of Object.entries(asObject(value))) {
      const located = { document, value: inside, at: below(at, key) };
      if (Object.hasOwn(special, key)) special[key]!(branch, key, located);
      else branch.set(key, inside, located.at);
    }
    return branch;
  };
}

/** Adds a key whose value is a branch. */
function nested(toBranch: ToBranch): AddKey {
  return (branch, key, located) => branch.set(key, toBranch(located), located.at);
}

/** Adds a key with values by name. */
function map(role: Role, toBranch: ToBranch): AddKey {
  return (branch, key, { document, value, at }) => {
    const items = branch.branch(key, role, at);
    for (const [name, inside] of Object.entries(asObject(value))) {
      const place = below(at, name);
      items.set(name, toBranch({ document, value: inside, at: place }), place);
    }
  };
}

/** Adds a key with a list whose items are known by one of their own values. References of items are followed. */
function listBy(role: Role, nameOf: (item: JsonNode) => unknown, toBranch: ToBranch): AddKey {
  return (branch, key, { document, value, at }) => {
    const items = branch.branch(key, role, at);
    for (const [index, item] of asList(value).entries()) {
      const located = followed({ document, value: item, at: below(at, index) });
      items.set(String(nameOf(asObject(located.value))), toBranch(located), located.at);
    }
  };
}

/** A text, a link or a source, which no program reads. */
const text: AddKey = (branch, _key, { value, at }) => branch.branch("texts", "texts", at).set(at, value, at);
const texts = { summary: text, description: text, externalDocs: text, "x-source": text, example: text };

const schema: ToBranch = (located) => schemaBranch(located);
const parts = {
  ...texts,
  schema: nested(schema),
  "x-schema": nested(schema),
  "x-errorCodes": nested(object("errorCodes")),
};
const parameter = object("parameter", parts);
const scheme = object("scheme", parts);

/** The examples by name. Those that the bundler creates from the catalogue, such as `51011 GroupNameTooLong`, follow its entries. */
const examples: AddKey = (branch, key, { document, value, at }) => {
  const items = branch.branch(key, "examples", at);
  for (const [name, item] of Object.entries(asObject(value))) {
    const example = followed({ document, value: item, at: below(at, name) });
    if (/^\d+ (.*)/.exec(String(asObject(example.value)["summary"]))?.[1] === name) continue;
    items.set(name, JSON.stringify(example.value), example.at);
  }
};

const media = object("media", { schema: nested(schema), examples });
const body = object("body", { ...texts, content: map("contents", media) });
const operation = object("operation", {
  ...texts,
  requestBody: nested(body),
  responses: map("responses", body),
  "x-rateLimit": nested(object("rate")),
  "x-idempotent": nested(object("idempotent", texts)),
  parameters: listBy("parameters", ({ in: place, name }) => `${String(place)} ${String(name)}`, parameter),
});

const methods = new Set(["get", "put", "post", "delete", "options", "head", "patch", "trace", "query"]);

/** The operations by method and path. */
const operations: AddKey = (branch, key, { document, value, at }) => {
  const items = branch.branch(key, "operations", at);
  for (const [path, item] of Object.entries(asObject(value))) {
    for (const [method, found] of Object.entries(asObject(item)).filter(([name]) => methods.has(name))) {
      const place = below(below(at, path), method);
      const parameters = [asObject(item), asObject(found)].flatMap((one) => asList(one["parameters"]));
      const located = { document, value: { ...asObject(found), parameters }, at: place };
      items.set(`${method.toUpperCase()} ${path}`, operation(located), place);
    }
  }
};

/** The credentials, and the names of the schemas: what changes inside a schema is rated where programs send or read it. */
const components: AddKey = (branch, key, { document, value, at }) => {
  const { schemas, securitySchemes } = asObject(value);
  const names = branch.branch(key, "componentNames", at);
  for (const [name, one] of Object.entries(asObject(schemas)))
    names.set(name, JSON.stringify(one), `${at}/schemas/${name}`);
  map("schemes", scheme)(branch, "securitySchemes", { document, value: securitySchemes, at: `${at}/securitySchemes` });
};

const server = object("server", { variables: map("variables", object("variable")) });

/** Servers by region, because a region keeps its name when its host changes. */
const servers: AddKey = (branch, key, located) => {
  listBy("servers", (one) => one["x-region"] ?? one["url"], server)(branch, key, located);
  branch.set("firstServer", asObject(asList(located.value)[0])["url"], located.at);
};

const checks: AddKey = (branch, key, located) => {
  listBy("checks", ({ check }) => check, object("check"))(branch, key, located);
  const order = asList(located.value).map((check) => asObject(check)["check"]);
  branch.set("checkOrder", order.join(", "), located.at);
};

/** The operations that respond with a code. */
const raised: AddKey = (branch, key, { value, at }) => {
  const names = branch.branch(key, "raised", at);
  for (const name of asList(value)) names.set(String(name), true, at);
};

/** The error catalogue by code, with the origin of each entry. */
const errors: AddKey = (branch, key, { document, value, at }) => {
  const entries = branch.branch(key, "errors", at);
  const entry = object("error", { operations: raised });
  for (const [origin, list] of Object.entries(asObject(value))) {
    for (const [index, one] of asList(list).entries()) {
      const place = below(below(at, origin), index);
      const known = entry({ document, value: one, at: place }).set("origin", origin, place);
      entries.set(String(asObject(one)["code"]), known, place);
    }
  }
};

/** Texts at the root. `info.version` is left out: a release sets it. */
const rootTexts: AddKey = (branch, _key, { value, at }) => {
  flatten(branch.branch("texts", "texts", at), value, at);
};

function flatten(into: Branch, value: unknown, at: string): void {
  if (at === "/info/version") return;
  if (typeof value !== "object" || value === null || Array.isArray(value)) into.set(at, value, at);
  else for (const [key, inside] of Object.entries(value)) flatten(into, inside, below(at, key));
}

const root = object("document", {
  info: rootTexts,
  externalDocs: rootTexts,
  "x-documents": rootTexts,
  paths: operations,
  components,
  servers,
  tags: listBy("tags", ({ name }) => name, object("tag")),
  "x-limits": map("limits", object("limit")),
  "x-requestChecks": checks,
  "x-errors": errors,
});

/** The texts of a schema. */
const schemaTexts = new Set(["title", "description", "x-source", "x-bound", "example", "examples"]);

const keywordGroups: Readonly<Record<string, Role>> = {
  "x-bits": "bits",
  "x-appBits": "bitRange",
  "x-errorCodes": "errorCodes",
};

/**
 * Returns a schema as a branch, with `$ref` and `allOf` joined in: a schema that moves to a component, or a field that moves between parts of an `allOf`, changes
 * nothing for a program.
 *
 * @param open The references that lead here, so that a schema that contains itself ends.
 */
function schemaBranch(located: Located, open: readonly string[] = [], branch = new Branch("schema")): Branch {
  const { document, value, at } = located;
  for (const [key, inside] of Object.entries(asObject(value))) {
    const place = below(at, key);
    const inner = (item: unknown, where: string): Branch => schemaBranch({ document, value: item, at: where }, open);
    if (key === "$ref") {
      const reference = String(inside);
      if (open.includes(reference)) branch.set("$ref", reference, place);
      else schemaBranch(followed(located), [...open, reference], branch);
    } else if (key === "allOf") {
      for (const [index, part] of asList(inside).entries())
        schemaBranch({ document, value: part, at: below(place, index) }, open, branch);
    } else if (key === "properties") {
      const properties = branch.branch("properties", "properties", place);
      for (const [name, property] of Object.entries(asObject(inside)))
        properties.set(name, inner(property, below(place, name)), below(place, name));
    } else if (key === "required") {
      const required = branch.branch("required", "required", place);
      for (const name of asList(inside)) required.set(String(name), true, place);
    } else if (key === "oneOf" || key === "anyOf") {
      const members = branch.branch(key, "members", place);
      for (const [index, member] of asList(inside).entries())
        members.set(memberName(asObject(member), index), inner(member, below(place, index)), below(place, index));
    } else if (key === "items") branch.set(key, inner(inside, place), place);
    else if (key in keywordGroups) {
      const group = branch.branch(key, keywordGroups[key]!, place);
      for (const [name, part] of Object.entries(asObject(inside))) group.set(name, part, below(place, name));
    } else if (schemaTexts.has(key)) {
      // A joined schema has several texts of each key: they are counted, so that one can move with what it describes.
      const group = branch.branch("texts", "texts", at);
      const same = [...group.values.keys()].filter((other) => other.startsWith(`${key} `)).length;
      group.set(`${key} ${same}`, inside, place);
    } else {
      // Where joined schemas disagree, both values count; no rule rates the second.
      const known = branch.values.get(key);
      const agrees = known === undefined || isDeepStrictEqual(known, inside);
      branch.set(agrees ? key : `${key} of ${place}`, inside, place);
    }
  }
  return branch;
}

/** Returns the name of the component, or the type. */
function memberName({ $ref, type }: JsonNode, index: number): string {
  if (typeof $ref === "string") return tokensOf($ref).at(-1)!;
  return typeof type === "string" ? type : `${index}`;
}

/**
 * Follows the reference of a value.
 *
 * @throws Error if the document has nothing there: such a document is not a bundle.
 */
function followed(located: Located): Located {
  const { $ref } = asObject(located.value);
  if (typeof $ref !== "string") return located;
  const value = tokensOf($ref).reduce<unknown>((node, token) => Object(node)[token], located.document);
  if (value === undefined) throw new Error(`The description refers to ${$ref}, which is missing.`);
  return { ...located, value, at: $ref.slice(1) };
}

function asObject(value: unknown): JsonNode {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as JsonNode) : {};
}

function asList(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
