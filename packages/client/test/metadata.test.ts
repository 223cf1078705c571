import { inspect, isDeepStrictEqual } from "node:util";
import { expect, test } from "vitest";
import { BatchError, metadataOf, type Fetch } from "../src/index.ts";
import { createManualClock } from "./manual-clock.ts";
import { clientOf, failed, okBody, rejection, respondInTurn, respondWith } from "./respond.ts";

const From_Account = "user15";
const page = { From_Account, StartIndex: 0 };
const conversations = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ Type: 1 as const, To_Account: `user${index}` }));

/** A client whose attempts take 20 ms each, and whose retries wait for a second. */
function setUp(respond: Fetch) {
  const clock = createManualClock();
  const fetch: Fetch = async (url, init) => {
    await new Promise<void>((resolve) => void clock.after(20, resolve));
    return respond(url, init);
  };
  const run = async <Result>(call: Promise<Result>): Promise<Result> => {
    await clock.advance(60_000);
    return call;
  };
  return { run, client: clientOf(fetch, { clock, rateLimit: false, retry: { baseDelayMs: 0 } }) };
}

const headers = { "Content-Type": "application/json", "X-Request-Id": "r-7", "Retry-After": "1" };
const respond = (body: object) => async (): Promise<Response> => Response.json(body, { headers });

test("a result has the attempts, the times, and who responded", async () => {
  const { run, client } = setUp(respondInTurn(respond(failed(60008)), respond(okBody)));
  expect(metadataOf(await run(client.getContactGroup(page)))).toEqual({
    attempts: 2,
    durationMs: 1040,
    waitedMs: 1000,
    status: 200,
    headers: { "content-type": "application/json", "retry-after": "1", "x-request-id": "r-7" },
    requestId: "r-7",
  });
});

test("an error has the same", async () => {
  const { run, client } = setUp(respond({ ...failed(50001), RequestId: "of the body" }));
  const error = (await run(rejection(client.getContactGroup(page)))) as object;
  const metadata = { attempts: 1, durationMs: 20, waitedMs: 0, status: 200, requestId: "of the body" };
  expect(metadataOf(error)).toMatchObject(metadata);
  expect(error).toMatchObject(metadata);
});

test("the ID of the body is before that of the header", async () => {
  const { run, client } = setUp(respond({ ...okBody, RequestId: "of the body" }));
  expect(metadataOf(await run(client.getContactGroup(page)))?.requestId).toBe("of the body");
});

test("a result has the fields of its response only", async () => {
  const result = await clientOf(respondWith(okBody)).getContactGroup(page);
  expect(Object.keys(result)).toEqual(Object.keys(okBody));
  expect(JSON.stringify(result)).toBe(JSON.stringify(okBody));
  expect(isDeepStrictEqual(result, okBody)).toBe(true);
  expect(inspect(result)).toBe(inspect(okBody));
  expect(metadataOf({ ...result })).toBeUndefined();
});

test("each kind of result has it", async () => {
  const client = clientOf(respondWith({ ...okBody, GroupResultItem: [] }));
  const GroupContactItem = [{ GroupName: "family" }];
  expect(metadataOf(await client.createContactGroup({ From_Account, GroupContactItem }))?.attempts).toBe(1);
  for await (const one of client.iterateContactGroup({ From_Account }).pages())
    expect(metadataOf(one)?.attempts).toBe(1);
  const { data } = await client.safe.getContactGroup(page);
  expect(metadataOf(data!)?.attempts).toBe(1);
});

test("that of a long list is the sum of its parts", async () => {
  const { run, client } = setUp(respondInTurn(failed(60008), okBody));
  const result = await run(client.searchContactGroup({ From_Account, ContactItem: conversations(700) }));
  expect(metadataOf(result)).toMatchObject({ attempts: 4, durationMs: 80, waitedMs: 0, status: 200 });
});

test("that of a BatchError is the sum too", async () => {
  const { run, client } = setUp(respondInTurn(okBody, failed(60010)));
  const error = await run(
    rejection(client.searchContactGroup({ From_Account, ContactItem: conversations(700) }, { concurrency: 1 })),
  );
  expect(error).toBeInstanceOf(BatchError);
  expect(error).toMatchObject({ attempts: 3, durationMs: 60 });
});

test("an error of a request that was not sent has none", async () => {
  const error = await rejection(clientOf(respondWith(okBody)).getContactGroup({ From_Account: "", StartIndex: 0 }));
  expect(metadataOf(error as object)).toBeUndefined();
  expect(error).toMatchObject({ attempts: 0, durationMs: 0, waitedMs: 0 });
});
