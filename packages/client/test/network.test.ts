import { expect, test } from "vitest";
import { createClient, HttpError, NetworkError, type Client } from "../src/index.ts";
import { okBody, rejection } from "./respond.ts";
import { listen } from "./listen.ts";
import { seededRandom } from "./seeded-random.ts";

const page = { From_Account: "user15", StartIndex: 0 };
const clientAt = (baseUrl: string): Client =>
  createClient({
    sdkAppId: 1400000000,
    identifier: "administrator",
    userSig: "eJw-a-usersig_of*tests",
    baseUrl,
    retry: false,
    random: seededRandom(),
  });

test("calls a server over a socket", async () => {
  await using server = await listen((_, response) => response.end(JSON.stringify(okBody)));
  expect(await clientAt(server.url).getContactGroup(page)).toEqual(okBody);
});

test.each([201, 204, 301, 308, 404, 500, 502])("throws the status %d as an HttpError", async (status) => {
  await using server = await listen((_, response) => response.writeHead(status, { Location: "/" }).end());
  const error = await rejection(clientAt(server.url).getContactGroup(page));
  expect(error).toBeInstanceOf(HttpError);
  expect(error).toMatchObject({ name: "HttpError", status, operation: "getContactGroup" });
});

test("does not wait for the body of an error status", async () => {
  await using server = await listen((_, response) => response.writeHead(502).write("never ends"));
  expect(await rejection(clientAt(server.url).getContactGroup(page))).toMatchObject({ status: 502 });
});

test("throws a refused connection as a NetworkError with the reason", async () => {
  const server = await listen(() => undefined);
  await server[Symbol.asyncDispose]();
  const error = await rejection(clientAt(server.url).getContactGroup(page));
  expect(error).toBeInstanceOf(NetworkError);
  expect(error).toMatchObject({
    name: "NetworkError",
    operation: "getContactGroup",
    cause: { message: "fetch failed" },
  });
  expect(error).toHaveProperty("message", expect.stringContaining("ECONNREFUSED"));
});

test("throws a connection that is reset as a NetworkError", async () => {
  await using server = await listen((request) => request.socket.resetAndDestroy());
  expect(await rejection(clientAt(server.url).getContactGroup(page))).toBeInstanceOf(NetworkError);
});

test("throws a body that is cut off as a NetworkError", async () => {
  await using server = await listen((request, response) => {
    response.writeHead(200, { "Content-Length": 1000 }).write('{"ActionStatus":"OK"', () => request.socket.destroy());
  });
  expect(await rejection(clientAt(server.url).getContactGroup(page))).toBeInstanceOf(NetworkError);
});

test("ends a call over a socket when its signal is aborted", async () => {
  await using server = await listen(() => undefined);
  const error = await rejection(clientAt(server.url).getContactGroup(page, { signal: AbortSignal.timeout(20) }));
  expect(error).toMatchObject({ name: "TimeoutError" });
  expect(error).not.toBeInstanceOf(NetworkError);
});
