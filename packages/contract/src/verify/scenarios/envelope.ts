/** Scenarios of the fields next to the code. The overview says that every response has them; the REST client for Java requires none. */
import { type OperationId, operations, requestChecks as checks } from "@contact-groups/openapi/model";
import { not } from "../matching.ts";
import { fresh, imported, scenario, type Scenario } from "../scenario.ts";
import { page, search, to } from "./bodies.ts";

const everyOperation = Object.keys(operations) as OperationId[];

export const envelopes: readonly Scenario[] = [
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
