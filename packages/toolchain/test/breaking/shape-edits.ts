import { edit, json, operation, operationAt, schema, type FixtureEdit } from "./fixture-edit.ts";

const schemas = "/components/schemas";
const search = operationAt("search");
const groups = `${schemas}/GetContactGroupOk/allOf/1/properties/GroupItem`;

/** Edits that give or take a whole part: a schema, a body, an enumeration, the variables of a server. */
export const shapeEdits: FixtureEdit[] = [
  edit(
    "the items of a list without a schema",
    "type-changed",
    `${groups}/items`,
    (d) => delete schema(d, "GetContactGroupOk").allOf[1].properties.GroupItem.items,
  ),
  edit(
    "alternatives removed",
    "type-changed",
    `${schemas}/Conversation/oneOf`,
    (d) => delete schema(d, "Conversation").oneOf,
  ),
  edit(
    "alternatives where there were none",
    "type-changed",
    `${schemas}/RequestId/anyOf`,
    (d) => (schema(d, "RequestId").anyOf = [{ type: "string" }]),
  ),
  edit(
    "no bits for the app",
    "bit-changed",
    `${schemas}/StandardMark/x-appBits`,
    (d) => delete schema(d, "StandardMark")["x-appBits"],
  ),
  edit(
    "a pattern of a response added",
    "response-limit-changed",
    `${schemas}/CustomMark/pattern`,
    (d) => (schema(d, "CustomMark").pattern = "^.*$"),
  ),
  edit(
    "a text that can only be one of a list",
    "enumeration-closed",
    `${schemas}/ErrorDisplay/enum`,
    (d) => (schema(d, "ErrorDisplay").enum = ["", "busy"]),
  ),
  edit(
    "a response closed to unknown fields",
    "response-limit-changed",
    `${schemas}/Failure/additionalProperties`,
    (d) => (schema(d, "Failure").additionalProperties = false),
  ),
  edit(
    "a body without a schema",
    "type-changed",
    `${search}/requestBody/content/application~1json/schema`,
    (d) => delete json(operation(d, "search").requestBody).schema,
  ),
  edit(
    "an optional body",
    "request-field-optional",
    `${search}/requestBody/required`,
    (d) => delete operation(d, "search").requestBody.required,
  ),
  edit(
    "a body without content",
    "type-changed",
    `${search}/requestBody/content`,
    (d) => delete operation(d, "search").requestBody.content,
  ),
  edit(
    "an operation without a body",
    "field-removed",
    `${search}/requestBody`,
    (d) => delete operation(d, "search").requestBody,
  ),
  edit(
    "a parameter without a schema",
    "type-changed",
    "/components/parameters/Random/schema",
    (d) => delete d.components.parameters.Random.schema,
  ),
  edit(
    "the credentials of all operations changed",
    "credential-changed",
    "/security",
    (d) => (d.security = [{ usersig: [] }]),
  ),
  edit("a tag added", "component-added", "/tags/1", (d) => d.tags.push({ name: "Marks" })),
  edit(
    "a backup host added",
    "server-added",
    "/servers/8/x-backupUrl",
    (d) => (d.servers[8]["x-backupUrl"] = "https://example.com"),
  ),
  edit("the source of a server changed", "source-changed", "/servers/1/x-source", (d) =>
    d.servers[1]["x-source"].push("project"),
  ),
  edit(
    "a variable of a server removed",
    "server-host-changed",
    "/servers/8/variables/scheme",
    (d) => delete d.servers[8].variables.scheme,
  ),
  edit(
    "a key of a variable without a rule",
    "unrated",
    "/servers/8/variables/host/pattern",
    (d) => (d.servers[8].variables.host.pattern = ".*"),
  ),
  edit("the source of a limit changed", "source-changed", "/x-limits/groupsPerUser/x-source", (d) =>
    d["x-limits"].groupsPerUser["x-source"].pop(),
  ),
];
