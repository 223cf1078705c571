import { expect, expectTypeOf, test } from "vitest";
import type { GetContactGroupOk } from "@contact-groups/openapi/bodies";
import { ApiError, type OperationResult } from "../src/index.ts";
import { respondWith, clientOf, failed, okBody, rejection } from "./respond.ts";

const page = { From_Account: "user15", StartIndex: 0 };

test("resolves to the data of a call that succeeds", async () => {
  const result = await clientOf(respondWith(okBody)).safe.getContactGroup(page);
  expect(result).toEqual({ ok: true, data: okBody });
});

test("resolves to the error that the other style throws", async () => {
  const client = clientOf(respondWith(failed(51010)));
  const thrown = await rejection(client.getContactGroup(page));
  const result = await client.safe.getContactGroup(page);
  expect(result.ok).toBe(false);
  expect(result.error).toBeInstanceOf(ApiError);
  // Each of the two calls takes its own time.
  expect({ ...result.error, durationMs: 0 }).toEqual({ ...(thrown as ApiError), durationMs: 0 });
});

test("resolves to an error also for a request that was rejected before it was sent", async () => {
  const result = await clientOf(respondWith(okBody)).safe.createContactGroup({
    From_Account: "",
    GroupContactItem: [],
  });
  expect(result.error).toMatchObject({ name: "InvalidArgumentError", attempts: 0 });
});

test("has each method of the other style that has one result", async () => {
  const { safe } = clientOf(respondWith({ ...okBody, GroupResultItem: [] }));
  const group = { From_Account: "user15", GroupContactItem: [{ GroupName: "family" }] };
  expect(await safe.createContactGroup(group)).toMatchObject({ ok: true, data: { failures: [] } });
  const search = { From_Account: "user15", ContactItem: [{ Type: 1 as const, To_Account: "user0" }] };
  expect(await safe.searchContactGroup(search)).toMatchObject({ ok: true });
});

test("rejects with the signal's own reason", async () => {
  const reason = new Error("the user went away");
  const call = clientOf(respondWith(okBody)).safe.getContactGroup(page, { signal: AbortSignal.abort(reason) });
  expect(await rejection(call)).toBe(reason);
});

test("types the data by operation, and the code by the codes of the operation, open for others", async () => {
  const { safe } = clientOf(respondWith({ ...okBody, GroupResultItem: [] }));
  const pulled = await safe.getContactGroup(page);
  if (pulled.ok) expectTypeOf(pulled.data).toEqualTypeOf<GetContactGroupOk>();
  else expectTypeOf(pulled.data).toEqualTypeOf<undefined>();
  expectTypeOf<51007>().toExtend<NonNullable<typeof pulled.error>["code"]>();
  expectTypeOf<9123456789>().toExtend<NonNullable<typeof pulled.error>["code"]>();
  const created = await safe.createContactGroup({ From_Account: "user15", GroupContactItem: [{ GroupName: "a" }] });
  if (created.ok) expectTypeOf(created.data).toEqualTypeOf<OperationResult<"createContactGroup">>();
  expectTypeOf<string>().not.toExtend<NonNullable<typeof created.error>["code"]>();
});
