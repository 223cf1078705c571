import { operations } from "@contact-groups/openapi/model";
import { expect, test } from "vitest";
import { DocumentError, type Fault } from "../../src/index.ts";
import { emulate } from "../call.ts";

test.each<[object, string, string]>([
  [
    {},
    "",
    "The document must have at least one of conversations, error, status, body, reset, truncate, drip, delayMs.",
  ],
  [{ nth: 1 }, "", "must have at least one of"],
  [{ operation: "get", error: 1 }, "/operation", `must be one of ${Object.keys(operations).join(", ")}, but is "get".`],
  [{ error: "Nothing" }, "/error", 'a name of the error catalogue, such as UserNotImported, but is "Nothing".'],
  [{ error: "toString" }, "/error", "must be a code or a name of the error catalogue"],
  [{ error: 0 }, "/error", "must not be 0"],
  [{ error: 1.5 }, "/error", "must be"],
  [{ errorInfo: "x", delayMs: 1 }, "/errorInfo", "is allowed only with error"],
  [{ contentType: "text/html", status: 502 }, "/contentType", "is allowed only with body"],
  [{ body: "x", contentType: "text/html\r\nX-Evil: 1" }, "/contentType", "must match"],
  [{ error: 1, status: 502 }, "/status", "is not allowed with error"],
  [{ error: 1, body: "x" }, "/body", "is not allowed with error"],
  [{ reset: true, truncate: 1 }, "/truncate", "is not allowed with reset"],
  [{ reset: true, status: 502 }, "/status", "is not allowed with reset"],
  [{ truncate: 1, drip: { bytes: 1, everyMs: 1 } }, "/drip", "is not allowed with truncate"],
  [{ reset: false }, "/reset", "must be true"],
  [{ status: 200 }, "/status", "must be at least 400"],
  [{ status: 600 }, "/status", "must be at most 599"],
  [{ delayMs: -1 }, "/delayMs", "must be at least 0"],
  [{ delayMs: 1e9 }, "/delayMs", "must be at most 600000"],
  [{ drip: { bytes: 0, everyMs: 1 } }, "/drip/bytes", "must be at least 1"],
  [{ error: 1, nth: 0 }, "/nth", "must be at least 1"],
  [{ error: 1, times: 0 }, "/times", "must be at least 1"],
  [{ error: 1, probability: 0 }, "/probability", "must be above 0"],
  [{ error: 1, probability: 1.1 }, "/probability", "must be at most 1"],
  [{ error: 1, when: "later" }, "/when", 'must be "before" or "after"'],
  [{ delayMs: 1, when: "before" }, "/when", "must be after"],
  [{ truncate: 1, when: "before" }, "/when", "must be after"],
  [{ error: 1, nht: 2 }, "/nht", "must not have the field"],
  [
    { operation: "getContactGroup", conversations: [{ error: 1 }] },
    "/operation",
    'must be one of createContactGroup, updateContactGroup, markContact with conversations, because only their responses have a result for each conversation, but is "getContactGroup".',
  ],
  [
    { conversations: [{ error: 1 }], error: 1 },
    "/error",
    "is not allowed with conversations: each of them has an error of its own.",
  ],
  [{ conversations: [{ error: 1 }], status: 502 }, "/status", "is not allowed with conversations"],
  [{ conversations: [{ error: 1 }], body: "x" }, "/body", "is not allowed with conversations"],
  [{ conversations: [{ error: 1 }], errorInfo: "x" }, "/errorInfo", "is allowed only with error"],
  [{ conversations: [{ error: 1 }], when: "before" }, "/when", "Each of conversations has a when of its own."],
  [{ conversations: [{ error: 1 }], when: "after", reset: true }, "/when", "is not allowed with conversations"],
  [{ conversations: [] }, "/conversations", "must have at least 1 item"],
  [{ conversations: { error: 1 } }, "/conversations", "must be an array"],
  [{ conversations: [{}] }, "/conversations/0/error", "is required"],
  [{ conversations: [{ error: 1 }, { error: 0 }] }, "/conversations/1/error", "must not be 0"],
  [{ conversations: [{ error: "Nothing" }] }, "/conversations/0/error", "a name of the error catalogue"],
  [{ conversations: [{ error: 1, index: -1 }] }, "/conversations/0/index", "must be at least 0"],
  [{ conversations: [{ error: 1, nth: 0 }] }, "/conversations/0/nth", "must be at least 1"],
  [{ conversations: [{ error: 1, id: "" }] }, "/conversations/0/id", "must have at least 1 character"],
  [{ conversations: [{ error: 1, probability: 2 }] }, "/conversations/0/probability", "must be at most 1"],
  [{ conversations: [{ error: 1, when: "later" }] }, "/conversations/0/when", 'must be "before" or "after"'],
  [{ conversations: [{ error: 1, To_Account: "x" }] }, "/conversations/0/To_Account", "Its fields can be id, index,"],
])("rejects the fault %j at %j", (fault, pointer, message) => {
  const { faults } = emulate();
  const add = (): unknown => faults.add(fault as Fault);
  expect(add).toThrow(DocumentError);
  expect(add).toThrow(message);
  expect(add).toThrow(expect.objectContaining({ pointer }) as Error);
  expect(faults.list()).toEqual([]);
});

test.each<Fault>([
  { status: 502, body: "no", contentType: "text/plain", truncate: 1, delayMs: 1, when: "after" },
  { error: "UserNotImported", drip: { bytes: 1, everyMs: 1 }, when: "before" },
  { error: -1, errorInfo: "" },
  { reset: true, when: "before", delayMs: 5 },
  { truncate: 0, when: "after" },
])("accepts the fault %j", (fault) => {
  const { faults } = emulate();
  faults.add(fault);
  expect(faults.list()).toEqual([{ ...fault, id: 1, matched: 0, triggered: 0 }]);
});
