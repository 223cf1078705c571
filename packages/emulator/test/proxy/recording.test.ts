import { appendFileSync, existsSync, readFileSync, statSync, truncateSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { openRecording, type RecordedCall } from "../../src/proxy/recording.ts";
import { temporaryFolder } from "./start.ts";

const call = (text: string): RecordedCall => ({
  at: 1_775_217_000_000,
  durationMs: 12,
  method: "POST",
  url: "https://service.example/v4/x?sdkappid=1&usersig=[redacted]",
  requestText: text,
  requestType: "application/json",
  response: { status: 200, text: '{"ErrorCode":0}', type: "application/json" },
});

interface Har {
  readonly log: {
    readonly version: string;
    readonly entries: readonly { readonly request: { readonly postData: { readonly text: string } } }[];
  };
}

const textsOf = (file: string): readonly string[] =>
  (JSON.parse(readFileSync(file, "utf8")) as Har).log.entries.map(({ request }) => request.postData.text);

test("is a whole HAR 1.2 after each call", () => {
  const file = join(temporaryFolder(), "calls.har");
  const recording = openRecording(file, "1.0.0");
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({ log: { version: "1.2", entries: [] } });
  for (const text of ["one", "two\n\u2028", "\ud83d"]) {
    recording.add(call(text));
    expect(textsOf(file).at(-1)).toBe(text);
  }
  recording.add({ ...call("four"), response: undefined, comment: "refused" });
  recording.close();
  expect(JSON.parse(readFileSync(file, "utf8"))).toMatchObject({
    log: {
      creator: { version: "1.0.0" },
      entries: [
        {
          startedDateTime: "2026-04-03T11:50:00.000Z",
          time: 12,
          request: {
            method: "POST",
            queryString: [
              { name: "sdkappid", value: "1" },
              { name: "usersig", value: "[redacted]" },
            ],
          },
          response: {
            status: 200,
            statusText: "OK",
            content: { text: '{"ErrorCode":0}', mimeType: "application/json" },
          },
        },
        {},
        {},
        { response: { status: 0 }, comment: "refused" },
      ],
    },
  });
});

test("is added to by the next start", () => {
  const file = join(temporaryFolder(), "calls.har");
  for (const text of ["one", "two"]) {
    const recording = openRecording(file, "1.0.0");
    recording.add(call(text));
    recording.close();
  }
  expect(textsOf(file)).toEqual(["one", "two"]);
});

test("is repaired by the next start, wherever it broke off", () => {
  const file = join(temporaryFolder(), "calls.har");
  const whole = openRecording(file, "1.0.0");
  for (const text of ["one", "two"]) whole.add(call(text));
  whole.close();
  const bytes = readFileSync(file);
  const head = bytes.indexOf("\n") + 1;
  const second = bytes.indexOf("\n", head) + 1;
  for (let length = head; length <= bytes.length; length++) {
    writeFileSync(file, bytes);
    truncateSync(file, length);
    const recording = openRecording(file, "1.0.0");
    recording.add(call("three"));
    recording.close();
    const texts = textsOf(file);
    expect(texts.at(-1)).toBe("three");
    // The line of a call ends before the comma that follows it.
    expect(texts.includes("one")).toBe(length >= second - 2);
  }
});

test("can be read only by its user, and is no other file", () => {
  const folder = temporaryFolder();
  const file = join(folder, "calls.har");
  openRecording(file, "1.0.0").close();
  if (process.platform !== "win32") expect(statSync(file).mode & 0o077).toBe(0);
  const other = join(folder, "notes.txt");
  for (const text of ["my notes", '{"log":{"creator":{"name":"WebInspector"},"entries":[]}}', "\n"]) {
    writeFileSync(other, text);
    expect(() => openRecording(other, "1.0.0")).toThrow(`${other} is not a recording of this command`);
    expect(readFileSync(other, "utf8")).toBe(text);
  }
  appendFileSync(other, "");
  expect(existsSync(other)).toBe(true);
});
