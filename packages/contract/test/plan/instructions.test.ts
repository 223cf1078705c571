import { expect, test } from "vitest";
import { createContractFetch, InstructionError, type PlannedResponse } from "../../src/index.ts";
import { operations } from "../../src/operations.ts";

const api = createContractFetch();
const commands = operations.map(({ path }) => path.split("/").at(-1));

function rejection(operation: unknown, responses: unknown): InstructionError {
  try {
    api.plan(operation as string, responses as PlannedResponse[]);
  } catch (error) {
    if (error instanceof InstructionError) return error;
    throw error;
  }
  throw new Error("The instruction was accepted.");
}

test.each([
  ["serach_contact_group", 'but is "serach_contact_group". Did you mean "search_contact_group"?'],
  ["nothing", `The operation must be one of ${commands.join(", ")}, but is`],
  [undefined, "but is missing."],
])("rejects the operation %j", (operation, message) => {
  const error = rejection(operation, [{}]);
  expect(error.message).toContain(message);
  expect(error.pointer).toBe("/operation");
});

test.each([
  [
    { error: 51099 },
    "/error",
    "error must be a code or a name of the error catalogue, but is 51099. For a code that is not in it, give the whole body",
  ],
  [{ error: "ServiceTimeuot" }, "/error", 'but is "ServiceTimeuot". Did you mean ServiceTimeout?'],
  [
    { example: "Onlypages" },
    "/example",
    'No example of getContactGroup is called "Onlypages". The examples are OnlyPage,',
  ],
  [{ example: "TwoConversations" }, "/example", "No example of getContactGroup"],
  [{ status: 200 }, "/status", "status must be an integer from 400 to 599, but is 200."],
  [{ status: "502" }, "/status", 'but is "502".'],
  [{ delayMs: -1 }, "/delayMs", "delayMs must be an integer from 0 to 600000, but is -1."],
  [{ truncate: 1.5 }, "/truncate", "truncate must be an integer from 0 to 2147483647 or true, but is 1.5."],
  [{ truncate: true, status: 502 }, "/truncate", "can't be combined with status"],
  [{ truncate: true, reset: true }, "/truncate", "can't be combined with reset"],
  [{ reset: false }, "/reset", "reset must be true, but is false."],
  [
    { error: 50004, example: "OnlyPage" },
    "/example",
    "must have at most one of error, example, body, status, reset, but has error and example.",
  ],
  [{ unchecked: true }, "/unchecked", "unchecked requires a body"],
  [{ errors: 50004 }, "/errors", 'A response has no property "errors". Did you mean error?'],
  [{ colour: 1 }, "/colour", 'A response has no property "colour". The properties are error, example,'],
  [{ headers: { "a b": "c" } }, "/headers", "headers must have valid header names and values"],
  [50004, "", "A response must be an object such as { status: 502 }, but is 50004."],
  [
    { body: { ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", ContactItem: [{ Type: "1" }] } },
    "/body/ContactItem/0/Type",
    "does not match the response schema of getContactGroup: /ContactItem/0/Type must be 1 or 2",
  ],
  [{ body: { ActionStatus: "OK" } }, "/body/ErrorCode", "/ErrorCode is required, but is missing"],
])("rejects the response %j at %j", (response, pointer, message) => {
  const error = rejection("get_contact_group", [{}, response]);
  expect(error.message).toContain(message);
  expect(error.pointer).toBe(`/responses/1${pointer}`);
});

test("plans nothing of a sequence with an invalid response", async () => {
  rejection("get_contact_group", [{ error: 50004 }, { error: 1 }]);
  const response = await api.fetch("/v4/recentcontact/get_contact_group", { method: "POST", body: "{}" });
  expect(await response.text()).not.toContain("50004");
});

test("points at a response that is not in a list", () => {
  expect(rejection("get_contact_group", { status: 1 }).pointer).toBe("/responses/status");
});
