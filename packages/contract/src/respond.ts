/** The response to a request of the code under test, and its recording. */
import { type Clock, sleep } from "@contact-groups/core/clock";
import { type Redact, redaction } from "@contact-groups/core/redact";
import { type Body, readBody } from "./body.ts";
import type { CredentialCheck } from "./credentials.ts";
import { headerOf } from "./message.ts";
import type { ApiOperation } from "./operations.ts";
import { preferredPlan } from "./plan/prefer.ts";
import { createLoopEnd } from "./plan/loop.ts";
import type { Script } from "./plan/script.ts";
import type { Prism } from "./prism.ts";
import { type CallInProgress, type Recording, toExchange } from "./record/recording.ts";
import { checkRequest, credentials, multimap, route } from "./request-checks.ts";
import { checkResponse } from "./response-checks.ts";
import { chooseResponse, type IncomingRequest, type Plan, preflight, type Responder } from "./response.ts";

export interface RespondParts {
  /** Loads Prism when it is first needed. */
  readonly prism: () => Promise<Prism>;
  readonly maxBodyBytes: number;
  /** Undefined when any credentials are accepted. */
  readonly checkCredentials?: CredentialCheck | undefined;
  /** Key of the app, which is recorded nowhere; undefined when it is not known. */
  readonly secretKey?: string | undefined;
  readonly clock: Clock;
  readonly script: Script;
  /** The recording at this time; `reset` begins a new one. */
  readonly recording: () => Recording;
}

/**
 * Creates the function that responds to requests. A request passes route, readBody, the planned responses (plan/), checkRequest,
 * chooseResponse and toExchange. A response that a test planned or a `Prefer` header requests is sent even if the query or the body is
 * invalid.
 */
export function createRespond(parts: RespondParts): Responder {
  const { clock, script } = parts;
  const endLoop = createLoopEnd();

  return async (request) => {
    if (request.method === "OPTIONS" && headerOf(request.headers, "Access-Control-Request-Method") !== undefined)
      return preflight();
    const recording = parts.recording();
    const url = new URL(request.url);
    const { pathname: path, searchParams: query } = url;
    const found = route(path, request.method);
    const operation = "rule" in found ? undefined : found;
    const secrets = [...credentials(query), ...(parts.secretKey === undefined ? [] : [parts.secretKey])];
    const redact = redaction(secrets);
    const call: CallInProgress = {
      ...recording.arrive(),
      startedAt: clock.now(),
      step: script.step,
      method: request.method,
      path,
      query: multimap(query),
      secrets,
      headers: request.headers,
      prefer: headerOf(request.headers, "Prefer"),
      operation,
      chosenBy: "request",
    };
    try {
      const plan = operation && (await readAndPlan(call, operation, request, redact));
      const { body = { kind: "empty" }, headers, method } = call;
      call.checked = await checkRequest(found, { method, url, headers, body: body as Body }, parts);
      call.chosen = chooseResponse(operation, call.checked, plan, sentBody(call), redact);
      const { response, delayMs } = call.chosen;
      // It is validated as that of any provider; a reset connection has none.
      call.responseViolations =
        operation && !response.reset ? await checkResponse(operation, response, await parts.prism()) : [];
      if (delayMs > 0) await sleep(clock, delayMs, request.signal?.());
      return response;
    } catch (reason) {
      call.isLost = true;
      throw reason;
    } finally {
      recording.add(toExchange(call, clock.now(), recording, redact));
    }
  };

  async function readAndPlan(
    call: CallInProgress,
    operation: ApiOperation,
    request: IncomingRequest,
    redact: Redact,
  ): Promise<Plan | undefined> {
    call.body = "broken";
    call.body = await readBody(request.body, headerOf(request.headers, "Content-Length"), parts.maxBodyBytes);
    const preferred = preferredPlan(operation, call.prefer, redact);
    const scripted = preferred ? undefined : script.take(operation, { query: call.query, body: sentBody(call) });
    call.chosenBy = preferred ? "prefer" : scripted ? "plan" : "request";
    return preferred ?? scripted ?? endLoop(operation, sentBody(call), clock.now());
  }
}

/** Returns the parsed body of a request; undefined when it is not JSON. */
function sentBody({ body }: CallInProgress): unknown {
  return typeof body === "object" && body.kind === "json" ? body.value : undefined;
}
