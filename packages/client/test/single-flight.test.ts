import { expect, test } from "vitest";
import { singleFlight } from "../src/user-sig-source.ts";
import { pending, type Pending } from "./pending.ts";

/** A function whose runs a test ends itself. */
function runs() {
  const started: (Pending<string> & { readonly signal: AbortSignal })[] = [];
  const flight = singleFlight((signal) => {
    const run = { ...pending<string>(), signal };
    started.push(run);
    return run.promise;
  });
  return { flight, started };
}

test("callers that wait at the same time share one run, and later ones another", async () => {
  const { flight, started } = runs();
  const waiting = Promise.all([flight.join(), flight.join(new AbortController().signal), flight.start()]);
  started[0]?.resolve("first");
  expect(await waiting).toEqual(["first", "first", "first"]);
  void flight.start();
  expect(started.length).toBe(2);
});

test("a failure rejects all callers that wait, and the next caller starts a new run", async () => {
  const { flight, started } = runs();
  const waiting = Promise.allSettled([flight.join(), flight.join(new AbortController().signal)]);
  const reason = new Error("no");
  started[0]?.reject(reason);
  expect(await waiting).toEqual([
    { status: "rejected", reason },
    { status: "rejected", reason },
  ]);
  void flight.join();
  expect(started.length).toBe(2);
});

test("an abort ends one wait and no other", async () => {
  const { flight, started } = runs();
  const controller = new AbortController();
  const left = flight.join(controller.signal);
  const stays = flight.join(new AbortController().signal);
  controller.abort("enough");
  await expect(left).rejects.toBe("enough");
  expect(started[0]?.signal.aborted).toBe(false);
  started[0]?.resolve("late");
  expect(await stays).toBe("late");
});

test("aborts the run when the last caller leaves, and does not block the next", async () => {
  const { flight, started } = runs();
  const [one, two] = [new AbortController(), new AbortController()];
  const waiting = Promise.allSettled([flight.join(one.signal), flight.join(two.signal)]);
  one.abort("first");
  two.abort("second");
  expect((await waiting).map((result) => result.status === "rejected" && result.reason)).toEqual(["first", "second"]);
  expect(started[0]?.signal.reason).toBe("second");

  const next = flight.join();
  started[0]?.resolve("too late");
  started[1]?.resolve("new");
  expect(await next).toBe("new");
});

test("a run that ends late does not end the one after it", async () => {
  const { flight, started } = runs();
  const controller = new AbortController();
  const left = flight.join(controller.signal);
  controller.abort("enough");
  await expect(left).rejects.toBe("enough");
  void flight.start();
  started[0]?.resolve("too late");
  await started[0]?.promise;
  await new Promise((resolve) => setImmediate(resolve));
  void flight.start();
  expect(started.length).toBe(2);
});

test("a caller without a signal keeps it running", async () => {
  const { flight, started } = runs();
  const controller = new AbortController();
  const stays = flight.join();
  const left = flight.join(controller.signal);
  controller.abort("enough");
  await expect(left).rejects.toBe("enough");
  expect(started[0]?.signal.aborted).toBe(false);
  started[0]?.resolve("result");
  expect(await stays).toBe("result");
});

test("an aborted signal starts nothing, and no listener stays on a signal", async () => {
  const { flight, started } = runs();
  await expect(flight.join(AbortSignal.abort("before"))).rejects.toBe("before");
  expect(started.length).toBe(0);

  const controller = new AbortController();
  const done = flight.join(controller.signal);
  started[0]?.resolve("result");
  await done;
  controller.abort("after");
  expect(started[0]?.signal.aborted).toBe(false);
});
