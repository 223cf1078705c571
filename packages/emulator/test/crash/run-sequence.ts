/** Sequences of operations through the client, while responses are lost and the process is killed. */
import { ApiError, type Client, createClient } from "@contact-groups/client";
import { nodeTransport } from "@contact-groups/client/node";
import { operations } from "@contact-groups/openapi/model";
import { createEmulator, type Fault, type SeedDocument } from "../../src/index.ts";
import type { UserKey } from "../../src/store/store.ts";
import { toBody } from "../model/commands.ts";
import { sdkAppIds } from "../model/names.ts";
import { withoutReason } from "../model/pair.ts";
import { control } from "./control.ts";
import type { Host } from "./hosts.ts";
import { options } from "./options.ts";
import { PossibleStates } from "./possible.ts";
import { type Call, maxAttempts, type Step, timeoutMs, users } from "./sequences.ts";

/** A run of a sequence: the client of each app, and what is known of each user. */
export class Run {
  readonly #states: ReadonlyMap<UserKey, PossibleStates>;
  readonly #host: Host;
  #clients: ReadonlyMap<number, Client>;
  #url: string;
  kills = 0;
  /** Responses that no state explains, with those that were expected. */
  readonly violations: string[] = [];

  constructor(host: Host, seed: SeedDocument) {
    this.#host = host;
    this.#url = host.url;
    this.#clients = connect(host.url);
    const { settings } = createEmulator(options);
    const states = () => new PossibleStates(settings, sdkAppIds[0], options.now!(), seed);
    this.#states = new Map(users.map((user) => [user, states()]));
  }

  async step({ calls, killAfterMs }: Step): Promise<void> {
    for (const { call, fault, times } of calls)
      if (fault) await this.#faults("POST", call.sdkAppId, { ...fault.fault, user: call.userId, times });
    const isKilled = killAfterMs !== undefined && this.#host.restart !== undefined;
    const running = users.map((user, index) => this.#call(user, calls[index]!, isKilled));
    if (isKilled) {
      this.#url = await this.#host.restart!(killAfterMs);
      this.kills++;
    }
    await Promise.all(running);
    if (isKilled) this.#clients = connect(this.#url);
    else for (const sdkAppId of sdkAppIds) await this.#faults("DELETE", sdkAppId);
    for (const user of users) if (isKilled || this.#states.get(user)!.isOpen) await this.read(user);
  }

  /** Reads what has become of a user. */
  read(user: UserKey): Promise<void> {
    const call = { kind: "call", ...user, operation: "getContactGroup", name: "", start: 0 } as const;
    return this.#call(user, { call, times: 1, retryUnsafe: false }, false);
  }

  async #call(user: UserKey, { call, fault, times, retryUnsafe }: Call, isKilled: boolean): Promise<void> {
    const states = this.#states.get(user)!;
    const isRepeated = retryUnsafe || operations[call.operation].idempotent;
    const canRun = fault?.isRun === true || isKilled;
    const body = JSON.parse(JSON.stringify(toBody(call))) as never;
    const client = this.#clients.get(user.sdkAppId)!;
    const { data, error } = await client.safe[call.operation](body, {
      retryUnsafe,
      ...(fault?.fault.delayMs && { timeoutMs }),
    }).then((result) => result as { readonly data?: unknown; readonly error?: unknown });
    const response = data ? toResponse(data) : toFailure(error, fault?.fault);
    if (!response) return states.lose(call, canRun ? (isRepeated ? maxAttempts : 1) : 0);
    const lost = canRun && isRepeated ? Math.min(isKilled ? maxAttempts : times, maxAttempts - 1) : 0;
    const expected = states.receive(call, response, lost);
    if (expected.length > 0) this.violations.push(JSON.stringify({ call, response, expected }));
  }

  async #faults(method: string, sdkAppId: number, body?: object): Promise<void> {
    await control(this.#url, method, `faults?sdkAppId=${sdkAppId}`, body);
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

/** Returns a client of each app. */
function connect(baseUrl: string): ReadonlyMap<number, Client> {
  const client = (sdkAppId: number): Client =>
    createClient({
      baseUrl,
      sdkAppId,
      identifier: "administrator",
      userSig: "any-text",
      transport: nodeTransport(),
      rateLimit: false,
      retry: { maxAttempts, baseDelayMs: 0, maxDelayMs: 0, budget: false },
    });
  return new Map(sdkAppIds.map((sdkAppId) => [sdkAppId, client(sdkAppId)]));
}
