/** What a small program of a consumer has: an address, a way to send requests, and the responses that its test planned. */
import { signUserSig } from "@contact-groups/client/usersig";
import { createContractFetch, startContractServer, type Contract, type Violation } from "../../src/index.ts";
import { operations } from "../../src/operations.ts";

export interface SendOptions {
  /** Added to the query; undefined removes a parameter. */
  readonly query?: Readonly<Record<string, string | undefined>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly method?: string;
}

export interface Consumer {
  /** Plans responses, as the test of the program does. */
  readonly plan: Contract["plan"];
  /** Sends bytes to a path and query as they are. */
  fetch(target: string, init?: RequestInit): Promise<Response>;
  /** Returns the path and the query of an operation, with a new random number. */
  target(command: string, query?: SendOptions["query"]): string;
  /** Sends a body as JSON, or text and bytes as they are. Resolves with the parsed response; undefined when there is none. */
  send(command: string, body: unknown, options?: SendOptions): Promise<Page | undefined>;
  /** Lets time pass. */
  wait(ms: number): void;
  /** Signs a UserSig with the app's key. */
  sign(options?: Partial<Parameters<typeof signUserSig>[0]>): Promise<string>;
}

/** A response, with the fields that programs look at. */
export interface Page {
  readonly ErrorCode: number;
  readonly CompleteFlag: number;
  readonly NextStartIndex: number;
  readonly ContactItem: readonly unknown[];
}

/** How a program reaches the server. `http` sends bytes over a socket; the others have the time of the test. */
export type Transport = "http" | "fetch" | "with a key";

/** A text that looks like a UserSig. */
export const userSig = "eJwtzMEKgkAUheF3mXXInZk7OgotWrSJiqJW4mJs*-rather_long_text_of_a_test_0123456789";

export const app: { readonly sdkAppId: number; readonly secretKey: string } = {
  sdkAppId: 1400000000,
  secretKey: "5".repeat(64),
};
const start = 1_800_000_000_000;

/** Runs programs, one after the other, each with a new recording. */
export interface Runner {
  run(transport: Transport, program: (consumer: Consumer) => Promise<unknown>): Promise<Run>;
  close(): Promise<void>;
}

export interface Run {
  readonly calls: number;
  readonly violations: readonly Violation[];
}

export async function createRunner(): Promise<Runner> {
  let now = start;
  const clock = { now: () => now, after: () => () => undefined };
  const server = await startContractServer();
  const alone = createContractFetch({ clock });
  const keyed = createContractFetch({ ...app, clock });

  return {
    async run(transport, program) {
      now = start;
      const api = transport === "http" ? server : transport === "fetch" ? alone : keyed;
      api.reset();
      const send = transport === "http" ? globalThis.fetch : api.fetch;
      let random = 0;
      const target: Consumer["target"] = (command, query = {}) => {
        const all = {
          sdkappid: String(app.sdkAppId),
          identifier: "administrator",
          usersig: userSig,
          random: String((random += 7_919)),
          contenttype: "json",
          ...query,
        };
        const given = Object.entries(all).filter((entry): entry is [string, string] => entry[1] !== undefined);
        const found = operations.find(
          ({ path }) => path.endsWith(`/${command}`) || path.endsWith(`/${command}_contact_group`),
        );
        return `${found?.path ?? `/v4/recentcontact/${command}`}?${new URLSearchParams(given)}`;
      };
      const consumer: Consumer = {
        plan: (...args) => api.plan(...args),
        fetch: (path, init) => send(`${transport === "http" ? server.url : "http://contract.test"}${path}`, init),
        target,
        async send(command, body, { query, headers, method = "POST" } = {}) {
          const raw = typeof body === "string" || body instanceof Uint8Array ? body : JSON.stringify(body);
          try {
            const response = await consumer.fetch(target(command, query), {
              method,
              ...(method === "GET" ? {} : { body: raw as string }),
              headers: { "Content-Type": "application/json", ...headers },
            });
            return (await response.json()) as Page;
          } catch {
            return undefined;
          }
        },
        wait: (ms) => void (now += ms),
        sign: (options) => signUserSig({ ...app, identifier: "administrator", issuedAt: now, ...options }),
      };
      await program(consumer);
      return { calls: api.exchanges.length, violations: api.violations() };
    },
    close: () => server.close(),
  };
}
