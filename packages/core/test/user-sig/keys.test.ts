import { expect, test } from "vitest";
import { keyOf } from "../../src/user-sig/sign.ts";

test("a key is imported once", async () => {
  const key = keyOf("the key");
  expect(keyOf("the key")).toBe(key);
  expect(keyOf("another key")).not.toBe(key);
  expect((await key).extractable).toBe(false);
});

test("at most the last 16 keys are kept", () => {
  const [first, second] = [keyOf("key 1"), keyOf("key 2")];
  for (let number = 3; number <= 17; number++) void keyOf(`key ${number}`);
  expect(keyOf("key 2")).toBe(second);
  expect(keyOf("key 1")).not.toBe(first);
});
