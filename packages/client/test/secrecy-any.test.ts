/** No random secret shows in anything that a client shows, whatever host responds. */
import * as fc from "fast-check";
import { expect, test } from "vitest";
import { systemClock } from "@contact-groups/core/clock";
import {
  createClient,
  type Client,
  type ClientOptions,
  type Clock,
  type Fetch,
  type Logger,
  type Middleware,
} from "../src/index.ts";
import { otelMiddleware } from "../src/otel.ts";
import { createMockClient } from "../src/testing.ts";
import { okBody } from "./respond.ts";
import { leaks, printed } from "./sinks.ts";
import { recordSpans } from "./spans.ts";
import { seededRandom } from "./seeded-random.ts";

const user = { From_Account: "user15" };
const many = Array.from({ length: 301 }, (_, index) => ({ Type: 1 as const, To_Account: `user${index}` }));
/** Waits for nothing, but never runs out of time. */
const patient = 1e9;
const clock: Clock = {
  now: systemClock.now,
  after: (ms, run) => {
    if (ms < patient) setImmediate(run);
    return () => undefined;
  },
};

/** Printable and without quotes, as every credential is. Signs with a meaning in URLs, regular expressions and JSON are as likely as letters. */
const letter = fc.oneof(
  fc.constantFrom(..."aZ09-_*/+=%$&?#.^[](){}|\\<>~!@:;,"),
  fc
    .integer({ min: 33, max: 126 })
    .map((code) => (/["'`]/.test(String.fromCodePoint(code)) ? "q" : String.fromCodePoint(code))),
);
const secret = fc.string({ unit: letter, minLength: 12, maxLength: 90 });
/** As long as a UserSig: in a result, only such texts are taken for one. */
const longSecret = fc.string({ unit: letter, minLength: 32, maxLength: 90 });
const withResults = new Set(["a partial failure", "a search that fails half way"]);

/** Ways in which a page or a header repeats a text. */
const echoes: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => text.replace(/\W/g, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
  (text) => text.replace(/\W/g, (sign) => `&#${sign.charCodeAt(0)};`),
  (text) =>
    text.replace(/[&<>"']/g, (sign) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[sign] ?? "&#39;"),
  (text) => JSON.stringify(JSON.stringify(text)),
];

/** A page that repeats the URL and the UserSig. */
function page(url: string, sig: string): string {
  const texts = [url, sig, cut(url), new URL(url).search].flatMap((text) => echoes.map((echo) => echo(text)));
  return `<title>Bad Gateway</title>${texts.join("\n")}`;
}

/** Ways to hold the credential. */
const credentials: Record<
  string,
  (one: string, two: string) => Pick<ClientOptions, "secretKey"> | Pick<ClientOptions, "userSig">
> = {
  "a fixed UserSig": (userSig) => ({ userSig }),
  "a provider's UserSigs": (one, two) => {
    let next = 0;
    return { userSig: async () => (next++ % 2 === 0 ? one : two) };
  },
  "a provider that fails": (one) => ({ userSig: () => Promise.reject(new Error("refused")).finally(() => one) }),
  "a secret key": (secretKey) => ({ secretKey }),
};

/** What can respond. Each has the URL, and with it the UserSig, in another place. */
const services: Record<string, (url: string, init: RequestInit, sig: string) => Response> = {
  "an error": (url) => fail(new Error(`connect to ${url} failed`)),
  "an error's cause": (url, _, sig) =>
    fail(new TypeError("fetch failed", { cause: Object.assign(new Error(sig), { code: url }) })),
  "an error's field": (url, init) =>
    fail(Object.assign(new Error("x"), { request: new Request(url, init), config: [{ url }] })),
  "an error's key": (url, _, sig) => fail(Object.assign(new Error("x"), { [sig]: 1, [url]: 2 })),
  "an error's name": (url, _, sig) => fail(Object.assign(new Error("x"), { name: sig, stack: url })),
  "an AggregateError": (url) => fail(new AggregateError([new Error(url), url], url)),
  "a thrown text": (url) => fail(url),
  "a thrown object": (url, _, sig) => fail({ url, sig }),
  "a truncated URL": (url) => fail(new Error(cut(url))),
  "a failed call": (url, _, sig) =>
    Response.json({ ActionStatus: "FAIL", ErrorCode: 60008, ErrorInfo: `${url} ${sig}`, RequestId: sig }),
  "a rejected UserSig": (_, __, sig) => Response.json({ ActionStatus: "FAIL", ErrorCode: 70001, ErrorInfo: sig }),
  "a failed call's part of the URL": (url) =>
    Response.json({ ActionStatus: "FAIL", ErrorCode: 50004, ErrorInfo: cut(url), RequestId: cut(url) }),
  "an unknown code": (url, _, sig) => Response.json({ ActionStatus: sig, ErrorCode: 9, ErrorInfo: url }),
  "no envelope": (url, _, sig) => Response.json({ url, [sig]: sig }),
  "no JSON": (url, _, sig) => new Response(`<a href="${url}">${sig}</a>`),
  "a page of a gateway": (url, _, sig) => new Response(page(url, sig), { status: 502 }),
  "a login page": (url, _, sig) => new Response(page(url, sig)),
  "a page that begins with the UserSig": (_, __, sig) =>
    new Response(echoes.map((echo) => echo(sig)).join(" "), { status: 403 }),
  "headers that are shown": (url, _, sig) => {
    const text = echoes.slice(1, 5).map((echo) => `${echo(encodeURI(url))} ${echo(sig)}`);
    const headers = { Via: `1.1 ${text[0]}`, Server: text[1]!, Location: text[2]!, "X-Request-Id": text[3]! };
    return new Response("{}", {
      headers: { ...headers, "Content-Type": `text/html; ${sig}`, "Proxy-Authenticate": url },
    });
  },
  "a status and headers": (url, _, sig) =>
    new Response(url, { status: 502, headers: { Date: sig, "Retry-After": sig, Location: encodeURI(url) } }),
  "a partial failure": (url, _, sig) =>
    Response.json({ ...okBody, GroupResultItem: [{ ResultItem: [{ ResultCode: 1, ResultInfo: `${url} ${sig}` }] }] }),
  "a search that fails half way": (url, { body }, sig) =>
    String(body).length < 200
      ? fail(new Error("reset"))
      : Response.json({
          ...okBody,
          ContactResultItem: [{ Type: 1, To_Account: "user0", CustomMark: `${url} ${sig}` }],
        }),
  "a page that does not advance": (url) => Response.json({ ...okBody, CompleteFlag: 0, NextStartIndex: url }),
};

/** The URL up to the last but one letters of the UserSig. */
function cut(url: string): string {
  return url.slice(0, url.indexOf("&random=") - 2);
}

function fail(reason: unknown): never {
  throw reason;
}

/** Every way to use a client. */
const uses: ((client: Client) => Promise<unknown>)[] = [
  (client) =>
    client.createContactGroup({ ...user, GroupContactItem: [{ GroupName: "family", ContactItem: many.slice(0, 1) }] }),
  (client) => client.getContactGroup({ ...user, StartIndex: 0 }),
  (client) => client.searchContactGroup({ ...user, ContactItem: many }),
  (client) => client.iterateContactGroup(user).toArray(),
];

/** Keeps the text of every value, as it is at that time. */
function listen(): {
  readonly text: () => string;
  readonly options: Partial<ClientOptions>;
  readonly tell: (value: unknown) => void;
} {
  const texts: string[] = [];
  const tell = (...values: readonly unknown[]): void => void texts.push(...values.map((value) => printed(value)));
  const logger: Required<Logger> = { debug: tell, info: tell, warn: tell, error: tell };
  const watch: Middleware = async (call, next) => (tell(call), next({ ...call, onAttempt: tell }));
  const { tracer, spans } = recordSpans();
  const options: Partial<ClientOptions> = {
    logger,
    logLevel: "debug",
    onAttempt: tell,
    onRetry: tell,
    middleware: [otelMiddleware({ tracer }), watch],
  };
  const spanText = () =>
    JSON.stringify(spans().map(({ name, attributes, events, status }) => [name, attributes, events, status]));
  return { text: () => texts.join("\n") + spanText(), options, tell };
}

for (const [place, service] of Object.entries(services))
  test.each(Object.entries(credentials))(`${place} that contains the URL never shows %s`, async (_, credential) => {
    const secretOf = withResults.has(place) ? longSecret : secret;
    await fc.assert(
      fc.asyncProperty(secretOf, secretOf, fc.constantFrom(...uses), async (one, two, use) => {
        const sigs = new Set([one, two]);
        const { text, options, tell } = listen();
        const fetch: Fetch = async (url, init) => {
          const sig = new URL(url).searchParams.get("usersig") ?? "";
          sigs.add(sig);
          return service(url, init, sig);
        };
        const setting = {
          sdkAppId: 1400000000,
          identifier: "administrator",
          baseUrl: "http://service.test",
          clock,
          timeoutMs: patient,
          deadlineMs: 2 * patient,
          rateLimit: false,
          random: seededRandom(),
          throwOnPartialFailure: true,
        };
        const client = createClient({
          ...setting,
          ...credential(one, two),
          ...options,
          fetch,
        } as object as ClientOptions);
        // The result of a call is the service's response unchanged.
        await use(client).catch(tell);
        tell(client);
        for (const method of Object.values(client)) tell(method);
        expect(leaks(text(), [...sigs])).toEqual([]);
      }),
      { numRuns: 12 },
    );
  });

test("the calls that a mock client recorded, and the client itself, show no secret", async () => {
  await fc.assert(
    fc.asyncProperty(secret, fc.boolean(), async (one, key) => {
      const client = createMockClient(key ? { secretKey: one } : { userSig: one });
      await client.getContactGroup({ ...user, StartIndex: 0 });
      expect(leaks(printed(client) + printed(client.mock.calls), [one])).toEqual([]);
    }),
  );
});

test("rejects invalid options without showing a secret", () => {
  const wrong: Partial<Record<keyof ClientOptions, unknown>>[] = [
    { sdkAppId: 0 },
    { identifier: "" },
    { region: undefined },
    { timeoutMs: -1 },
  ];
  fc.assert(
    fc.property(secret, fc.constantFrom("secretKey", "userSig"), fc.constantFrom(...wrong), (one, name, change) => {
      const places = [
        change,
        { region: one },
        { baseUrl: `http://${encodeURIComponent(one)}@host.test` },
        { logLevel: one },
      ];
      for (const place of places) {
        const options = { sdkAppId: 1, identifier: "a", region: "china", [name]: one, ...place };
        let error: unknown;
        try {
          createClient(options as object as ClientOptions);
        } catch (thrown) {
          error = thrown;
        }
        expect(error).toBeDefined();
        expect(leaks(printed(error), [one])).toEqual([]);
      }
    }),
  );
});
