import { beforeEach, expect, test } from "vitest";
import { type ContractViolationError, createContractFetch } from "../../src/index.ts";
import { fetchJson } from "../send.ts";

let api: ReturnType<typeof createContractFetch>;
beforeEach(() => void (api = createContractFetch()));

const messages = (): string[] => api.violations().map(({ message }) => message);

test("reports a planned response that no request used", async () => {
  api.plan("search_contact_group", { error: 51007 });
  await fetchJson(api, "getContactGroup");
  expect(api.violations()).toEqual([
    {
      side: "request",
      rule: "unused-plan",
      call: 0,
      operation: "searchContactGroup",
      in: "sequence",
      pointer: "",
      message:
        'A plan for searchContactGroup was not used up: 0 of its 1 response was used. The next response is {"error":51007}',
      fix: "Send the requests that the plan is for, or delete the plan.",
      docs: expect.stringMatching(/^https:/),
    },
  ]);
  expect(() => api.assertValid()).toThrow("[unused-plan]");
  api.assertValid({ ignore: ["unused-plan"] });
});

test("reports what is left of a list, until it is used", async () => {
  api.plan("get_contact_group", [{ error: 50004 }, {}], { times: 2 });
  await fetchJson(api, "getContactGroup");
  await fetchJson(api, "getContactGroup");
  await fetchJson(api, "getContactGroup");
  expect(messages()).toEqual([
    "A plan for getContactGroup was not used up: 3 of its 4 responses were used. The next response is {}",
  ]);
  await fetchJson(api, "getContactGroup");
  expect(messages()).toEqual([]);
});

test("reports a plan for always only if no request used it", async () => {
  const when = { body: { From_Account: "nobody" } };
  api.plan("get_contact_group", { error: 50004 }, { times: "always", when });
  await fetchJson(api, "getContactGroup");
  expect(messages()).toEqual([
    'A plan for getContactGroup when {"body":{"From_Account":"nobody"}} was not used up: no request used it. The next response is {"error":50004}',
  ]);
  await fetchJson(api, "getContactGroup", { body: { From_Account: "nobody", StartIndex: 0 } });
  expect(messages()).toEqual([]);
});

test("says which start an unused page is for", async () => {
  api.plan("get_contact_group", [{ example: "FirstOfTwoPages" }, { example: "LastOfTwoPages" }]);
  await fetchJson(api, "getContactGroup");
  expect(messages().at(-1)).toContain('The next response is {"example":"LastOfTwoPages"}, only for StartIndex 37');
});

test("without a call, the verdict is that nothing ran", () => {
  api.plan("get_contact_group", {});
  const error = thrownBy(() => api.assertValid());
  expect(error.outcome).toBe("notRun");
});

test("reset keeps unused plans for the verdict since the start", async () => {
  api.plan("get_contact_group", { error: 50004 });
  api.reset();
  await fetchJson(api, "getContactGroup");
  api.assertValid();
  expect(thrownBy(() => api.assertValid({ sinceStart: true })).violations).toMatchObject([{ rule: "unused-plan" }]);
  api.assertValid({ sinceStart: true, ignore: ["unused-plan"] });
});

test("a Prefer header uses no plan", async () => {
  api.plan("get_contact_group", { error: 50004 });
  await fetchJson(api, "getContactGroup", { headers: { Prefer: "error=50004" } });
  expect(messages()).toHaveLength(1);
});

function thrownBy(run: () => void): ContractViolationError {
  try {
    run();
  } catch (error) {
    return error as ContractViolationError;
  }
  throw new Error("Nothing was thrown.");
}
