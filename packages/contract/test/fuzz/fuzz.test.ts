import { expect, test } from "vitest";
import { fuzz } from "./run.ts";

test("every form has the same response, violations and verdict for a request, and Prism accepts each response", async () => {
  const { requests, accepted, sent, compared, validated, differences } = await fuzz(400, 2);
  expect(differences).toEqual([]);
  expect(requests).toBe(400);
  expect(accepted).toBeGreaterThan(40);
  expect(Math.min(...Object.values(sent))).toBeGreaterThan(300);
  expect(compared).toBeGreaterThan(1000);
  expect(validated).toBeGreaterThan(1200);
});
