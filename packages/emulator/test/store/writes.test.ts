import type { OperationId } from "@contact-groups/openapi/model";
import { expect, expectTypeOf, test } from "vitest";
import type { OperationModule, ReadingOperation, WritingContext } from "../../src/operation.ts";
import { createMemoryState } from "../../src/store/memory.ts";
import { allAccounts, type StoreReader, type StoreWriter } from "../../src/store/store.ts";

type RunOf<Operation extends OperationId> = OperationModule<Operation>["run"];
type StoreOf<Operation extends OperationId> = Parameters<RunOf<Operation>>[1]["store"];

test("an operation gets a store that writes exactly when the description says that it does not only read", () => {
  expectTypeOf<StoreOf<ReadingOperation>>().toEqualTypeOf<StoreReader>();
  expectTypeOf<StoreOf<Exclude<OperationId, ReadingOperation>>>().toEqualTypeOf<StoreWriter>();
  expectTypeOf<(body: never, context: WritingContext) => never>().not.toExtend<RunOf<ReadingOperation>>();
});

test("a write outside a transaction does not compile", () => {
  const store = createMemoryState();
  const write = (writer: StoreWriter): void => writer.saveAccount(1, "ann");
  // @ts-expect-error - only a transaction hands out a store that writes
  void ((): void => write(store));
  // @ts-expect-error - so there is no such context outside of one
  void ({ store } satisfies Pick<WritingContext, "store">);
  store.transaction(write);
  expect([...allAccounts(store, 1)]).toEqual(["ann"]);
});
