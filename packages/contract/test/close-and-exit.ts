/** Run by contract-server.test.ts: the process exits if close() leaves nothing open. */
import { connect } from "node:net";
import { once } from "node:events";
import { startContractServer } from "../src/index.ts";

const server = await startContractServer();
const socket = connect(server.port, "127.0.0.1");
socket.unref().on("error", () => undefined);
await once(socket, "connect");
socket.write("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 100\r\n\r\n{");
const { status } = await fetch(server.url, { method: "POST", body: "{}" });
await server.close();
console.log(`${status} closed`);
