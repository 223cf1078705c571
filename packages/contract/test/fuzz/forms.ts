/** The forms of the contract server, each as a function that sends a request and returns what came of it. */
import { Agent, request as httpRequest } from "node:http";
import { realClock } from "@contact-groups/core/real-clock";
import { getResponse } from "msw";
import { createObserver, readHar } from "../../src/har/read.ts";
import { createContractFetch, judge, startContractServer, type Contract, type Exchange } from "../../src/index.ts";
import { type HeaderFields, type ResponseMessage, toHeaderFields } from "../../src/message.ts";
import { contractHandlers } from "../../src/msw.ts";
import { harOf } from "../har/har.ts";
import type { FuzzedRequest } from "./requests.ts";

/** What came of a request, without what differs by the way that it takes. */
export interface Outcome {
  readonly text: string | undefined;
  readonly violations: readonly unknown[];
  readonly verdict: Exchange["verdict"];
}

/** A form sends a request; its message is what Prism validates. */
export interface Form {
  readonly name: string;
  send(request: FuzzedRequest): Promise<{ readonly outcome: Outcome; readonly message: ResponseMessage } | undefined>;
}

/** No response is late, however busy the machine is. */
const clock = { ...realClock, now: () => 0 };
const utf8 = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });

export function outcomeOf(exchange: Exchange | undefined, text: string | undefined): Outcome {
  if (!exchange) throw new Error("The call was not recorded.");
  const violations = judge([exchange], { sides: ["request", "response"] });
  return { text, violations: violations.map((violation) => ({ ...violation, call: 0 })), verdict: exchange.verdict };
}

function toRequest({ method, target, headers, body }: FuzzedRequest, origin: string): Request {
  return new Request(`${origin}${target}`, { method, headers, ...(method !== "GET" && { body: Buffer.from(body) }) });
}

async function read(api: Contract, response: Response): Promise<{ outcome: Outcome; message: ResponseMessage }> {
  const body = new Uint8Array(await response.arrayBuffer());
  const message = { status: response.status, headers: [...response.headers] as HeaderFields, body };
  return { outcome: outcomeOf(api.exchanges[0], Buffer.from(body).toString()), message };
}

/** Starts all forms. */
export async function startForms(): Promise<{ readonly forms: readonly Form[]; close(): Promise<void> }> {
  const server = await startContractServer({ maxExchanges: 1, clock });
  const agent = new Agent({ keepAlive: true });
  const overHttp = ({ method, target, headers, body }: FuzzedRequest): Promise<ResponseMessage> =>
    new Promise((resolve, reject) => {
      const length = body.byteLength > 0 ? { "Content-Length": body.byteLength } : {};
      const outgoing = httpRequest(`${server.url}${target}`, { method, agent, headers: { ...headers, ...length } });
      outgoing.on("error", reject);
      outgoing.on("response", (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on("data", (chunk: Buffer) => chunks.push(chunk));
        incoming.on("error", reject);
        incoming.on("end", () => {
          const { statusCode = 0, rawHeaders } = incoming;
          resolve({ status: statusCode, headers: toHeaderFields(rawHeaders), body: Buffer.concat(chunks) });
        });
      });
      outgoing.end(body);
    });
  const alone = createContractFetch({ maxExchanges: 1, clock });
  const behindMsw = createContractFetch({ maxExchanges: 1, clock });
  const handlers = contractHandlers(behindMsw);
  const forms: Form[] = [
    {
      name: "startContractServer",
      async send(request) {
        server.reset();
        const message = await overHttp(request);
        return { outcome: outcomeOf(server.exchanges[0], Buffer.from(message.body).toString()), message };
      },
    },
    {
      name: "createContractFetch",
      async send(request) {
        alone.reset();
        return read(alone, await alone.fetch(toRequest(request, "http://fuzz.test")));
      },
    },
    {
      name: "contractHandlers",
      async send(request) {
        behindMsw.reset();
        const response = await getResponse(handlers, toRequest(request, "https://console.tim.qq.com"));
        return response && read(behindMsw, response);
      },
    },
    {
      name: "check of a HAR",
      async send(request) {
        const { method, target, headers, body } = request;
        // A HAR has texts, and leaves out calls of other paths.
        if (!isText(body)) return undefined;
        const response = await overHttp(request);
        const requestHeaders: HeaderFields = [["Host", "fuzz.test"], ...Object.entries(headers)];
        const url = `http://fuzz.test${target}`;
        const observed = { method, url, requestHeaders, requestBody: body, response, startedAt: 0, durationMs: 0 };
        const [call] = readHar(JSON.parse(JSON.stringify(harOf([observed])))).calls;
        if (!call) return undefined;
        return {
          outcome: outcomeOf(await createObserver()(call), Buffer.from(response.body).toString()),
          message: response,
        };
      },
    },
  ];
  return {
    forms,
    async close() {
      agent.destroy();
      await server.close();
    },
  };
}

function isText(body: Uint8Array): boolean {
  try {
    utf8.decode(body);
    return true;
  } catch {
    return false;
  }
}
