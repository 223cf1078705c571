/** Scenarios of the fields next to the code. The overview says that every response has them; the REST client for Java requires none. */
import { type OperationId, operations, requestChecks as checks, responseFields } from "@contact-groups/openapi/model";
import { absent, not } from "../matching.ts";
import { fresh, imported, scenario, type Scenario } from "../scenario.ts";
import { page, search, to } from "./bodies.ts";

const everyOperation = Object.keys(operations) as OperationId[];

/** Returns the fields of the operation's successful responses which are not those of every response. */
function dataOf(operation: OperationId): readonly string[] {
  const { fields } = responseFields[operation].alternatives.find(({ value }) => value === 0) ?? { fields: {} };
  const others = responseFields[operation].alternatives.filter(({ value }) => value !== 0);
  return Object.keys(fields).filter((name) => others.every((one) => !(name in one.fields)));
}

export const envelopes: readonly Scenario[] = [
  scenario({
    id: "failure-has-no-data",
    title: "A failure has none of the fields of a success",
    group: "invalid",
    operations: everyOperation,
    reason: "A caller that reads the data before the code would take a failure for an empty or an old result.",
    sources: ["project"],
    async run(t) {
      for (const operation of everyOperation) {
        const data = Object.fromEntries(dataOf(operation).map((name) => [name, absent]));
        await t.send(operation, { body: {} }, { ...data, ErrorCode: checks.body.error });
      }
    },
  }),
  scenario({
    id: "failure-has-status-and-text",
    title: "A failure has the ActionStatus FAIL, and an ErrorInfo next to its code",
    group: "invalid",
    disputed: true,
    operations: everyOperation,
    reason:
      "The overview says that every response has them; a caller shows or logs the text to find out what is wrong.",
    sources: ["overview-2025", "rest-sdk-java-1.0.7"],
    async run(t) {
      const expected = { ActionStatus: not("OK"), ErrorCode: checks.body.error, ErrorInfo: not(undefined) };
      for (const operation of everyOperation) await t.send(operation, { body: {} }, expected);
    },
  }),
  scenario({
    id: "success-has-status-and-text",
    title: "A success has the ActionStatus OK, and an empty ErrorInfo",
    group: "valid",
    disputed: true,
    needs: { users: { owner: fresh, bob: imported } },
    operations: ["getContactGroup", "searchContactGroup"],
    reason:
      "The overview says that every response has them; a client that compares ActionStatus with OK would see a failure.",
    sources: ["overview-2025", "rest-sdk-java-1.0.7"],
    async run(t, { owner, bob }) {
      const expected = { ActionStatus: "OK", ErrorInfo: "" } as const;
      await t.call("getContactGroup", page(owner), expected);
      await t.call("searchContactGroup", search(owner, [to(bob)]), expected);
    },
  }),
];
