import { ApiError, type Client, createClient, type Fetch } from "@contact-groups/client";
import { expect, test } from "vitest";
import { createReplay, startReplayServer } from "../../src/har/replay.ts";
import { operationOf } from "../calls.ts";
import { call, everyResponse, failure, recorded, userSig } from "../coverage/recorded.ts";

const { responses } = operationOf("getContactGroup");
const request = (StartIndex: number) => ({ From_Account: "user_0001", StartIndex });
const options = { sdkAppId: 1400000000, identifier: "administrator", userSig, retry: false, rateLimit: false } as const;
const clientOf = (fetch: Fetch): Client => createClient({ ...options, baseUrl: "http://replay.test", fetch });
const failureOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "no failure",
    (error: unknown) => error,
  );

test("replays the response by operation and body", async () => {
  const { fetch, unmatched } = createReplay(
    await recorded([
      call("getContactGroup", request(0), responses[0]?.value),
      call("getContactGroup", request(2), failure(50004)),
    ]),
  );
  const client = clientOf(fetch);
  expect(await client.getContactGroup(request(0))).toEqual(responses[0]?.value);
  expect(await failureOf(client.getContactGroup(request(2)))).toMatchObject({ code: 50004 });
  expect(unmatched).toEqual([]);
});

test("replays several responses to one body in their order, and repeats the last one", async () => {
  const codes = [50004, 50005, 60007];
  const { fetch } = createReplay(
    await recorded(codes.map((code) => call("getContactGroup", request(0), failure(code)))),
  );
  const met: unknown[] = [];
  for (const _ of [1, 2, 3, 4]) met.push(await failureOf(clientOf(fetch).getContactGroup(request(0))));
  expect(met.map((error) => (error as ApiError).code)).toEqual([...codes, 60007]);
});

test("responds to a body that was not recorded with a failure that says so", async () => {
  const { fetch, unmatched } = createReplay(await recorded([call("getContactGroup", request(0), failure(50004))]));
  const error = await failureOf(clientOf(fetch).getContactGroup(request(7)));
  expect(error).toBeInstanceOf(ApiError);
  expect(error).toMatchObject({
    code: 50002,
    info: expect.stringMatching(/no call of getContactGroup with this body, but 1 with other bodies/),
  });
  expect(unmatched).toEqual([{ operation: "getContactGroup", body: request(7) }]);
});

test("responds to an unknown path with a failure that names the paths", async () => {
  const { fetch, unmatched } = createReplay(await recorded(everyResponse()));
  const response = await fetch("http://replay.test/v4/other", { method: "POST", body: "{}" });
  expect(await response.json()).toMatchObject({
    ActionStatus: "FAIL",
    ErrorInfo: expect.stringMatching("The paths are"),
  });
  expect(unmatched).toHaveLength(1);
});

test("breaks the connection of a call without a response, and replays the status of a proxy", async () => {
  const { fetch } = createReplay(
    await recorded([
      call("getContactGroup", request(0), undefined, { status: undefined, responseText: "" }),
      call("getContactGroup", request(2), undefined, { status: 502, responseText: "" }),
    ]),
  );
  expect(await failureOf(clientOf(fetch).getContactGroup(request(0)))).toMatchObject({ name: "NetworkError" });
  expect(await failureOf(clientOf(fetch).getContactGroup(request(2)))).toMatchObject({
    name: "HttpError",
    status: 502,
  });
});

test("serves the recording over HTTP", async () => {
  const server = await startReplayServer(await recorded([call("getContactGroup", request(0), responses[0]?.value)]));
  try {
    const client = createClient({ ...options, baseUrl: server.url });
    expect(await client.getContactGroup(request(0))).toEqual(responses[0]?.value);
    expect(await failureOf(client.getContactGroup(request(1)))).toMatchObject({ code: 50002 });
    expect(server.unmatched).toHaveLength(1);
  } finally {
    await server.close();
  }
});
