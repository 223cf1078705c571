/** Sequences of operations through the client, while responses are lost and the process is killed. */
import { ApiError, type Client, createClient } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";
import { limits, operations } from "@contact-groups/openapi/model";
import * as fc from "fast-check";
import { createEmulator, type Fault, type SeedDocument } from "../../src/index.ts";
import { seedStore } from "../../src/seed.ts";
import { createMemoryState } from "../../src/store/memory.ts";
import { createSqliteState } from "../../src/store/sqlite.ts";
import { toStore } from "../../src/store/store.ts";
import { type CallCommand, type Item, type Modelled, modelled, toBody } from "../model/commands.ts";
import { withoutReason } from "../model/pair.ts";
import { toSeed } from "../model/seeds.ts";
import { options } from "./options.ts";
import { PossibleStates } from "./possible.ts";
import { serveFile } from "./serve-file.ts";

const sdkAppId = 1400000000;
const now = options.now!();
const timeoutMs = 100;
const maxAttempts = 3;

/** Users who do not see each other, so their calls can overlap: one just below each limit, and others who have nothing. */
export const users = ["ann", "bob", "zoe"] as const;
/** The first is cheap, and has one group less than the most. */
export const seeds: readonly SeedDocument[] = [
  [3, 3] as const,
  [limits.groupedConversations.maximum - 2, 3] as const,
  [3, limits.markedConversations.maximum - 1] as const,
].map(([grouped, marked]) => toSeed({ groups: limits.groupsPerUser.maximum - 1, grouped, marked, both: false }));

/** What can happen to the attempts of a call. `isRun` says whether such an attempt can have run. */
const faults: readonly { readonly fault: Fault; readonly isRun: boolean }[] = [
  { fault: { reset: true }, isRun: true },
  { fault: { reset: true, when: "after" }, isRun: true },
  { fault: { status: 502 }, isRun: true },
  { fault: { status: 503, when: "after" }, isRun: true },
  { fault: { truncate: 20, when: "after" }, isRun: true },
  { fault: { delayMs: 20, when: "after" }, isRun: true },
  { fault: { delayMs: 2 * timeoutMs, when: "after" }, isRun: true },
  { fault: { error: "CallRateExceeded" }, isRun: false },
];

interface Call {
  readonly call: CallCommand;
  readonly fault?: (typeof faults)[number] | undefined;
  readonly times: number;
  /** Whether the client may run a call again that is not idempotent. */
  readonly retryUnsafe: boolean;
}

/** A call of each user, all at once, and the milliseconds until the process is killed. */
export interface Step {
  readonly calls: readonly Call[];
  readonly killAfterMs?: number | undefined;
}

const peers = ["peer0", "peer1", "marked0", "new1", "new2", "new3"];
const bits = fc.option(fc.subarray([0, 1, 31, 63], { maxLength: 2 }), { nil: undefined });
const item: fc.Arbitrary<Item> = fc.record({
  Type: fc.constant(1 as const),
  To_Account: fc.constantFrom(...peers),
  option: fc.constantFrom(1, 1, 2),
  kind: fc.constantFrom(1, 2, 3),
  set: bits,
  clear: bits,
  custom: fc.constantFrom("", "x", "\u4e2d"),
});
const name = fc.constantFrom("full", "a", "a", "a", "b");

/** The client returns a conversation that it searches for twice two times, so it searches for each once. */
const once = (call: CallCommand): CallCommand =>
  call.operation === "searchContactGroup"
    ? { ...call, items: [...new Map(call.items?.map((it) => [it.To_Account, it])).values()] }
    : call;

const callOf = (userId: string): fc.Arbitrary<Call> =>
  fc.record({
    call: fc
      .record({
        kind: fc.constant("call" as const),
        sdkAppId: fc.constant(sdkAppId),
        operation: fc.constantFrom<Modelled[]>(
          ...modelled,
          "createContactGroup",
          "createContactGroup",
          "updateContactGroup",
          "updateContactGroup",
          "delContactGroup",
          "markContact",
        ),
        userId: fc.constant(userId),
        name,
        newName: fc.option(name, { nil: undefined, freq: 2 }),
        items: fc.array(item, { minLength: 1, maxLength: 4 }),
        start: fc.constant(0),
      })
      .map(once),
    fault: fc.option(fc.constantFrom(...faults), { nil: undefined, freq: 2 }),
    times: fc.constantFrom(1, 2, maxAttempts),
    retryUnsafe: fc.boolean(),
  });

/** Sequences of steps. */
export const sequences: fc.Arbitrary<readonly Step[]> = fc.array(
  fc.record({
    calls: fc.tuple(...users.map(callOf)),
    killAfterMs: fc.oneof({ weight: 2, arbitrary: fc.constant(undefined) }, { weight: 1, arbitrary: fc.nat(40) }),
  }),
  { minLength: 8, maxLength: 20, size: "max" },
);

/** What serves the calls. */
export interface Host {
  readonly url: string;
  /** Kills and restarts the process, unless nothing would be left of the state. */
  restart?(afterMs: number): Promise<string>;
  close(): Promise<void>;
  readonly isFile?: true;
}

/** A run of a sequence: the client, and what is known of each user. */
export class Run {
  readonly #states = new Map<string, PossibleStates>();
  readonly #host: Host;
  #client: Client;
  #url: string;
  kills = 0;
  /** Responses that no state explains, with those that were expected. */
  readonly violations: string[] = [];

  constructor(host: Host, seed: SeedDocument) {
    this.#host = host;
    this.#url = host.url;
    this.#client = connect(host.url);
    const { settings } = createEmulator(options);
    for (const userId of users) this.#states.set(userId, new PossibleStates(settings, sdkAppId, now, seed));
  }

  async step({ calls, killAfterMs }: Step): Promise<void> {
    for (const { call, fault, times } of calls)
      if (fault) await this.#control("POST", { ...fault.fault, user: call.userId, times });
    const isKilled = killAfterMs !== undefined && this.#host.restart !== undefined;
    const running = calls.map((it) => this.#call(it, isKilled));
    if (isKilled) {
      this.#url = await this.#host.restart!(killAfterMs);
      this.kills++;
    }
    await Promise.all(running);
    if (isKilled) this.#client = connect(this.#url);
    else await this.#control("DELETE");
    for (const userId of users) if (isKilled || this.#states.get(userId)!.isOpen) await this.read(userId);
  }

  /** Reads what has become of a user. */
  read(userId: string): Promise<void> {
    const call = { kind: "call", sdkAppId, operation: "getContactGroup", userId, name: "", start: 0 } as const;
    return this.#call({ call, times: 1, retryUnsafe: false }, false);
  }

  async #call({ call, fault, times, retryUnsafe }: Call, isKilled: boolean): Promise<void> {
    const states = this.#states.get(call.userId)!;
    const isRepeated = retryUnsafe || operations[call.operation].idempotent;
    const canRun = fault?.isRun === true || isKilled;
    const body = JSON.parse(JSON.stringify(toBody(call))) as never;
    const { data, error } = await this.#client.safe[call.operation](body, {
      retryUnsafe,
      ...(fault?.fault.delayMs && { timeoutMs }),
    }).then((result) => result as { readonly data?: unknown; readonly error?: unknown });
    const response = data ? toResponse(data) : toFailure(error, fault?.fault);
    if (!response) return states.lose(call, canRun ? (isRepeated ? maxAttempts : 1) : 0);
    const lost = canRun && isRepeated ? Math.min(isKilled ? maxAttempts : times, maxAttempts - 1) : 0;
    const expected = states.receive(call, response, lost);
    if (expected.length > 0) this.violations.push(JSON.stringify({ call, response, expected }));
  }

  async #control(method: string, body?: object): Promise<void> {
    const response = await fetch(new URL("/__emulator/faults", this.#url), {
      method,
      ...(body && { body: JSON.stringify(body), headers: { "Content-Type": "application/json" } }),
    });
    if (!response.ok) throw new Error(await response.text());
  }
}

/** A response as the reference has it. */
function toResponse(data: unknown): unknown {
  const { failures: _, ...response } = JSON.parse(JSON.stringify(data), withoutReason) as Record<string, unknown>;
  return response;
}

/** The response of a call that the emulator has failed; undefined when the error is of the way to it. */
function toFailure(error: unknown, fault: Fault | undefined): unknown {
  if (!(error instanceof ApiError) || error.entryName === fault?.error) return undefined;
  const { code: ErrorCode, info: ErrorInfo } = error;
  return toResponse({ ActionStatus: "FAIL", ErrorCode, ErrorInfo });
}

function connect(baseUrl: string): Client {
  return createClient({
    baseUrl,
    sdkAppId,
    identifier: "administrator",
    userSig: "any-text",
    transport: nodeTransport(),
    rateLimit: false,
    retry: { maxAttempts, baseDelayMs: 0, maxDelayMs: 0, budget: false },
  });
}

/** The stores, each with the state of the beginning. */
export const hosts: Readonly<Record<string, (seed: SeedDocument, path: string) => Promise<Host>>> = {
  memory: async (seed) => {
    const store = createMemoryState();
    seedStore(seed, store, { sdkAppId, now });
    const emulator = createEmulator({ ...options, store: toStore(store) });
    const { url } = await emulator.listen();
    return { url, close: () => emulator.close() };
  },
  "a SQLite file": async (seed, path) => {
    const store = createSqliteState({ path });
    seedStore(seed, store, { sdkAppId, now });
    store.close();
    let server = await serveFile(path);
    const kill = async (): Promise<void> => {
      server.kill();
      await server.killed;
    };
    return {
      isFile: true,
      url: server.url,
      async restart(afterMs) {
        // oxlint-disable-next-line no-restricted-globals -- a kill comes at any time
        await new Promise((resolve) => setTimeout(resolve, afterMs));
        await kill();
        server = await serveFile(path);
        return server.url;
      },
      close: kill,
    };
  },
};
