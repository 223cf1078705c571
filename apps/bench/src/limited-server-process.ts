/** A server with a quota, in a process of its own: `node limited-server-process.ts <kind>`. Sends its URL, and on request what arrived since the last one. */
import { createServer } from "node:http";
import { createServer as createSocketServer, type AddressInfo } from "node:net";
import { text } from "node:stream/consumers";
import { errorCodes, operations } from "@contact-groups/openapi/model";
import { createEmulator } from "@contact-groups/emulator";

/** Calls that arrived, the most of them in any second, and those that the server rejected. */
export interface Arrivals {
  readonly calls: number;
  readonly mostInASecond: number;
  readonly rejected: number;
  /** Calls that arrived two seconds after the first one or later, for each that the server accepted then; 1 if there was none. */
  readonly sentLater: number;
}

const { calls: quota } = operations.getContactGroup.rate;
const rejection = JSON.stringify({ ActionStatus: "FAIL", ErrorCode: errorCodes.CallRateExceeded, ErrorInfo: "" });
const success = JSON.stringify({ ActionStatus: "OK", ErrorCode: 0, ErrorInfo: "", CompleteFlag: 1, NextStartIndex: 0 });

let arrivals: number[] = [];
let accepted: number[] = [];
let rejections: number[] = [];

/** Responds as the emulator does, which counts in each second. */
const emulator = createEmulator({ seed: { apps: [{ accounts: ["user15"] }] } });

/** Accepts the quota in any second. */
function respond(now: number): string {
  accepted = accepted.filter((time) => now - time <= 1000);
  if (accepted.length >= quota) return rejection;
  accepted.push(now);
  return success;
}

const [kind] = process.argv.slice(2);
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  void (async () => {
    const body = await text(request);
    const now = performance.now();
    arrivals.push(now);
    const responseText =
      kind === "emulator"
        ? await (await emulator.fetch(`http://emulator.test${request.url}`, { method: "POST", body })).text()
        : respond(now);
    if ((JSON.parse(responseText) as { ErrorCode: number }).ErrorCode === errorCodes.CallRateExceeded)
      rejections.push(now);
    response.writeHead(200, { "Content-Type": "application/json" }).end(responseText);
  })();
});
let connections = 0;
// A new connection takes 50 to 200 ms, as one with TLS to another region does.
const sockets = createSocketServer({ pauseOnConnect: true }, (socket) => {
  const delay = kind === "emulator" ? 0 : 50 + ((connections++ * 37) % 151);
  setTimeout(() => {
    server.emit("connection", socket);
    socket.resume();
  }, delay);
});

process.on("message", () => {
  let mostInASecond = 0;
  for (let first = 0, last = 0; last < arrivals.length; last++) {
    while (arrivals[last]! - arrivals[first]! > 1000) first++;
    mostInASecond = Math.max(mostInASecond, last - first + 1);
  }
  const later = (times: readonly number[]): number => times.filter((time) => time - arrivals[0]! > 2000).length;
  const sentLater = later(arrivals) / (later(arrivals) - later(rejections)) || 1;
  const { length: calls } = arrivals;
  process.send?.({ calls, mostInASecond, rejected: rejections.length, sentLater } satisfies Arrivals);
  arrivals = [];
  rejections = [];
});
process.on("disconnect", () => process.exit());
sockets.listen(0, "127.0.0.1", () =>
  process.send?.({ url: `http://127.0.0.1:${(sockets.address() as AddressInfo).port}` }),
);
