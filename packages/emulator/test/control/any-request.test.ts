import { partsOf } from "../../src/create-emulator.ts";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { controlBase, controlRoutes } from "../../src/generated/control.ts";
import { emulate } from "../call.ts";

const segment = fc.oneof(
  fc.string({ maxLength: 12 }),
  fc.constantFrom("1", "1400000000", "ann", "full-user", "%zz", "%2F", "..", "{id}"),
);
const path = fc.oneof(
  fc.constantFrom(...Object.values(controlRoutes).map((route) => route.path), "/apps", "/apps/1400000000"),
  fc.array(segment, { maxLength: 3 }).map((segments) => `/${segments.join("/")}`),
);
const query = fc.oneof(
  fc.constant(""),
  fc.string({ maxLength: 20 }).map((text) => `?${text}`),
  fc.constantFrom("?since=1", "?sdkAppId=1400000000", "?sdkAppId=9"),
);
const leaf = fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constantFrom("ann", "createContactGroup", 1, -1, 1e300));
const body = fc.oneof(
  fc.string({ maxLength: 20 }),
  fc.json({ maxDepth: 3 }),
  fc
    .dictionary(
      fc.constantFrom(
        "apps",
        "accounts",
        "users",
        "now",
        "advanceMs",
        "error",
        "nth",
        "drip",
        "Type",
        "sdkAppId",
        "settings",
        "pageSize",
      ),
      leaf,
    )
    .map((value) => JSON.stringify(value)),
  fc.constantFrom("{}", '{"sdkAppId":1400000000}', '{"error":1}'),
  fc.constantFrom({ unreadable: "too large" } as const, { unreadable: "not UTF-8" } as const),
);

test("responds to any request with JSON, or nothing, and never with an internal error", async () => {
  const emulator = emulate();
  const seen = new Set<number>();
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom("GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", ""),
      path,
      query,
      body,
      async (method, at, given, content) => {
        const target = `${controlBase}${at}${given}`;
        const response = await partsOf(emulator).control.respond({
          method,
          target,
          body: content,
          contentType: "application/json",
        });
        seen.add(response?.status ?? 0);
        expect(response?.status).toBeLessThan(500);
        if (response?.status !== 204) expect(JSON.parse(String(response?.body))).toBeTypeOf("object");
      },
    ),
    { numRuns: 5000, seed: 1 },
  );
  expect([...seen].toSorted((a, b) => a - b)).toEqual([200, 201, 204, 400, 404, 405, 409, 413, 422]);
});
