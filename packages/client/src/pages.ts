/** Iterates over the items of all pages of an operation. */
import { toInteger } from "@contact-groups/core/json";
import type { OkBody, OperationId, PageJoins, RequestBody } from "@contact-groups/openapi/model";
import type { IterateInit, Send } from "./call-init.ts";
import { checkInit } from "./option-names.ts";
import { declared, type At, type UntrustedObject, type ItemOf, type Of, type PagedOperation } from "./declared.ts";
import { InvalidArgumentError, ProtocolError } from "./errors.ts";
import { describe, metadataOf } from "./metadata.ts";
import { fromResume, toResume } from "./progress.ts";
import { readList } from "./response.ts";

type PagingOf<Operation extends OperationId> = Of<Operation, "paging">;
type Start<Operation extends OperationId> = At<PagingOf<Operation>, "start"> & keyof RequestBody<Operation>;

/** Body of the request for the first page. Its start is 0 by default. */
export type IterateRequest<Operation extends OperationId> = Omit<RequestBody<Operation>, Start<Operation>> &
  Partial<Pick<RequestBody<Operation>, Start<Operation>>>;

/**
 * An item of a page, with its names: one for each of its IDs.
 *
 * @example
 * ```ts
 * function isInFamily({ groups }: PageItem<"getContactGroup">): boolean {
 *   return groups.some(({ GroupName }) => GroupName === "family");
 * }
 * ```
 */
export type PageItem<Operation extends OperationId> = ItemOf<At<OkBody<Operation>, At<PagingOf<Operation>, "items">>> &
  (Operation extends keyof PageJoins ? PageJoins[Operation] : unknown);

/**
 * The items of all pages. Each loop starts at the first page and requests the next one only when its items are used up. So `break` sends nothing
 * more, and only one page is held.
 *
 * @throws What the operation's method throws, and a `ProtocolError` when the service says that there is more, but its next page does not advance.
 */
export interface PageIterator<Operation extends OperationId = PagedOperation> extends AsyncIterable<
  PageItem<Operation>
> {
  /**
   * Iterates over the pages as the service sends them.
   *
   * @example
   * ```ts
   * for await (const page of client.iterateContactGroup({ From_Account: "user15" }).pages())
   *   console.log(page.ContactItem?.length, page.NextStartIndex);
   * ```
   */
  pages(): AsyncIterable<OkBody<Operation>>;
  /**
   * Collects the items in a list.
   *
   * @param options `limit`: the maximum number of items, all by default. No page is requested that is not needed for it.
   * @throws `InvalidArgumentError` if `limit` is negative or not a number.
   * @example
   * ```ts
   * const first = await client.iterateContactGroup({ From_Account: "user15" }).toArray({ limit: 500 });
   * ```
   */
  toArray(options?: { readonly limit?: number | undefined }): Promise<PageItem<Operation>[]>;
  /**
   * Give it as `resume` to the same call, also in another process, to continue after the last page whose items were all used; undefined before the end
   * of the first. The page in use is requested again.
   */
  readonly resume: string | undefined;
}

/** Returns the items of all pages of an operation. `init` is for each call. */
export function iterate<Operation extends OperationId>(
  send: Send,
  operation: Operation,
  body: object,
  init: IterateInit = {},
): PageIterator<Operation> {
  const { start, next, complete, items, names, join } = declared[operation].paging!;
  const callInit = { ...init, lane: init?.lane ?? "bulk" };
  let resume: string | undefined;

  /** @param named Table of names, which is kept in `resume`. */
  async function* requestPages(named: Map<string, UntrustedObject>): AsyncGenerator<UntrustedObject, void> {
    checkInit(init);
    let index: unknown = (body as UntrustedObject | undefined)?.[start] ?? 0;
    if (init.resume !== undefined) {
      const [first, ...rows] = fromResume(operation, body, init.resume);
      index = first;
      for (const [id, row] of rows as [string, UntrustedObject][]) named.set(id, row);
    }
    let done = 0;
    // The state after the last page has no next one.
    while (index !== null) {
      const page: UntrustedObject = await send(operation, { ...body, [start]: index }, callInit);
      yield page;
      const flag = page[complete];
      const following = toInteger(page[next] ?? 0);
      // Both fields are optional: a response with neither is the last page.
      const isLast = toInteger(flag) === 1 || (flag == null && following === 0);
      if (!isLast && !(Number.isSafeInteger(following) && following > (index as number)))
        throw describe(new ProtocolError(operation, `its ${next} does not advance`), metadataOf(page));
      index = isLast ? null : following;
      resume = toResume(operation, body, [index, ...named]);
      done += Array.isArray(page[items]) ? page[items].length : 0;
      const progress = { result: page as never, done, total: undefined, failed: 0, resume };
      await init.onProgress?.(progress);
    }
  }

  async function* requestItems(): AsyncGenerator<UntrustedObject, void> {
    // A page's table may lack a name that an earlier page has, so the names are kept: one for each ID, which can be a number or a text.
    const named = new Map<string, UntrustedObject>();
    for await (const page of requestPages(named)) {
      if (names !== undefined && join)
        for (const row of readList<UntrustedObject>(operation, page, names)) named.set(String(row[join.id]), row);
      for (const item of readList<UntrustedObject>(operation, page, items)) {
        if (!join) {
          yield item;
          continue;
        }
        const ids: readonly unknown[] = Array.isArray(item[join.ids]) ? (item[join.ids] as unknown[]) : [];
        yield {
          ...item,
          [join.as]: ids.map((id) => named.get(String(id)) ?? { [join.id]: id, [join.name]: undefined }),
        };
      }
    }
  }

  const iterator: PageIterator<never> = {
    pages: () => requestPages(new Map()) as AsyncIterable<never>,
    [Symbol.asyncIterator]: requestItems as () => AsyncGenerator<never>,
    async toArray({ limit = Infinity } = {}) {
      if (!(limit >= 0))
        throw new InvalidArgumentError("limit", "a number of at least 0", String(limit), { operation });
      const list: never[] = [];
      if (limit > 0) for await (const item of this) if (list.push(item) >= limit) break;
      return list;
    },
    get resume() {
      return resume;
    },
  };
  return iterator as object as PageIterator<Operation>;
}
