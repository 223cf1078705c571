/** How large a step is, as in changesets. */
export type Bump = "patch" | "minor" | "major";

/**
 * The rows of the table in .changeset/README.md: which edit of the description is which bump and why, who breaks, and what to do. A test compares both tables.
 */
export const bumpTable = {
  text: {
    bump: "patch",
    edit: "a text: `description`, `summary`, `info.md`, `cause`, `fix`, `note`, `SOURCES.md`",
    why: "no program reads it",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  example: {
    bump: "patch",
    edit: "an example added or changed; `x-source` added or changed",
    why: "contract tests that name an example keep working",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  added: {
    bump: "minor",
    edit: "an operation, an optional request field, a response field, a server added",
    why: "old programs do not use it",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  errorAdded: {
    bump: "minor",
    edit: "an error code added; `status` of an entry changed",
    why: "`ErrorCode` is open: readers accept any integer",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do. Programs that act on codes can act on this one too.",
  },
  loosened: {
    bump: "minor",
    edit: "a request limit raised, a request field no longer required",
    why: "every old request is still valid",
    whoBreaks: "Nobody.",
    whatToDo: "Nothing to do.",
  },
  promised: {
    bump: "minor",
    edit: "a limit of a response changed; a response field newly required",
    why: "readers get the same fields and types",
    whoBreaks: "Programs that store the value in a field of exactly the old size.",
    whatToDo: "Compare the new limit with where the value is stored.",
  },
  removed: {
    bump: "major",
    edit: "a field, operation, server, example or error code removed or renamed",
    why: "programs use the name",
    whoBreaks: "Every program and every contract test that uses the name.",
    whatToDo: "Remove the old name, or write the new one in its place.",
  },
  rejected: {
    bump: "major",
    edit: "a request field newly required; a request limit lowered",
    why: "old requests are rejected",
    whoBreaks: "Every program that sends requests that were valid before.",
    whatToDo: "Send what the new description requires, and validate values before they are sent.",
  },
  retyped: {
    bump: "major",
    edit: "a type, format, pattern, unit or `const` changed",
    why: "programs send and read the old one",
    whoBreaks: "Every program that sends or reads the value; typed ones no longer compile.",
    whatToDo: "Send and read the value as the new description defines it.",
  },
  unpromised: {
    bump: "major",
    edit: "a response field no longer required",
    why: "readers rely on its presence",
    whoBreaks: "Every program that reads the field without checking that it is present.",
    whatToDo: "Expect that the field can be absent.",
  },
  advice: {
    bump: "major",
    edit: "`retry`, `retryAfterSeconds` or `category` of an error code changed; `x-effect`, `x-idempotent`, `x-paging`, `x-batch` or `x-itemResults` changed",
    why: "clients act on it automatically",
    whoBreaks: "Every program that relies on automatic retries, or that catches its class of error.",
    whatToDo: "Check what the program does after this error, and which class of error it catches.",
  },
  responseCode: {
    bump: "major",
    edit: "the error code of a limit or a request check changed; a request check added",
    why: "programs and tests expect that code",
    whoBreaks: "Every program or test that expects the old code.",
    whatToDo: "Expect the new code there.",
  },
  closed: {
    bump: "major",
    edit: "an open enumeration closed or a closed one opened; an alternative or a value added to a response or removed",
    why: "a new value would break readers",
    whoBreaks: "Every program that lists the values, and every reader that receives a value it does not list.",
    whatToDo: "Compare the values that the program lists with the new ones, and handle any other value.",
  },
  access: {
    bump: "major",
    edit: "a credential, the host of a region, the first server, the name of an operation or its tag changed",
    why: "settings and generated clients contain it",
    whoBreaks: "Every program, firewall rule and generated client that contains the old value.",
    whatToDo: "Replace the old value where it is set, and generate clients again.",
  },
  unrated: {
    bump: "major",
    edit: "an edit that no rule rates",
    why: "major until a rule says otherwise",
    whoBreaks: "Not known: no rule rates it yet.",
    whatToDo: "Compare the old value with the new one wherever the program relies on it.",
  },
} as const;

/** Every kind of change, with the row of the table that it belongs to. */
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
  "field-renamed": "removed",
  "parameter-removed": "removed",
  "server-removed": "removed",
  "component-removed": "removed",
  "component-renamed": "removed",
  "example-removed": "removed",
  "example-renamed": "removed",
  "content-type-removed": "removed",
  "response-removed": "removed",
  "limit-removed": "removed",
  "limit-renamed": "removed",
  "bit-changed": "removed",
  "error-removed": "removed",
  "error-renumbered": "removed",
  "error-renamed": "removed",
  "error-moved": "removed",
  "error-not-raised-by-operation": "removed",

  "request-field-required": "rejected",
  "request-limit-lowered": "rejected",
  "request-closed": "rejected",
  "pattern-changed": "retyped",
  "type-changed": "retyped",
  "const-changed": "retyped",
  "limit-lowered": "rejected",
  "limit-unit-changed": "retyped",
  "rate-lowered": "rejected",

  "response-field-optional": "unpromised",

  "retry-changed": "advice",
  "category-changed": "advice",
  "pause-changed": "advice",
  "effect-changed": "advice",
  "reading-changed": "advice",

  "response-code-changed": "responseCode",
  "check-added": "responseCode",

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
export type ChangeKind = keyof typeof kinds;
