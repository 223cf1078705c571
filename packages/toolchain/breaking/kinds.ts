/** Every kind of change that the rules tell apart, by the row of the table that rates it. */
export const kinds = {
  "text-changed": "text",
  "example-added": "example",
  "example-changed": "example",
  "source-changed": "example",

  "operation-added": "added",
  "request-field-added": "added",
  "parameter-added": "added",
  "response-field-added": "added",
  "server-added": "added",
  "component-added": "added",
  "content-type-added": "added",
  "response-added": "added",
  "bit-added": "added",
  "error-code-of-limit-added": "added",

  "error-added": "errorAdded",
  "error-status-changed": "errorAdded",
  "error-raised-by-operation": "errorAdded",
  "server-status-changed": "errorAdded",

  "request-limit-raised": "loosened",
  "request-field-optional": "loosened",
  "request-value-added": "loosened",
  "request-opened": "loosened",
  "limit-raised": "loosened",
  "rate-raised": "loosened",
  "check-removed": "loosened",
  "check-order-changed": "loosened",

  "response-limit-changed": "promised",
  "response-field-required": "promised",
  "default-changed": "promised",
  "deprecation-changed": "promised",

  "operation-removed": "removed",
  "field-removed": "removed",
  "parameter-removed": "removed",
  "server-removed": "removed",
  "component-removed": "removed",
  "example-removed": "removed",
  "content-type-removed": "removed",
  "response-removed": "removed",
  "limit-removed": "removed",
  "bit-changed": "removed",
  "error-removed": "removed",
  "error-renumbered": "removed",
  "error-renamed": "removed",
  "error-moved": "removed",
  "error-not-raised-by-operation": "removed",

  "request-field-required": "refused",
  "request-limit-lowered": "refused",
  "request-closed": "refused",
  "pattern-changed": "retyped",
  "type-changed": "retyped",
  "const-changed": "retyped",
  "limit-lowered": "refused",
  "limit-unit-changed": "retyped",
  "rate-lowered": "refused",

  "response-field-optional": "unpromised",

  "retry-changed": "advice",
  "category-changed": "advice",
  "pause-changed": "advice",
  "effect-changed": "advice",
  "reading-changed": "advice",

  "answered-code-changed": "answered",
  "check-added": "answered",

  "enumeration-closed": "closed",
  "enumeration-opened": "closed",
  "response-value-added": "closed",
  "value-removed": "closed",

  "credential-changed": "access",
  "server-host-changed": "access",
  "first-server-changed": "access",
  "operation-renamed": "access",
  "tag-changed": "access",
  "dialect-changed": "access",

  unrated: "unrated",
} as const;

/** The name of a kind of change. */
export type Kind = keyof typeof kinds;
