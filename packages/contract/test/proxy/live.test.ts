import type { Clock } from "@contact-groups/core/clock";
import { expect, test } from "vitest";
import type { Violation } from "../../src/judge/violation.ts";
import { createLive } from "../../src/proxy/live.ts";

function violationAt(pointer: string): Violation {
  return {
    side: "request",
    rule: "schema",
    call: 0,
    operation: "getContactGroup",
    in: "body",
    pointer,
    message: "",
    fix: "",
    docs: "",
  };
}

/** Time that passes at each look at it; a timer never ends. */
function slowClock(): Clock {
  let now = 0;
  return { now: () => (now += 1), after: () => () => undefined };
}

test("reports at the end what was found while it waited", () => {
  const found: Violation[] = [violationAt("/a")];
  const reported: string[] = [];
  const live = createLive(
    () => found,
    ({ pointer }) => reported.push(pointer),
    slowClock(),
  );
  live.update();
  found.push(violationAt("/b"));
  live.update();
  expect(reported).toEqual(["/a"]);
  live.close();
  live.close();
  expect(reported).toEqual(["/a", "/b"]);
});

test("reports at most 1,000 kinds, and one of the items of a list", () => {
  const reported: string[] = [];
  const names = Array.from({ length: 2000 }, (_, index) => violationAt(`/name${index}`));
  const live = createLive(
    () => [violationAt("/ContactItem/0/Type"), violationAt("/ContactItem/1/Type"), ...names],
    ({ pointer }) => reported.push(pointer),
    slowClock(),
  );
  live.update();
  live.close();
  expect(reported).toHaveLength(1000);
  expect(reported.slice(0, 2)).toEqual(["/ContactItem/0/Type", "/name0"]);
});
