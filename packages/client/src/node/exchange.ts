import type { IncomingMessage } from "node:http";
import type { TransportAnswer, TransportRequest } from "../transport.ts";
import { collect } from "./collect.ts";
import { decode } from "./decode.ts";
import type { Host } from "./host.ts";

/** Sends one request and resolves to its answer. Rejects with the signal's reason, or with an error that has a `code`. */
export function exchange(host: Host, path: string, request: TransportRequest): Promise<TransportAnswer> {
  return new Promise((resolve, reject) => {
    const { body, signal } = request;
    if (signal?.aborted) return reject(signal.reason);

    let answered = false;
    const sent = host.request({ ...host.options, path, headers: rawHeaders(host, request) }, (response) => {
      answered = true;
      const { statusCode: status = 0 } = response;
      if (status === 200)
        return void read(response, request).then(
          (text) => succeed({ status, headers: headersOf(response), text }),
          fail,
        );
      // Nobody reads the body of an error status, and there may be no end to it.
      response.on("error", () => undefined).destroy();
      succeed({ status, headers: headersOf(response), text: "" });
    });

    function succeed(answer: TransportAnswer): void {
      signal?.removeEventListener("abort", abort);
      resolve(answer);
    }
    function fail(error: unknown): void {
      signal?.removeEventListener("abort", abort);
      reject(error);
    }
    function abort(): void {
      // A request that still waits for a connection would not tell of its end before it has one.
      fail(signal?.reason);
      sent.destroy();
    }

    signal?.addEventListener("abort", abort);
    sent.on("error", fail);
    // Without an error ends, for example, a connection whose host changes the protocol.
    sent.on("close", () => {
      if (!answered) fail(Object.assign(new Error("the connection was closed"), { code: "ECONNRESET" }));
    });
    sent.end(body);
  });
}

/** As a list they are written as they are. In an object, Node.js would look at each of them again. */
function rawHeaders(host: Host, { headers, body }: TransportRequest): string[] {
  const raw = ["Host", host.name, "Accept-Encoding", "identity", "Content-Length", String(Buffer.byteLength(body))];
  for (const name in headers) {
    if (!ours.has(name.toLowerCase())) raw.push(name, headers[name] ?? "");
  }
  return raw;
}

/** What `fetch` does not let a caller set either: two of the same would make the request ambiguous. */
const ours = new Set(["host", "accept-encoding", "content-length", "transfer-encoding", "connection"]);

function headersOf({ headers }: IncomingMessage): TransportAnswer["headers"] {
  return {
    get(name) {
      const value = headers[name.toLowerCase()];
      return value === undefined ? null : Array.isArray(value) ? value.join(", ") : value;
    },
  };
}

async function read(response: IncomingMessage, request: TransportRequest): Promise<string> {
  const bytes = await collect(response, request.maxResponseBytes);
  const encodings = response.headers["content-encoding"];
  return toText(encodings === undefined ? bytes : await decode(bytes, encodings, request));
}

/** Without the byte order mark, as `Response.text()` does it. */
function toText(bytes: Buffer): string {
  return bytes.toString("utf8", bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf ? 3 : 0);
}
