/** A recording of calls as a file in the HTTP Archive format 1.2. Each entry is one line, so that a file that breaks off can be repaired. */
import {
  closeSync,
  existsSync,
  fstatSync,
  openSync,
  readFileSync,
  renameSync,
  writeFileSync,
  writeSync,
} from "node:fs";
import { STATUS_CODES } from "node:http";

/** A call as it is recorded, without credentials. */
export interface RecordedCall {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly durationMs: number;
  readonly method: string;
  /** The whole URL of the service. */
  readonly url: string;
  readonly requestText: string;
  readonly requestType: string | undefined;
  /** Undefined when there was no response. */
  readonly response: { readonly status: number; readonly text: string; readonly type: string | undefined } | undefined;
  /** Why there was no response, or that the proxy itself made the call. */
  readonly comment?: string | undefined;
}

/** A file that calls are added to. Each is in the file before the next one. */
export interface Recording {
  /** Calls that the file already had. */
  readonly kept: number;
  add(call: RecordedCall): void;
  close(): void;
}

const creator = "@contact-groups/emulator proxy";
const end = "\n]}}\n";
/** For sizes that were not measured. */
const unknown = -1;

/**
 * Opens a recording, which is created when it does not exist. One that broke off is repaired: its whole entries are kept.
 *
 * @throws A `TypeError` for a file that is not a recording of the proxy, and the error of Node.js for one that cannot be written.
 */
export function openRecording(file: string, version: string): Recording {
  const head = `{"log":{"version":"1.2","creator":${JSON.stringify({ name: creator, version })},"entries":[\n`;
  const entries = existsSync(file) ? readEntries(file) : [];
  // Others of this machine must not read it. What it already has is never deleted before it is written again.
  writeFileSync(`${file}.new`, head + entries.join(",\n") + end, { mode: 0o600 });
  renameSync(`${file}.new`, file);
  const descriptor = openSync(file, "r+");
  let position = fstatSync(descriptor).size - end.length;
  let isEmpty = entries.length === 0;

  return {
    kept: entries.length,
    add(call) {
      const text = JSON.stringify(toEntry(call));
      const bytes = Buffer.from(`${isEmpty ? text : `,\n${text}`}${end}`);
      let written = 0;
      while (written < bytes.length)
        written += writeSync(descriptor, bytes, written, bytes.length - written, position + written);
      position += bytes.length - end.length;
      isEmpty = false;
    },
    close: () => closeSync(descriptor),
  };
}

/** Returns the entries of a recording, each as one line. */
function readEntries(file: string): readonly string[] {
  const text = readFileSync(file, "utf8");
  if (text === "") return [];
  const [head = "", ...lines] = text.split("\n");
  if (!head.includes(`"name":"${creator}"`))
    throw new TypeError(`${file} is not a recording of this command. Choose another file.`);
  return lines.map((line) => line.replace(/,$/, "")).filter(isEntry);
}

function isEntry(line: string): boolean {
  try {
    const value: unknown = JSON.parse(line);
    return typeof value === "object" && value !== null && "request" in value;
  } catch {
    return false;
  }
}

function toEntry({ at, durationMs, method, url, requestText, requestType, response, comment }: RecordedCall): object {
  const plain = { httpVersion: "HTTP/1.1", cookies: [], headersSize: unknown };
  const { status = 0, text = "", type } = response ?? {};
  const queryString = [...new URL(url).searchParams].map(([name, value]) => ({ name, value }));
  return {
    startedDateTime: new Date(at).toISOString(),
    time: durationMs,
    request: {
      ...plain,
      method,
      url,
      headers: headersOf(requestType),
      queryString,
      ...(requestText !== "" && { postData: { mimeType: requestType ?? "", text: requestText } }),
      bodySize: Buffer.byteLength(requestText),
    },
    response: {
      ...plain,
      // The format has no value for a lost connection; browsers write 0.
      status,
      statusText: STATUS_CODES[status] ?? "",
      headers: headersOf(type),
      content: { size: Buffer.byteLength(text), mimeType: type ?? "", text },
      redirectURL: "",
      bodySize: Buffer.byteLength(text),
    },
    cache: {},
    timings: { send: 0, wait: durationMs, receive: 0 },
    ...(comment !== undefined && { comment }),
  };
}

function headersOf(type: string | undefined): readonly object[] {
  return type === undefined ? [] : [{ name: "Content-Type", value: type }];
}
