import { edit, type FixtureEdit } from "./fixture-edit.ts";

const at = "/x-errors/private";
const first = (document: any): any => document["x-errors"].private[0];

/** Edits of the error catalogue, the limits, the checks and the servers. */
export const catalogueEdits: FixtureEdit[] = [
  edit("an error code added", "error-added", `${at}/13`, (d) =>
    d["x-errors"].private.push({ ...first(d), code: 51099, name: "NewFailure" }),
  ),
  edit("an error code removed", "error-removed", `${at}/12`, (d) => d["x-errors"].private.pop()),
  edit("an error code removed from the middle", "error-removed", `${at}/0`, (d) => d["x-errors"].private.shift()),
  edit("an error code renumbered", "error-renumbered", `${at}/0`, (d) => (first(d).code = 51099)),
  edit("an error code renamed", "error-renamed", `${at}/0/name`, (d) => (first(d).name = "UserUnknown")),
  edit("an error code of another origin", "error-moved", "/x-errors/gateway/0", (d) =>
    d["x-errors"].gateway.unshift(d["x-errors"].private.shift()),
  ),
  edit("retry advice changed", "retry-changed", `${at}/0/retry`, (d) => (first(d).retry = "backoff")),
  edit("a category changed", "category-changed", `${at}/0/category`, (d) => (first(d).category = "application")),
  edit(
    "a pause before a retry added",
    "pause-changed",
    `${at}/0/retryAfterSeconds`,
    (d) => (first(d).retryAfterSeconds = 60),
  ),
  edit("the status of a code changed", "error-status-changed", `${at}/0/status`, (d) => (first(d).status = "legacy")),
  edit("a code of another operation too", "error-raised-by-operation", `${at}/5/operations`, (d) =>
    d["x-errors"].private[5].operations.push("getContactGroup"),
  ),
  edit("a code that is no longer of an operation", "error-not-raised-by-operation", `${at}/0/operations`, (d) =>
    first(d).operations.pop(),
  ),
  edit("the message of a code changed", "text-changed", `${at}/0/message`, (d) => (first(d).message = "No such user.")),
  edit("the title of a code changed", "text-changed", `${at}/0/title`, (d) => (first(d).title = "Unknown user")),
  edit("a hint added", "text-changed", `${at}/0/hint`, (d) => (first(d).hint = "Import the user.")),
  edit("the source of a code changed", "source-changed", `${at}/0/source`, (d) => first(d).source.pop()),
  edit("a key without a rule", "unrated", `${at}/0/severity`, (d) => (first(d).severity = "high")),
  edit(
    "a limit lowered",
    "limit-lowered",
    "/x-limits/groupsPerUser/maximum",
    (d) => (d["x-limits"].groupsPerUser.maximum = 10),
  ),
  edit(
    "a limit raised",
    "limit-raised",
    "/x-limits/groupsPerUser/maximum",
    (d) => (d["x-limits"].groupsPerUser.maximum = 30),
  ),
  edit(
    "a limit added",
    "limit-lowered",
    "/x-limits/groupsPerApp",
    (d) => (d["x-limits"].groupsPerApp = d["x-limits"].groupsPerUser),
  ),
  edit("a limit removed", "limit-removed", "/x-limits/groupsPerUser", (d) => delete d["x-limits"].groupsPerUser),
  edit(
    "a limit in another unit",
    "limit-unit-changed",
    "/x-limits/serviceTimeout/unit",
    (d) => (d["x-limits"].serviceTimeout.unit = "minutes"),
  ),
  edit(
    "another code beyond a limit",
    "response-code-changed",
    "/x-limits/groupsPerUser/error",
    (d) => (d["x-limits"].groupsPerUser.error = 51008),
  ),
  edit("a check added", "check-added", "/x-requestChecks/0", (d) =>
    d["x-requestChecks"].unshift({ check: "referer", description: "It is there.", error: 60009 }),
  ),
  edit("a check removed", "check-removed", "/x-requestChecks/0", (d) => d["x-requestChecks"].shift()),
  edit(
    "the checks in another order",
    "check-order-changed",
    "/x-requestChecks",
    (d) => (d["x-requestChecks"] = d["x-requestChecks"].toReversed()),
  ),
  edit(
    "another error code of a request check",
    "response-code-changed",
    "/x-requestChecks/0/error",
    (d) => (d["x-requestChecks"][0].error = 60003),
  ),
  edit("a server added", "server-added", "/servers/9", (d) =>
    d.servers.push({ url: "https://example.com", "x-region": "paris" }),
  ),
  edit("a server removed", "server-removed", "/servers/1", (d) => d.servers.splice(1, 1)),
  edit(
    "the host of a region changed",
    "server-host-changed",
    "/servers/1/url",
    (d) => (d.servers[1].url = "https://example.com"),
  ),
  edit(
    "a backup host removed",
    "server-host-changed",
    "/servers/1/x-backupUrl",
    (d) => delete d.servers[1]["x-backupUrl"],
  ),
  edit("another server first", "first-server-changed", "/servers", (d) => d.servers.push(d.servers.shift())),
  edit(
    "the status of a server changed",
    "server-status-changed",
    "/servers/1/x-status",
    (d) => (d.servers[1]["x-status"] = "legacy"),
  ),
  edit(
    "a text of a server changed",
    "text-changed",
    "/servers/1/description",
    (d) => (d.servers[1].description = "SG"),
  ),
  edit(
    "the default of a server's variable changed",
    "default-changed",
    "/servers/8/variables/scheme/default",
    (d) => (d.servers[8].variables.scheme.default = "https"),
  ),
  edit("a scheme removed", "value-removed", "/servers/8/variables/scheme/enum", (d) =>
    d.servers[8].variables.scheme.enum.pop(),
  ),
  edit("another version of OpenAPI", "dialect-changed", "/openapi", (d) => (d.openapi = "3.2.0")),
  edit("info.md changed", "text-changed", "/info/description", (d) => (d.info.description = "Groups.")),
  edit(
    "the date of a document changed",
    "source-changed",
    "/x-documents/project/date",
    (d) => (d["x-documents"].project.date = "2026-11-22"),
  ),
];
