/** Answers every call with one page of the description's own example. A process of its own, so that its work is not counted. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { successExamples } from "@contact-groups/openapi/model";

const body = JSON.stringify(successExamples.getContactGroup.FirstOfTwoPages);
const headers = { "Content-Type": "application/json", "Content-Length": Buffer.byteLength(body) };

const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  request.resume().on("end", () => response.writeHead(200, headers).end(body));
});
server.listen(0, "127.0.0.1", () => process.send?.((server.address() as AddressInfo).port));
process.on("disconnect", () => process.exit());
