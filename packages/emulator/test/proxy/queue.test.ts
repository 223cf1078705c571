import { expect, test } from "vitest";
import { createQueue } from "../../src/proxy/queue.ts";

test("runs everything in order, also after an error, and is ready when it is short enough", async () => {
  const done: number[] = [];
  const errors: unknown[] = [];
  const queue = createQueue(3, (error) => errors.push(error));
  const error = new Error("two");
  for (let index = 0; index < 3; index++)
    queue.add(() => {
      done.push(index);
      if (index === 2) throw error;
    });
  expect(done).toEqual([]);
  await queue.ready();
  expect(done).toEqual([0, 1, 2]);
  queue.add(() => done.push(3));
  await queue.ready();
  expect(done).toHaveLength(3);
  await queue.settled();
  expect([done, errors]).toEqual([[0, 1, 2, 3], [error]]);
});
