import { edit, json, operation, operationAt, type FixtureEdit } from "./fixture-edit.ts";

const get = operationAt("get");
const parameters = "/components/parameters";

/** Edits of operations, parameters, credentials and examples. */
export const operationEdits: FixtureEdit[] = [
  edit(
    "an operation added",
    "operation-added",
    "/paths/~1v4~1recentcontact~1pin_contact_group/post",
    (d) =>
      (d.paths["/v4/recentcontact/pin_contact_group"] = { post: { operationId: "pinContactGroup", responses: {} } }),
  ),
  edit("an operation removed", "operation-removed", get, (d) => delete d.paths["/v4/recentcontact/get_contact_group"]),
  edit(
    "an operation renamed",
    "operation-renamed",
    `${get}/operationId`,
    (d) => (operation(d, "get").operationId = "pullContactGroup"),
  ),
  edit(
    "an operation deprecated",
    "deprecation-changed",
    `${get}/deprecated`,
    (d) => (operation(d, "get").deprecated = true),
  ),
  edit("an operation under another tag", "tag-changed", `${get}/tags`, (d) => (operation(d, "get").tags = ["Groups"])),
  edit(
    "a tag renamed for readers",
    "text-changed",
    "/tags/0/x-displayName",
    (d) => (d.tags[0]["x-displayName"] = "Groups"),
  ),
  edit(
    "the summary of an operation changed",
    "text-changed",
    `${get}/summary`,
    (d) => (operation(d, "get").summary = "Pull the groups"),
  ),
  edit(
    "an operation whose effect changed",
    "effect-changed",
    `${get}/x-effect`,
    (d) => (operation(d, "get")["x-effect"] = "change"),
  ),
  edit(
    "an operation that is no longer idempotent",
    "effect-changed",
    `${get}/x-idempotent/value`,
    (d) => (operation(d, "get")["x-idempotent"].value = false),
  ),
  edit(
    "why an operation is idempotent",
    "text-changed",
    `${get}/x-idempotent/description`,
    (d) => (operation(d, "get")["x-idempotent"].description = "It writes nothing."),
  ),
  edit(
    "pages that are no longer declared",
    "reading-changed",
    `${get}/x-paging`,
    (d) => delete operation(d, "get")["x-paging"],
  ),
  edit(
    "fewer calls per second",
    "rate-lowered",
    `${get}/x-rateLimit/calls`,
    (d) => (operation(d, "get")["x-rateLimit"].calls = 100),
  ),
  edit(
    "more calls per second",
    "rate-raised",
    `${get}/x-rateLimit/calls`,
    (d) => (operation(d, "get")["x-rateLimit"].calls = 300),
  ),
  edit("a rate limit removed", "rate-raised", `${get}/x-rateLimit`, (d) => delete operation(d, "get")["x-rateLimit"]),
  edit(
    "another code beyond the rate limit",
    "response-code-changed",
    `${get}/x-rateLimit/error`,
    (d) => (operation(d, "get")["x-rateLimit"].error = 60018),
  ),
  edit("an optional parameter added", "parameter-added", `${get}/parameters/2`, (d) =>
    operation(d, "get").parameters.push({ name: "trace", in: "query", schema: { type: "string" } }),
  ),
  edit("a required parameter added", "request-field-required", `${get}/parameters/2`, (d) =>
    operation(d, "get").parameters.push({ name: "trace", in: "query", required: true, schema: { type: "string" } }),
  ),
  edit("a parameter removed", "parameter-removed", `${parameters}/ContentType`, (d) =>
    ["create", "get", "search"].map((name) => operation(d, name).parameters.pop()),
  ),
  edit(
    "a parameter no longer required",
    "request-field-optional",
    `${parameters}/Random/required`,
    (d) => delete d.components.parameters.Random.required,
  ),
  edit(
    "a narrower parameter",
    "request-limit-lowered",
    `${parameters}/Random/schema/maximum`,
    (d) => (d.components.parameters.Random.schema.maximum = 99),
  ),
  edit(
    "a parameter without its pattern",
    "request-limit-raised",
    "/components/securitySchemes/sdkappid/x-schema/pattern",
    (d) => delete d.components.securitySchemes.sdkappid["x-schema"].pattern,
  ),
  edit(
    "a request value of another kind",
    "request-value-added",
    "/components/schemas/RequestConversation/oneOf/0",
    (d) => (d.components.schemas.RequestConversation.oneOf = [{ type: "string" }]),
  ),
  edit(
    "a credential renamed",
    "credential-changed",
    "/components/securitySchemes/identifier/name",
    (d) => (d.components.securitySchemes.identifier.name = "admin"),
  ),
  edit(
    "a credential added",
    "credential-changed",
    "/components/securitySchemes/key",
    (d) => (d.components.securitySchemes.key = { type: "apiKey", in: "header", name: "key" }),
  ),
  edit(
    "an operation without credentials",
    "credential-changed",
    `${get}/security`,
    (d) => (operation(d, "get").security = []),
  ),
  edit(
    "another content type",
    "content-type-added",
    `${get}/requestBody/content/text~1plain`,
    (d) => (operation(d, "get").requestBody.content["text/plain"] = {}),
  ),
  edit(
    "a content type removed",
    "content-type-removed",
    `${get}/requestBody/content/application~1json`,
    (d) => delete operation(d, "get").requestBody.content["application/json"],
  ),
  edit(
    "another response",
    "response-added",
    `${get}/responses/502`,
    (d) => (operation(d, "get").responses[502] = { description: "Bad gateway." }),
  ),
  edit(
    "a response removed",
    "response-removed",
    `${get}/responses/200`,
    (d) => delete operation(d, "get").responses[200],
  ),
  edit(
    "an example added",
    "example-added",
    `${get}/requestBody/content/application~1json/examples/Middle`,
    (d) => (json(operation(d, "get").requestBody).examples.Middle = { value: {} }),
  ),
  edit(
    "an example changed",
    "example-changed",
    "/components/examples/GetOnlyPageRequest",
    (d) => (d.components.examples.GetOnlyPageRequest.value.StartIndex = 1),
  ),
  edit(
    "an example removed",
    "example-removed",
    "/components/examples/GetOnlyPageRequest",
    (d) => delete json(operation(d, "get").requestBody).examples.OnlyPage,
  ),
];
