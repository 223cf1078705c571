import { edit, json, operation, operationAt, schema, type FixtureEdit } from "./fixture-edit.ts";

const schemas = "/components/schemas";
const page = `${schemas}/GetContactGroupOk/allOf/1/properties`;
const pageOf = (document: any): any => schema(document, "GetContactGroupOk").allOf[1].properties;
const get = "GetContactGroupRequest";

/** Edits of schemas, operations and their examples. */
export const schemaEdits: FixtureEdit[] = [
  edit(
    "a request field added",
    "request-field-added",
    `${schemas}/${get}/properties/Count`,
    (d) => (schema(d, get).properties.Count = { type: "integer" }),
  ),
  edit("a required request field added", "request-field-required", `${schemas}/${get}/required`, (d) => {
    schema(d, get).properties.Count = { type: "integer" };
    schema(d, get).required.push("Count");
  }),
  edit("a request field newly required", "request-field-required", `${schemas}/GroupContactItem/required`, (d) =>
    schema(d, "GroupContactItem").required.push("ContactItem"),
  ),
  edit("a request field no longer required", "request-field-optional", `${schemas}/${get}/required`, (d) =>
    schema(d, get).required.pop(),
  ),
  edit("a request field removed", "field-removed", `${schemas}/${get}/properties/StartIndex`, (d) => {
    delete schema(d, get).properties.StartIndex;
    schema(d, get).required.pop();
  }),
  edit(
    "a response field added",
    "response-field-added",
    `${page}/Total`,
    (d) => (pageOf(d).Total = { type: "integer" }),
  ),
  edit("a response field removed", "field-removed", `${page}/NextStartIndex`, (d) => delete pageOf(d).NextStartIndex),
  edit(
    "a response field newly required",
    "response-field-required",
    `${schemas}/GetContactGroupOk/allOf/1/required`,
    (d) => (schema(d, "GetContactGroupOk").allOf[1].required = ["CompleteFlag"]),
  ),
  edit("a response field no longer required", "response-field-optional", `${schemas}/Failure/required`, (d) =>
    schema(d, "Failure").required.pop(),
  ),
  edit(
    "a request limit lowered",
    "request-limit-lowered",
    `${schemas}/SearchContactGroupRequest/properties/ContactItem/maxItems`,
    (d) => (schema(d, "SearchContactGroupRequest").properties.ContactItem.maxItems -= 1),
  ),
  edit(
    "a request limit raised",
    "request-limit-raised",
    `${schemas}/SearchContactGroupRequest/properties/ContactItem/maxItems`,
    (d) => (schema(d, "SearchContactGroupRequest").properties.ContactItem.maxItems += 1),
  ),
  edit(
    "a request limit removed",
    "request-limit-raised",
    `${schemas}/GroupContactItem/properties/ContactItem/maxItems`,
    (d) => delete schema(d, "GroupContactItem").properties.ContactItem.maxItems,
  ),
  edit(
    "a limit in bytes lowered",
    "request-limit-lowered",
    `${schemas}/GroupName/x-maxBytes`,
    (d) => (schema(d, "GroupName")["x-maxBytes"] -= 1),
  ),
  edit(
    "a limit in bytes raised",
    "request-limit-raised",
    `${schemas}/GroupName/x-maxBytes`,
    (d) => (schema(d, "GroupName")["x-maxBytes"] = 64),
  ),
  edit(
    "a lower bound raised",
    "request-limit-lowered",
    `${schemas}/${get}/properties/StartIndex/minimum`,
    (d) => (schema(d, get).properties.StartIndex.minimum = 1),
  ),
  edit(
    "a lower bound lowered",
    "request-limit-raised",
    `${schemas}/GroupName/minLength`,
    (d) => (schema(d, "GroupName").minLength = 0),
  ),
  edit(
    "the limit of another document changed",
    "response-limit-changed",
    `${schemas}/GroupName/x-maxBytesDisputed`,
    (d) => (schema(d, "GroupName")["x-maxBytesDisputed"] = 48),
  ),
  edit(
    "a limit of a response raised",
    "response-limit-changed",
    `${schemas}/CustomMark/maxLength`,
    (d) => (schema(d, "CustomMark").maxLength = 512),
  ),
  edit(
    "a default added",
    "default-changed",
    `${schemas}/${get}/properties/StartIndex/default`,
    (d) => (schema(d, get).properties.StartIndex.default = 0),
  ),
  edit(
    "a field deprecated",
    "deprecation-changed",
    `${page}/CompleteFlag/deprecated`,
    (d) => (pageOf(d).CompleteFlag.deprecated = true),
  ),
  edit(
    "a pattern changed",
    "pattern-changed",
    `${schemas}/StandardMark/pattern`,
    (d) => (schema(d, "StandardMark").pattern = "^[0-9a-f]*$"),
  ),
  edit(
    "a type changed",
    "type-changed",
    `${schemas}/ConversationGroupId/type`,
    (d) => (schema(d, "ConversationGroupId").type = "string"),
  ),
  edit(
    "a format changed",
    "type-changed",
    `${schemas}/Timestamp/format`,
    (d) => (schema(d, "Timestamp").format = "int32"),
  ),
  edit(
    "a const changed",
    "const-changed",
    `${schemas}/OneToOneConversation/properties/Type/enum`,
    (d) => (schema(d, "OneToOneConversation").properties.Type.enum = [3]),
  ),
  edit(
    "an object closed to unknown request fields",
    "request-closed",
    `${schemas}/RequestConversation/additionalProperties`,
    (d) => (schema(d, "RequestConversation").additionalProperties = false),
  ),
  edit(
    "a request opened to unknown fields",
    "request-opened",
    `${schemas}/${get}/additionalProperties`,
    (d) => delete schema(d, get).additionalProperties,
  ),
  edit(
    "a closed enumeration of a response with one more value",
    "response-value-added",
    `${page}/CompleteFlag/enum`,
    (d) => pageOf(d).CompleteFlag.enum.push(2),
  ),
  edit("a value removed from an enumeration", "value-removed", `${page}/CompleteFlag/enum`, (d) =>
    pageOf(d).CompleteFlag.enum.pop(),
  ),
  edit(
    "a closed enumeration opened",
    "enumeration-opened",
    `${page}/CompleteFlag/enum`,
    (d) => delete pageOf(d).CompleteFlag.enum,
  ),
  edit("an open enumeration closed", "enumeration-closed", `${schemas}/ErrorCode/anyOf/1`, (d) =>
    schema(d, "ErrorCode").anyOf.pop(),
  ),
  edit("another code of a success", "type-changed", `${schemas}/Failure/properties/ErrorCode/not`, (d) =>
    Object.assign(schema(d, "Failure").properties.ErrorCode, { not: { enum: [0] } }),
  ),
  edit("a kind of conversation removed", "value-removed", `${schemas}/Conversation/oneOf/1`, (d) =>
    schema(d, "Conversation").oneOf.pop(),
  ),
  edit(
    "another alternative of a response",
    "response-value-added",
    `${operationAt("get")}/responses/200/content/application~1json/schema/oneOf/2`,
    (d) =>
      json(operation(d, "get").responses[200]).schema.oneOf.push({
        type: "object",
        properties: { Page: { type: "integer" } },
      }),
  ),
  edit(
    "a bit of marks added",
    "bit-added",
    `${schemas}/StandardMark/x-bits/pinned`,
    (d) => (schema(d, "StandardMark")["x-bits"].pinned = 4),
  ),
  edit(
    "a bit of marks renumbered",
    "bit-changed",
    `${schemas}/StandardMark/x-bits/star`,
    (d) => (schema(d, "StandardMark")["x-bits"].star = 5),
  ),
  edit(
    "the app's own bits changed",
    "bit-changed",
    `${schemas}/StandardMark/x-appBits/first`,
    (d) => (schema(d, "StandardMark")["x-appBits"].first = 40),
  ),
  edit(
    "the error code beyond a limit changed",
    "response-code-changed",
    `${schemas}/GroupName/x-errorCodes/maxLength`,
    (d) => (schema(d, "GroupName")["x-errorCodes"].maxLength = 50002),
  ),
  edit(
    "an error code beyond another limit",
    "error-code-of-limit-added",
    `${schemas}/UserId/x-errorCodes/maxLength`,
    (d) => (schema(d, "UserId")["x-errorCodes"] = { maxLength: 50002 }),
  ),
  edit(
    "a component added",
    "component-added",
    `${schemas}/Folder`,
    (d) => (d.components.schemas.Folder = { type: "object" }),
  ),
  edit("a component removed", "component-removed", `${schemas}/RequestId`, (d) => {
    schema(d, "Success").properties.RequestId = schema(d, "RequestId");
    schema(d, "Failure").properties.RequestId = schema(d, "RequestId");
    delete d.components.schemas.RequestId;
  }),
  edit(
    "a text changed",
    "text-changed",
    `${schemas}/GroupName/description`,
    (d) => (schema(d, "GroupName").description = "A name."),
  ),
  edit("a source added", "source-changed", `${schemas}/GroupName/x-source`, (d) =>
    schema(d, "GroupName")["x-source"].push("project"),
  ),
  edit(
    "a keyword without a rule",
    "unrated",
    `${schemas}/CustomMark/contentEncoding`,
    (d) => (schema(d, "CustomMark").contentEncoding = "base64"),
  ),
];
