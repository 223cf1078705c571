import { inspect } from "node:util";
import { expect, test, vi } from "vitest";
import { createClient, InvalidArgumentError, regions, type Region } from "../src/index.ts";
import { operations, requestExamples, type OperationId } from "@contact-groups/openapi/model";
import { respondWith, clientOf, okBody, recorder, rejection } from "./respond.ts";
import { seededRandom } from "./seeded-random.ts";

const page = { From_Account: "user15", StartIndex: 0 };

test("posts each operation's body as JSON to the operation's path", async () => {
  const { fetch, requests } = recorder();
  const methods = clientOf(fetch) as unknown as Readonly<Record<OperationId, (body: unknown) => Promise<unknown>>>;
  const ids = Object.keys(operations) as OperationId[];
  const bodies = ids.map((id): unknown => Object.values(requestExamples[id])[0]);

  for (const [index, id] of ids.entries()) await methods[id](bodies[index]);

  expect(requests.map((request) => request.method)).toEqual(ids.map(() => "POST"));
  expect(requests.map((request) => request.headers.get("Content-Type"))).toEqual(ids.map(() => "application/json"));
  expect(requests.map((request) => new URL(request.url).pathname)).toEqual(ids.map((id) => operations[id].path));
  expect(await Promise.all(requests.map((request) => request.json()))).toEqual(bodies);
});

test("has a method for every operation in both styles, and an iterator", () => {
  const ids = Object.keys(operations);
  const client = clientOf(respondWith(okBody));
  expect(Object.keys(client).toSorted()).toEqual([...ids, "call", "iterateContactGroup", "safe"].toSorted());
  expect(Object.keys(client.safe).toSorted()).toEqual([...ids, "call"].toSorted());
});

test("sends the credentials, random and contenttype, percent-encoded", async () => {
  const { fetch, requests } = recorder();
  await clientOf(fetch, { identifier: "管理 员&+=#", userSig: "a+b/c=*-_", random: () => 4294967295 }).getContactGroup(
    page,
  );

  const [, search] = requests[0]!.url.split("?");
  const identifier = "%E7%AE%A1%E7%90%86%20%E5%91%98%26%2B%3D%23";
  expect(search).toBe(
    `sdkappid=1400000000&identifier=${identifier}&contenttype=json&usersig=a%2Bb%2Fc%3D*-_&random=4294967295`,
  );
});

test("sends a new random unsigned 32-bit integer with each call", async () => {
  const { fetch, requests } = recorder();
  const client = clientOf(fetch);
  await Promise.all(Array.from({ length: 20 }, () => client.getContactGroup(page)));

  const randoms = requests.map((request) => new URL(request.url).searchParams.get("random"));
  expect(new Set(randoms).size).toBe(20);
  for (const random of randoms) expect(Number(random) >>> 0).toBe(Number(random));
});

test.each([0.5, -1, 2 ** 32, Number.NaN])("rejects a random function that returns %d", async (value) => {
  const error = await rejection(clientOf(respondWith(okBody), { random: () => value }).getContactGroup(page));
  expect(error).toBeInstanceOf(InvalidArgumentError);
  expect(error).toMatchObject({ argument: "random" });
});

test("resolves to the body as it was received, unknown fields included", async () => {
  const body = { ...okBody, ContactItem: [], NewField: { a: 1 } };
  expect(await clientOf(respondWith(body)).getContactGroup(page)).toEqual(body);
});

test.each([
  ["an object", { Prefer: "example=A", "X-Absent": undefined }],
  ["pairs", [["Prefer", "example=A"]] satisfies [string, string][]],
  ["Headers", new Headers({ Prefer: "example=A" })],
])("sends the headers of a call, given as %s", async (_, headers) => {
  const { fetch, requests } = recorder();
  await clientOf(fetch).getContactGroup(page, { headers });
  expect(requests[0]?.headers.get("Prefer")).toBe("example=A");
  expect(requests[0]?.headers.get("Content-Type")).toBe("application/json");
  expect(requests[0]?.headers.has("X-Absent")).toBe(false);
});

test("rejects headers and bodies that cannot be sent, before sending", async () => {
  const { fetch, requests } = recorder();
  const client = clientOf(fetch);
  const circular = { ...page, self: {} };
  circular.self = circular;

  expect(await rejection(client.getContactGroup(page, { headers: { "a b": "c" } }))).toMatchObject({
    argument: "headers",
  });
  expect(await rejection(client.getContactGroup(circular))).toMatchObject({ argument: "" });
  expect(await rejection(client.getContactGroup(undefined as never))).toMatchObject({ pointer: "" });
  expect(requests).toEqual([]);
});

test.each(Object.entries(regions) as [Region, string][])("calls the host of the region %s, %s", async (region, url) => {
  const { fetch, requests } = recorder();
  const credentials = { sdkAppId: 1400000000, identifier: "administrator", userSig: "eJw-a-usersig_of*tests" };
  await createClient({ ...credentials, region, fetch, random: seededRandom() }).getContactGroup(page);
  expect(new URL(requests[0]?.url ?? "").origin).toBe(url);
});

test("rejects with the signal's own reason, before the call and during it", async () => {
  const reason = new Error("the user went away");
  const { fetch, requests } = recorder();
  expect(await rejection(clientOf(fetch).getContactGroup(page, { signal: AbortSignal.abort(reason) }))).toBe(reason);
  expect(requests).toEqual([]);

  const controller = new AbortController();
  const hanging = clientOf(
    (_url, { signal }) =>
      new Promise((_, reject) => signal?.addEventListener("abort", () => reject(new Error("other")))),
  );
  const call = hanging.getContactGroup(page, { signal: controller.signal });
  controller.abort(reason);
  expect(await rejection(call)).toBe(reason);
});

test("has methods that work without their object, and that a spy can replace", async () => {
  const client = clientOf(respondWith(okBody));
  const { getContactGroup } = client;
  expect(await getContactGroup(page)).toEqual(okBody);
  vi.spyOn(client, "getContactGroup").mockRejectedValue(new Error("replaced"));
  await expect(client.getContactGroup(page)).rejects.toThrow("replaced");
  expect(inspect(client)).not.toContain("usersig");
});
