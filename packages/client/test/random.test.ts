import { expect, test } from "vitest";
import { createClient } from "../src/index.ts";
import { createRandom } from "../src/create-client.ts";
import { drawn } from "./no-randomness.ts";
import { respondWith, okBody, rejection } from "./respond.ts";

test("returns each number once, and gets more when they are used up", () => {
  let next = 0;
  const random = createRandom((numbers) => void numbers.forEach((_, index) => (numbers[index] = next++)));
  expect(Array.from({ length: 200 }, random)).toEqual(Array.from({ length: 200 }, (_, index) => index));
});

test("a client without the option random cannot make a call in a unit test", async () => {
  const credentials = { sdkAppId: 1400000000, identifier: "administrator", userSig: "any-text-of-tests" };
  const client = createClient({ ...credentials, baseUrl: "http://service.test", fetch: respondWith(okBody) });
  const error = await rejection(client.getContactGroup({ From_Account: "user15", StartIndex: 0 }));
  expect(error).toMatchObject({ message: expect.stringContaining("getRandomValues was called in a unit test") });
  expect(drawn.splice(0)).toEqual([expect.stringContaining("/src/create-client.ts")]);
});
