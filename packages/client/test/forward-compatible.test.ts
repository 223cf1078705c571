/** Answers as a new version of the service, or a careless gateway in front of it, may give them. */
import { inspect } from "node:util";
import { parseJson } from "@contact-groups/core/json";
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { ApiError, ContactGroupsError, type Client } from "../src/index.ts";
import { failureExamples, requestExamples, successExamples } from "@contact-groups/openapi/model";
import { createMockClient } from "../src/testing.ts";
import { rejection } from "./respond.ts";
import { bundle } from "./bundle.ts";
import { mutate, mutations, transmission, transmit, type Mutation, type Transmission } from "./mutation.ts";
import { most } from "./searches.ts";

const operations = ["createContactGroup", "getContactGroup", "searchContactGroup"] as const;
type Operation = (typeof operations)[number];

/** Every body in the bundle, requests too: a gateway may echo them. */
const bodies = Object.values(bundle.components.examples).map(({ value }) => value);
const user = { From_Account: "user15" };
const many = Array.from({ length: 2 * most + 100 }, (_, index) => ({ Type: 1 as const, To_Account: `user${index}` }));
const create = requestExamples.createContactGroup.TwoConversations;

/** Every way to use a client, with what has to come out. A way that would not end is a test that times out. */
const uses: Record<string, { operation: Operation; use: (client: Client) => Promise<unknown> }> = {
  createContactGroup: { operation: "createContactGroup", use: (client) => client.createContactGroup(create) },
  getContactGroup: {
    operation: "getContactGroup",
    use: (client) => client.getContactGroup({ ...user, StartIndex: 0 }),
  },
  searchContactGroup: {
    operation: "searchContactGroup",
    use: (client) => client.searchContactGroup({ ...user, ContactItem: many.slice(0, 2) }),
  },
  "searchContactGroup in chunks": {
    operation: "searchContactGroup",
    use: (client) => client.searchContactGroup({ ...user, ContactItem: many }),
  },
  "iterateContactGroup to an array": {
    operation: "getContactGroup",
    use: (client) => client.iterateContactGroup(user).toArray(),
  },
  "iterateContactGroup by page": {
    operation: "getContactGroup",
    use: async (client) => {
      const pages: unknown[] = [];
      for await (const page of client.iterateContactGroup(user).pages()) pages.push(page);
      return pages;
    },
  },
  "iterateContactGroup with break": {
    operation: "getContactGroup",
    use: async (client) => {
      for await (const conversation of client.iterateContactGroup(user)) return [conversation];
      return [];
    },
  },
};
const safeUses: typeof uses = {
  "safe.createContactGroup": {
    operation: "createContactGroup",
    use: (client) => client.safe.createContactGroup(create),
  },
  "safe.getContactGroup": {
    operation: "getContactGroup",
    use: (client) => client.safe.getContactGroup({ ...user, StartIndex: 0 }),
  },
  "safe.searchContactGroup": {
    operation: "searchContactGroup",
    use: (client) => client.safe.searchContactGroup({ ...user, ContactItem: many }),
  },
};

interface AnyResponse {
  readonly body: unknown;
  readonly changes: readonly Mutation[];
  readonly way: Transmission;
  readonly status: number;
}

const responsesOf = (operation: Operation): fc.Arbitrary<AnyResponse[]> => {
  const own = Object.values<unknown>(successExamples[operation]);
  const response = fc.record({
    // Mostly responses of the operation: the others seldom get past the envelope.
    body: fc.oneof(
      { weight: 4, arbitrary: fc.constantFrom(...own) },
      { weight: 1, arbitrary: fc.constantFrom<unknown>(...bodies) },
    ),
    changes: mutations,
    way: transmission,
    status: fc.oneof(
      { weight: 9, arbitrary: fc.constant(200) },
      { weight: 1, arbitrary: fc.integer({ min: 200, max: 599 }) },
    ),
  });
  return fc.array(response, { minLength: 1, maxLength: 4 });
};

/** A client that gets these responses in turn, and the last one for ever. */
function clientThatGets(operation: Operation, given: readonly AnyResponse[]): ReturnType<typeof createMockClient> {
  const client = createMockClient({ random: () => 0 });
  let next = 0;
  client.mock.always(operation, () => {
    const { body, changes, way, status } = given[Math.min(next++, given.length - 1)] as AnyResponse;
    // A Response with such a status can't have a body.
    const bodiless = [204, 205, 304].includes(status);
    return bodiless ? { status } : { status, text: transmit(JSON.stringify(mutate(body, changes)) ?? "", way) };
  });
  return client;
}

function expectTyped(error: unknown): void {
  expect(error).toBeInstanceOf(ContactGroupsError);
  // Whoever logs it must not meet another error there.
  expect(inspect(error) + JSON.stringify(error)).toContain((error as Error).name);
}

test.each(Object.entries(uses))(
  "%s ends with a result or a ContactGroupsError for any response",
  async (_, { operation, use }) => {
    await fc.assert(
      fc.asyncProperty(responsesOf(operation), async (given) => {
        const client = clientThatGets(operation, given);
        await use(client).then((result) => expect(result).toBeTypeOf("object"), expectTyped);
        expect(client.mock.calls.length).toBeLessThanOrEqual(given.length + many.length);
      }),
      { numRuns: 250 },
    );
  },
);

test.each(Object.entries(safeUses))(
  "%s always resolves, to data or to a ContactGroupsError",
  async (_, { operation, use }) => {
    await fc.assert(
      fc.asyncProperty(responsesOf(operation), async (given) => {
        const result = (await use(clientThatGets(operation, given))) as {
          ok: boolean;
          data?: unknown;
          error?: unknown;
        };
        expect(result).toBeTypeOf("object");
        if (result.ok) expect(result.data).toBeTypeOf("object");
        else expectTyped(result.error);
      }),
      { numRuns: 150 },
    );
  },
);

test("returns new fields unchanged, at any depth", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...Object.values(successExamples.getContactGroup)),
      fc.jsonValue(),
      async (body, value) => {
        const item = { Type: 1, To_Account: "user0", StandardMark: "1", Timestamp: 1, NewMark: value };
        const sent = JSON.parse(JSON.stringify({ ...body, ContactItem: [item], NewField: value })) as typeof body;
        const client = createMockClient();
        client.mock.next("getContactGroup", { body: sent });
        // Integers beyond 2^53 - 1 are texts, so that they are exact.
        expect(await client.getContactGroup({ ...user, StartIndex: 0 })).toEqual(parseJson(JSON.stringify(sent)));
      },
    ),
  );
});

test("throws a new code as an ApiError with its number and text", async () => {
  const known = new Set<number>(Object.values(failureExamples).map(([code]) => code));
  const code = fc.integer().filter((number) => number !== 0 && !known.has(number));
  await fc.assert(
    fc.asyncProperty(code, fc.constantFrom(...operations), async (number, operation) => {
      const client = createMockClient();
      client.mock.always(operation, { error: number, info: "something new" });
      const error = await rejection(uses[operation]?.use(client) ?? Promise.resolve());
      expect(error).toBeInstanceOf(ApiError);
      expect(error).toMatchObject({ code: number, info: "something new", operation });
    }),
  );
});

test("does not fail a call for a new Type, mark or ResultCode", async () => {
  const client = createMockClient();
  const text = JSON.stringify(successExamples.getContactGroup.OnlyPage).replaceAll('"Type":1', '"Type":3');
  client.mock.next("getContactGroup", { status: 200, text });
  expect(await client.iterateContactGroup(user).toArray()).toHaveLength(
    successExamples.getContactGroup.OnlyPage.ContactItem?.length ?? 0,
  );
});

test.each(operations)("%s tolerates that every field which is not required is missing", async (operation) => {
  const client = createMockClient();
  client.mock.always(operation, { status: 200, text: '{"ErrorCode":0}' });
  const result = uses[operation]?.use(client).catch((error: unknown) => expectTyped(error));
  await expect(result).resolves.not.toThrow();
});
