import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { ContactGroupsError } from "../src/errors.ts";
import { collect, conversations, iterateContactGroup, ok, pagesOf, sendTo } from "./service.ts";

const body = { From_Account: "user15" };

describe("any pages", () => {
  it("contain the same conversations as one page with all of them", async () => {
    const splits = fc.array(fc.nat({ max: 5 }), { minLength: 1, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(splits, async (sizes) => {
        const all = conversations(sizes.reduce((sum, size) => sum + size, 0));
        let start = 0;
        const pages = sizes.map((size) => ({ ContactItem: all.slice(start, (start += size)) }));
        const items = await iterateContactGroup(pagesOf(...pages), body).toArray();
        expect(items).toEqual(all.map((item) => ({ ...item, groups: [] })));
      }),
    );
  });

  it("end, or throw a typed error, with any fields", async () => {
    const page = fc.record(
      { ContactItem: list(), GroupItem: list(), CompleteFlag: fc.jsonValue(), NextStartIndex: fc.jsonValue() },
      { requiredKeys: [] },
    );
    await fc.assert(
      fc.asyncProperty(fc.array(page, { minLength: 1, maxLength: 5 }), async (pages) => {
        const send = sendTo((_, index) => ({ ...ok, ...(pages[index] ?? { CompleteFlag: 1 }) }));
        const error = await collect(iterateContactGroup(send, body)).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        expect(error === undefined || error instanceof ContactGroupsError).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
});

function list(): fc.Arbitrary<unknown> {
  return fc.oneof(
    fc.jsonValue(),
    fc.array(
      fc.record(
        { GroupId: fc.jsonValue(), GroupName: fc.jsonValue(), ContactGroupId: fc.jsonValue() },
        { requiredKeys: [] },
      ),
    ),
  );
}
