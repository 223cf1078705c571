import { expect, test } from "vitest";
import { createContractFetch, InstructionError, type PlannedResponse } from "../../src/index.ts";
import { operations } from "../../src/operations.ts";

const api = createContractFetch();
const commands = operations.map(({ path }) => path.split("/").at(-1));

function rejection(operation: unknown, responses: unknown, options?: object): InstructionError {
  try {
    api.plan(operation as string, responses as PlannedResponse[], options);
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
  [{ headers: { "Transfer-Encoding": "chunked" } }, "/headers", "headers must not have Transfer-Encoding"],
  [{ headers: [["a", "b"]] }, "/headers", "headers must have valid header names and values"],
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

test.each([
  ["/responses", [], {}, "responses must have at least one response"],
  ["/times", {}, { times: 0 }, 'times must be an integer from 1 to 1000 or "always", but is 0.'],
  ["/times", {}, { times: 1.5 }, "but is 1.5."],
  ["/times", {}, { times: "allways" }, 'but is "allways".'],
  ["/time", {}, { time: 2 }, 'plan has no option "time". Did you mean times?'],
  ["/when", {}, { when: 1 }, "when must be an object such as { body: { … } }, or a function, but is 1."],
  ["/when/bdy", {}, { when: { bdy: {} } }, 'when has no "bdy". Did you mean body?'],
  ["/when/body", {}, { when: { body: [] } }, "body must be an object, but is an array of 0 items."],
  [
    "/when/body/StartIdnex",
    {},
    { when: { body: { StartIdnex: 0 } } },
    '/body of a request of getContactGroup has no "StartIdnex". Did you mean StartIndex?',
  ],
  [
    "/when/body/GroupName",
    {},
    { when: { body: { GroupName: "a" } } },
    'has no "GroupName". The names are From_Account, StartIndex.',
  ],
  ["/when/body/StartIndex/a", {}, { when: { body: { StartIndex: { a: 1 } } } }, 'has no "a". It has no names.'],
  [
    "/when/query/identifer",
    {},
    { when: { query: { identifer: "a" } } },
    'has no "identifer". Did you mean identifier?',
  ],
  ["/when/query/random", {}, { when: { query: { random: [] } } }, "random must be a string or a number"],
])("rejects at %j the plan of %j with the options %j", (pointer, responses, options, message) => {
  const error = rejection("get_contact_group", responses, options);
  expect(error.message).toContain(message);
  expect(error.pointer).toBe(pointer);
});

test.each([
  ["create_contact_group", { GroupContactItem: [{ ContactItem: [{ ToAccount: "a" }] }] }],
  ["update_contact_group", { UpdateGroup: { ContactUpdateItem: [{ ContactItem: { To_Acount: "a" } }] } }],
])("rejects a misspelt field of %s in a list, at its pointer", (operation, body) => {
  const error = rejection(operation, {}, { when: { body } });
  expect(error.message).toContain("Did you mean To_Account?");
  expect(error.pointer).toMatch(/\/0(\/ContactItem\/0\/ToAccount|\/ContactItem\/To_Acount)$/);
});

test("points at a response that is not in a list", () => {
  expect(rejection("get_contact_group", { status: 1 }).pointer).toBe("/responses/status");
});
