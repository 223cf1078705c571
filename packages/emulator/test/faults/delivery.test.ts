import { expect, test } from "vitest";
import type { EmulatorOptions, Fault } from "../../src/index.ts";
import { emulate, get } from "../call.ts";
import { send } from "./send.ts";

/** An emulator with one fault, whose option `wait` only records the time. */
function emulateWith(fault: Fault, options: EmulatorOptions = {}) {
  const waits: number[] = [];
  const wait = async (milliseconds: number): Promise<void> => void waits.push(milliseconds);
  const emulator = emulate({}, { wait, ...options });
  emulator.faults.add(fault);
  return { emulator, waits };
}

/** The parts in which a body comes, and the error with which it ends. */
async function read(response: Response): Promise<{ parts: string[]; error: unknown }> {
  const parts: string[] = [];
  try {
    for await (const part of response.body ?? []) parts.push(Buffer.from(part).toString());
    return { parts, error: undefined };
  } catch (error) {
    return { parts, error };
  }
}

test("sends an error of the catalogue by its name or code, and any other number", async () => {
  for (const [error, code, text] of [
    [
      "UserNotImported",
      50001,
      "The requested UserID has not been imported to Chat. [fault] The fault 1 was triggered.",
    ],
    [50001, 50001, "The requested UserID has not been imported to Chat. [fault] The fault 1 was triggered."],
    [-7, -7, "An error that the catalogue does not have. [fault] The fault 1 was triggered."],
  ] as const) {
    const { emulator } = emulateWith({ error });
    expect(await get(emulator)).toEqual({ ActionStatus: "FAIL", ErrorCode: code, ErrorInfo: text });
  }
  const { emulator } = emulateWith({ error: 91000, errorInfo: "to the letter" });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 91000, ErrorInfo: "to the letter" });
});

test("responds like a gateway that does not reach the service", async () => {
  const { emulator } = emulateWith({ status: 502 });
  const response = await send(emulator);
  expect([response.status, response.headers.get("Content-Type")]).toEqual([502, "text/html"]);
  expect(await response.text()).toContain("<title>502 Bad Gateway</title>");
  expect(emulator.calls).toMatchObject([{ rule: "fault", code: undefined, fault: 1 }]);
});

test("sends any text as the body, also one that is not JSON", async () => {
  const plain = await send(emulateWith({ body: "<!doctype html>" }).emulator);
  expect([plain.status, plain.headers.get("Content-Type"), await plain.text()]).toEqual([
    200,
    "application/json",
    "<!doctype html>",
  ]);
  const named = await send(emulateWith({ body: "\u4e2d", status: 503, contentType: "text/plain" }).emulator);
  expect([
    named.status,
    named.headers.get("Content-Type"),
    named.headers.get("Content-Length"),
    await named.text(),
  ]).toEqual([503, "text/plain", "3", "\u4e2d"]);
});

test("breaks the connection as fetch reports it", async () => {
  const { emulator } = emulateWith({ reset: true });
  const error: unknown = await send(emulator).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: "fetch failed", cause: { code: "ECONNRESET" } });
  expect(emulator.calls).toMatchObject([{ rule: "fault", code: undefined }]);
  const after = emulateWith({ reset: true, when: "after" });
  await expect(send(after.emulator)).rejects.toThrow("fetch failed");
  expect(after.emulator.calls).toMatchObject([{ rule: "fault", code: undefined, user: "ann" }]);
});

test.each([0, 1, 10])("cuts a response off after %d bytes, so that its body ends with an error", async (truncate) => {
  const { emulator } = emulateWith({ truncate });
  const whole = await (await send(emulate())).text();
  const response = await send(emulator);
  expect(Number(response.headers.get("Content-Length"))).toBe(whole.length);
  const { parts, error } = await read(response);
  expect(parts.join("")).toBe(whole.slice(0, truncate));
  expect(error).toBeInstanceOf(TypeError);
  expect(error).toMatchObject({ message: "terminated" });
});

test("sends the whole of a response that is not longer than the cut", async () => {
  const { emulator } = emulateWith({ truncate: 100_000 });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("sends a response in small pieces, and waits between them", async () => {
  const { emulator, waits } = emulateWith({ error: 1, errorInfo: "\u4e2d\u6587", drip: { bytes: 16, everyMs: 5 } });
  const { parts, error } = await read(await send(emulator));
  const whole = '{"ActionStatus":"FAIL","ErrorCode":1,"ErrorInfo":"\u4e2d\u6587"}';
  expect(error).toBeUndefined();
  expect(Math.ceil(Buffer.byteLength(whole) / 16)).toBe(4);
  expect(parts).toHaveLength(4);
  expect(waits).toEqual([5, 5, 5]);
  expect(parts[0]).toBe(whole.slice(0, 16));
});

test("waits before the response, after the operation was run", async () => {
  const { emulator, waits } = emulateWith({ delayMs: 2000 });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0, ActionStatus: "OK" });
  expect(waits).toEqual([2000]);
  expect(emulator.calls).toMatchObject([
    {
      rule: "fault",
      code: 0,
      user: "ann",
      why: "The fault 1 waited 2000 ms, after [get.page] The page begins at StartIndex 0",
    },
  ]);
});

test("stops waiting when the request is aborted", async () => {
  const emulator = emulate();
  emulator.faults.add({ delayMs: 600_000, times: 1 });
  emulator.faults.add({ drip: { bytes: 1, everyMs: 600_000 } });
  const reason = new Error("enough");
  const delayed = new AbortController();
  const pending = send(emulator, { signal: delayed.signal });
  while (emulator.calls.length === 0) await new Promise((resolve) => void setImmediate(resolve));
  delayed.abort(reason);
  await expect(pending).rejects.toBe(reason);

  const dripping = new AbortController();
  const response = await send(emulator, { signal: dripping.signal });
  const body = read(response);
  dripping.abort(reason);
  expect(await body).toMatchObject({ error: reason });
});

test("waits by a timer by default", async () => {
  const emulator = emulate();
  emulator.faults.add({ delayMs: 1 });
  emulator.faults.add({ drip: { bytes: 20, everyMs: 1 } });
  expect(await get(emulator)).toMatchObject({ ErrorCode: 0 });
});

test("combines the response with how it is sent", async () => {
  const { emulator, waits } = emulateWith({ status: 502, truncate: 6, delayMs: 3 });
  const response = await send(emulator);
  expect(response.status).toBe(502);
  expect(await read(response)).toMatchObject({ parts: ["<html>"], error: { message: "terminated" } });
  expect(waits).toEqual([3]);
});
